using System.Text.Json.Nodes;
using Packit.Sandbox.Bus;
using Packit.Sandbox.Koji;
using Packit.TestSupport;

namespace Packit.Scenarios.Telling;

/// <summary>The way of a release through dist-git, Koji and Bodhi: what people, builders and composes do for it.</summary>
public static class Chain
{
    public const string Nvr = "hello-1.2.3-1.fc43";

    /// <summary>Longer than the first pauses of all who look again by themselves.</summary>
    public static readonly TimeSpan AWhile = TimeSpan.FromMinutes(15);

    /// <summary>A package whose releases go all the way, on f43 only.</summary>
    public static readonly StoryOptions OneBranch = new() { Stepped = true, Branches = ["rawhide", "f43"], Config = Config("f43") };

    /// <summary>A package config with the three jobs of the chain.</summary>
    /// <param name="branches">The branches of each job, separated by commas.</param>
    /// <param name="more">More lines at the top level.</param>
    public static string Config(string branches, string more = "") =>
        $$"""
        specfile_path: hello.spec
        downstream_package_name: hello
        upstream_tag_template: v{version}
        {{more}}
        jobs:
          - job: propose_downstream
            trigger: release
            dist_git_branches: [{{branches}}]
          - job: koji_build
            trigger: commit
            dist_git_branches: [{{branches}}]
            allowed_committers: [packager]
          - job: bodhi_update
            trigger: commit
            dist_git_branches: [{{branches}}]
        """;

    /// <summary>Begins a story in which the service may make updates of the package.</summary>
    public static async Task<Story> BeginAsync(PostgresServer server, StoryOptions? options = null)
    {
        var story = await Story.BeginAsync(server, options ?? OneBranch);
        story.Package.SetAccess(story.World.ServiceUser, "commit");
        return story;
    }

    /// <summary>A packager merges the pull request for a branch; returns when all has come to rest.</summary>
    public static async Task MergeAsync(Story story, string branch = "f43")
    {
        ArgumentNullException.ThrowIfNull(story);
        await story.Package.MergePullRequestAsync(Assert.Single(await story.OpenPullRequestsAsync(), pull => pull.Branch == branch).Id);
        await story.SettleAsync();
    }

    /// <summary>The release is published and its pull request merged: Koji builds.</summary>
    public static async Task<KojiTaskView> BuildAsync(Story story)
    {
        ArgumentNullException.ThrowIfNull(story);
        await story.ReleaseAsync();
        await MergeAsync(story);
        return Task(story);
    }

    /// <summary>The one task that builds for a branch; a second one fails the story.</summary>
    public static KojiTaskView Task(Story story, string branch = "f43")
    {
        ArgumentNullException.ThrowIfNull(story);
        var target = branch == "rawhide" ? branch : $"{branch}-candidate";
        return Assert.Single(Tasks(story), task => JsonNode.Parse(task.Request)![1]!.ToString() == target);
    }

    /// <summary>All tasks that build, oldest first.</summary>
    public static IReadOnlyList<KojiTaskView> Tasks(Story story)
    {
        ArgumentNullException.ThrowIfNull(story);
        return [.. story.World.Koji.Tasks.Where(task => task.Method == "build")];
    }

    /// <summary>The messages of the bus whose topic begins so, oldest first.</summary>
    public static IReadOnlyList<BusMessage> Messages(Story story, string topic)
    {
        ArgumentNullException.ThrowIfNull(story);
        return [.. story.World.Bus.History.Where(message => IsOf(message, topic))];
    }

    public static bool IsOf(BusMessage message, string topic)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Topic.StartsWith(MessageBus.Prefix + topic, StringComparison.Ordinal);
    }

    /// <summary>Whether a message tells that a build is in a state.</summary>
    public static bool TellsOfBuild(BusMessage message, HubBuildState state) =>
        IsOf(message, "buildsys.build.state.change") && (int)JsonNode.Parse(message.Body)!["new"]! == (int)state;
}
