using Packit.Automation.Storage;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary><c>--package</c>: only the jobs of the package that somebody names, and a clear word when there is no such package.</summary>
public sealed class PackageOptionStories(PostgresServer server)
{
    /// <summary>Two packages of one repository that go to the same package in dist-git, and one that goes elsewhere.</summary>
    private const string Monorepo = """
        packages:
          real:
            specfile_path: hello.spec
            downstream_package_name: hello
          tried:
            specfile_path: hello.spec
            downstream_package_name: hello
            scratch: true
          other:
            specfile_path: other.spec
            downstream_package_name: other
        jobs:
          - job: koji_build
            trigger: commit
            dist_git_branches: [f43]
            allowed_committers: [packager]
          - job: bodhi_update
            trigger: commit
            dist_git_branches: [f43]
        """;

    [Theory]
    [InlineData("/packit koji-build --package tried", true)]
    [InlineData("/packit --package=real koji-build", false)]
    public async Task Only_the_jobs_of_the_named_package_run(string command, bool isScratch)
    {
        await using var story = await Pulls.BeginAsync(server);
        var pull = await Pulls.OpenAsync(story, Monorepo);

        await Pulls.SayAsync(story, pull, "packager", command);

        Assert.StartsWith("The task was accepted.", (await Pulls.AnswersAsync(story, pull))[0], StringComparison.Ordinal);
        Assert.Equal(isScratch, Assert.Single(await story.BuildsAsync()).Scratch);
        await using var database = story.Database();
        var left = Assert.Single(database.Decisions, decision => decision.Job == "koji_build" && decision.Package == (isScratch ? "real" : "tried") && decision.Step != "");
        Assert.Equal((false, DecisionGround.Package), (left.Matched, left.Ground));
        Assert.Equal($"Only the package {(isScratch ? "tried" : "real")} was asked for.", left.Reason);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData(null)]
    public async Task The_name_in_dist_git_means_all_that_go_there(string? named)
    {
        await using var story = await Pulls.BeginAsync(server);
        var pull = await Pulls.OpenAsync(story, Monorepo);

        await Pulls.SayAsync(story, pull, "packager", named is null ? "/packit koji-build" : $"/packit koji-build --package {named}");

        Assert.Equal([false, true], (await story.BuildsAsync()).Select(build => build.Scratch));
    }

    [Fact]
    public async Task A_package_that_goes_elsewhere_starts_nothing_here_and_the_answer_says_why()
    {
        await using var story = await Pulls.BeginAsync(server);
        var pull = await Pulls.OpenAsync(story, Monorepo);

        await Pulls.SayAsync(story, pull, "packager", "/packit koji-build --package other");

        var answer = Assert.Single(await Pulls.AnswersAsync(story, pull));
        Assert.Contains("- It is for the package other, and this is hello.", answer, StringComparison.Ordinal);
        Assert.Empty(await story.BuildsAsync());
    }

    [Theory]
    [InlineData("koji-build")]
    [InlineData("create-update")]
    public async Task A_package_that_the_config_does_not_have_is_answered_with_those_that_it_has(string command)
    {
        await using var story = await Pulls.BeginAsync(server);
        var pull = await Pulls.OpenAsync(story, Monorepo);
        story.World.Koji.AddForeignBuild(
            "hello-1.0-7.fc43", "jdoe", "f43-candidate", $"git+{story.World.DistGit}rpms/hello.git#{story.Package.Branches["f43"]}");
        await story.SettleAsync();

        await Pulls.SayAsync(story, pull, "packager", $"/packit {command} --package nosuch");

        Assert.Equal(
            "The package config has no package `nosuch`; nothing was started. Name one of these, or give the command without `--package`: `real`, `tried`, `other`.",
            Assert.Single(await Pulls.AnswersAsync(story, pull)));
        Assert.DoesNotContain(Chain.Tasks(story), task => task.Owner == story.World.ServiceUser);
    }

    [Fact]
    public async Task In_a_repository_with_one_package_its_name_changes_nothing()
    {
        await using var story = await Pulls.BeginAsync(server);
        var pull = await Pulls.OpenAsync(story);

        await Pulls.SayAsync(story, pull, "packager", "/packit koji-build --package hello");

        Chain.Task(story);
        Assert.StartsWith("The task was accepted.", Assert.Single(await Pulls.AnswersAsync(story, pull)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_agrees_for_another_package()
    {
        await using var story = await Story.BeginAsync(server, Asking.Strangers with { Branches = ["rawhide"], ConfiguredBranches = "rawhide" });
        await story.ReleaseAsync();
        var pull = (await Asking.QuestionAsync(story)).Id;

        var answer = Assert.Single(await Asking.SayAsync(story, pull, $"{Asking.Allow} --package other"));
        Assert.StartsWith("This pull request is one of the package `hello`, and the command names `other`; nothing was done.", answer, StringComparison.Ordinal);
        Assert.Empty(await Asking.AgreementsAsync(story));

        await Asking.SayAsync(story, pull, $"{Asking.Allow} --package hello");
        await Asking.AssertProposedAsync(story);
    }

    [Fact]
    public async Task A_release_is_not_proposed_for_a_package_that_the_config_does_not_have()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Branches = ["rawhide"], ConfiguredBranches = "rawhide" });
        story.World.WebhookTarget = null;
        await story.Project.PublishReleaseAsync("v1.2.3");
        story.World.WebhookTarget = story.Service.Webhook;

        var talk = await Talk.BeginAsync(story, "/packit propose-downstream --package nosuch");

        Assert.Equal(
            "The package config has no package `nosuch`; nothing was started. Name one of these, or give the command without `--package`: `hello`.", talk.Answer);
        Assert.Empty(await story.RunsAsync());
    }
}
