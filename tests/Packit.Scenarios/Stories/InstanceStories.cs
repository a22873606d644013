using Microsoft.EntityFrameworkCore;
using Packit.Automation.Storage;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>Staging and production side by side, on the same projects, the same dist-git and the same bus: kept apart by settings alone.</summary>
public sealed class InstanceStories(PostgresServer server)
{
    private const string Config = """
        specfile_path: hello.spec
        downstream_package_name: hello
        upstream_tag_template: v{version}
        jobs:
          - job: propose_downstream
            trigger: release
            dist_git_branches: [f43]
          - job: propose_downstream
            trigger: release
            dist_git_branches: [rawhide]
            packit_instances: [stg]
          - job: propose_downstream
            trigger: release
            dist_git_branches: [f42]
            packit_instances: [prod, stg]
            identifier: both
          - job: koji_build
            trigger: commit
            dist_git_branches: [f43]
          - job: koji_build
            trigger: commit
            dist_git_branches: [rawhide]
            packit_instances: [stg]
        """;

    private static readonly Dictionary<string, string?> Settings = new() { ["Agreements:Rule"] = "anyone" };

    [Fact]
    public async Task Each_runs_the_jobs_that_name_it_and_shows_checks_of_its_own()
    {
        await using var story = await BeginAsync();
        await using var staging = await Instance.StartAsync(story, server, Settings);

        await story.ReleaseAsync();
        await staging.SettleAsync(story);

        Assert.Equal(
            [
                ("propose-downstream:f42:both", "packit-as-a-service"), ("propose-downstream:f42:both", "packit-as-a-service-stg"),
                ("propose-downstream:f43", "packit-as-a-service"), ("propose-downstream:rawhide", "packit-as-a-service-stg"),
            ],
            story.Project.CheckRuns().Select(run => (run.Name, run.App)).Order());
        Assert.All(story.Project.CheckRuns(), run => Assert.Equal("success", run.Conclusion));
        Assert.Equal(
            [("f42", "packit"), ("f42", Instance.User), ("f43", "packit"), ("rawhide", Instance.User)],
            (await story.OpenPullRequestsAsync()).Select(pull => (pull.Branch, pull.Author)).Order());
        await using var database = staging.Database();
        Assert.Equal(["f42", "rawhide"], (await database.Targets.Select(target => target.Branch).ToListAsync()).Order());
        Assert.Equal(["f42", "f43"], (await story.TargetsAsync()).Select(target => target.Branch).Order());
    }

    [Fact]
    public async Task Each_hears_its_own_prefix_and_nothing_that_the_other_says()
    {
        await using var story = await BeginAsync();
        await using var staging = await Instance.StartAsync(story, server, Settings);
        story.World.WebhookTarget = null;
        var heard = staging.App.WebhookTarget;
        staging.App.WebhookTarget = null;
        await story.Project.PublishReleaseAsync("v1.2.3");
        story.World.WebhookTarget = story.Service.Webhook;
        staging.App.WebhookTarget = heard;
        var issue = await story.Project.OpenIssueAsync("maintainer", "The new release is not in Fedora");

        await story.Project.CommentAsync(issue, "maintainer", "/packit-stg propose-downstream");
        await staging.SettleAsync(story);

        Assert.Empty(await story.RunsAsync());
        Assert.All(story.Project.CheckRuns(), run => Assert.Equal(staging.App.Slug, run.App));
        Assert.Equal(2, story.Project.CheckRuns().Count);
        var talk = Assert.Single(story.Project.Issues());
        Assert.Equal([(staging.Bot, "eyes")], talk.Comments[0].Reactions.Select(reaction => (reaction.Author, reaction.Content)));
        Assert.Equal([staging.Bot], talk.Comments.Skip(1).Select(comment => comment.Author));

        await story.Project.CommentAsync(issue, "maintainer", "/packit help");
        await story.Project.CommentAsync(issue, staging.Bot, "/packit propose-downstream");
        await story.Project.CommentAsync(issue, story.Bot, "/packit-stg propose-downstream");
        await staging.SettleAsync(story);

        Assert.Empty(await story.RunsAsync());
        talk = Assert.Single(story.Project.Issues());
        Assert.Equal(
            ["maintainer", "maintainer", staging.Bot, staging.Bot, story.Bot, story.Bot], talk.Comments.Select(comment => comment.Author).Order(StringComparer.Ordinal));
        await using var database = staging.Database();
        Assert.Equal(2, await database.Runs.CountAsync());
    }

    [Fact]
    public async Task Each_runs_its_own_checks_again()
    {
        await using var story = await BeginAsync();
        await using var staging = await Instance.StartAsync(story, server, Settings);
        await story.ReleaseAsync();
        await staging.SettleAsync(story);
        var runs = (await story.RunsAsync()).Count;

        await story.Project.RerequestCheckAsync("propose-downstream:rawhide", "maintainer", app: staging.App.Slug);
        await story.Project.RerequestCheckAsync("propose-downstream:f42:both", "maintainer", app: staging.App.Slug);
        await staging.SettleAsync(story);

        Assert.Equal(runs, (await story.RunsAsync()).Count);
        await using (var database = staging.Database())
        {
            Assert.Equal(["f42", "rawhide"], await RerunsAsync(database));
        }

        await story.Project.RerequestCheckAsync("propose-downstream:f42:both", "maintainer");
        await staging.SettleAsync(story);

        Assert.Equal(runs + 1, (await story.RunsAsync()).Count);
        await using (var database = staging.Database())
        {
            Assert.Equal(["f42", "rawhide"], await RerunsAsync(database));
        }
    }

    [Fact]
    public async Task Each_builds_for_the_commands_and_merges_that_are_its_own()
    {
        await using var story = await BeginAsync();
        await using var staging = await Instance.StartAsync(story, server, Settings);
        await story.ReleaseAsync();
        await staging.SettleAsync(story);
        var ours = (await story.OpenPullRequestsAsync()).Single(pull => pull.Branch == "f43");
        var theirs = (await story.OpenPullRequestsAsync()).Single(pull => pull.Branch == "rawhide");

        await story.Package.MergePullRequestAsync(theirs.Id);
        await staging.SettleAsync(story);

        Assert.Empty(await story.BuildsAsync());
        Assert.Equal([Instance.User], Builders(story));

        await story.Package.MergePullRequestAsync(ours.Id);
        await staging.SettleAsync(story);

        Assert.Equal(["f43"], (await story.BuildsAsync()).Select(build => build.Branch));
        Assert.Equal([Instance.User, "packit"], Builders(story));
        await using (var database = staging.Database())
        {
            Assert.Equal(["rawhide"], await database.Builds.Select(build => build.Branch).ToListAsync());
        }

        story.Package.Comment(ours.Id, Instance.User, "/packit koji-build");
        story.Package.Comment(theirs.Id, "packit", "/packit-stg koji-build");
        story.Package.CommentAsMaintainer(theirs.Id, "/packit-stg koji-build");
        await staging.SettleAsync(story);

        Assert.Equal([Instance.User], await SpeakersAsync(story, ours.Id));
        Assert.Equal(["packit", "packager", Instance.User], await SpeakersAsync(story, theirs.Id));
        Assert.Single(await story.BuildsAsync());
    }

    /// <summary>Who said something in a pull request, in the order of their first word.</summary>
    private static async Task<IEnumerable<string>> SpeakersAsync(Story story, int pull) =>
        (await story.Package.PullRequestsAsync()).Single(found => found.Id == pull).Comments
            .Where(comment => !comment.Notification).Select(comment => comment.Author).Distinct();

    private Task<Story> BeginAsync() => Story.BeginAsync(
        server, new StoryOptions { Branches = ["rawhide", "f43", "f42"], Config = Config, Settings = Settings });

    /// <summary>Whose builds Koji was asked for, oldest first.</summary>
    private static IEnumerable<string> Builders(Story story) =>
        story.World.Koji.Tasks.Where(task => task.Method == "build").OrderBy(task => task.Id).Select(task => task.Owner);

    private static async Task<IReadOnlyList<string>> RerunsAsync(PackitDb database) =>
        await database.Targets.Where(target => target.Run.Trigger == RunTrigger.CheckRerun).OrderBy(target => target.Branch)
            .Select(target => target.Branch).ToListAsync();
}
