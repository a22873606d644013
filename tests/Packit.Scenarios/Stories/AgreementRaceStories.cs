using Microsoft.EntityFrameworkCore;
using Packit.Automation.Failures;
using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Sandbox.GitHub;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>Those who ask for an agreement that is not theirs, and answers that come at the wrong moment or get lost.</summary>
public sealed class AgreementRaceStories(PostgresServer server)
{
    [Fact]
    public async Task An_agreement_with_a_project_is_none_with_its_fork()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        var fork = await ForkAsync(story, "v9.9.9");

        await Asking.AssertOnlyAskedAsync(story);
        var question = await Asking.QuestionAsync(story);
        Assert.Contains("The repository [upstream/hello-fork](", question.InitialComment, StringComparison.Ordinal);
        Assert.All(fork.CheckRuns(), check => Assert.Equal("queued", check.Status));
        Assert.Equal(story.Project.Id, Assert.Single(await Asking.AgreementsAsync(story)).RepositoryId);
    }

    [Fact]
    public async Task Who_takes_the_name_of_a_project_does_not_take_its_agreement()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        await using (var database = story.Database())
        {
            // The repository that the packagers agreed to had this name, and is another one.
            await database.Agreements.ExecuteUpdateAsync(change => change.SetProperty(row => row.RepositoryId, story.Project.Id + 1_000_000));
        }

        await story.ReleaseAsync();

        await Asking.AssertOnlyAskedAsync(story);
    }

    [Fact]
    public async Task Who_takes_a_name_that_a_configuration_has_is_asked_for_anew()
    {
        await using var story = await Story.BeginAsync(server, Asking.Strangers);
        await story.Package.PushCommitAsync("rawhide", Asking.Naming(story.Project.Url.AbsoluteUri), "Name the upstream");
        await story.ReleaseAsync();
        await using (var database = story.Database())
        {
            await database.Agreements.ExecuteUpdateAsync(change => change.SetProperty(row => row.RepositoryId, story.Project.Id + 1_000_000));
            await database.PushedBranches.ExecuteUpdateAsync(change => change.SetProperty(row => row.RepositoryId, story.Project.Id + 1_000_000));
        }

        var before = await story.OpenPullRequestsAsync();
        await story.Project.CommitAsync(new FileSet { ["hello.c"] = "int main(void) { return 1; }\n" }, "Work on");
        var commit = await story.ReleaseAsync("v6.6.6");

        Assert.Equal(before.Select(pull => pull.CommitStop), (await story.OpenPullRequestsAsync()).Select(pull => pull.CommitStop));
        Assert.Equal(["hello-1.2.3.tar.gz"], story.World.Lookaside.Files("hello").Select(file => file.Name));
        Assert.Equal(["failure", "failure", "failure"], story.Project.CheckRuns(commit).Select(check => check.Conclusion));
    }

    [Fact]
    public async Task Nothing_that_another_project_has_proposed_is_changed_without_an_agreement()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        await story.ReleaseAsync();
        var before = await story.OpenPullRequestsAsync();

        var fork = await ForkAsync(story, "v9.9.9");

        Assert.Equal(
            before.Select(pull => (pull.Id, pull.Title, pull.CommitStop, pull.InitialComment)),
            (await story.OpenPullRequestsAsync()).Select(pull => (pull.Id, pull.Title, pull.CommitStop, pull.InitialComment)));
        Assert.DoesNotContain(story.World.Lookaside.Files("hello"), file => file.Name.Contains("9.9.9", StringComparison.Ordinal));
        var check = fork.CheckRuns().Single(run => run.Name == "propose-downstream:rawhide");
        Assert.Equal("failure", check.Conclusion);
        Assert.Contains($"The open pull request {before.Single(pull => pull.Branch == "rawhide").Url} to rawhide comes from another repository", check.Title, StringComparison.Ordinal);
        Assert.Contains(FailureCodes.AgreementBlocked, (await story.TargetsAsync()).Select(target => target.FailureCode));
    }

    [Fact]
    public async Task Two_projects_that_ask_for_one_package_ask_in_pull_requests_of_their_own_and_an_answer_is_for_one_of_them()
    {
        await using var story = await Story.BeginAsync(server, Asking.Strangers);
        await story.ReleaseAsync();
        var first = await Asking.QuestionAsync(story);

        var fork = await ForkAsync(story, "v9.9.9");

        var pulls = await story.OpenPullRequestsAsync();
        Assert.Equal(2, pulls.Count);
        var second = pulls.Single(pull => pull.Id != first.Id);
        Assert.NotEqual("rawhide", second.Branch);
        Assert.Contains("[upstream/hello-fork](", second.InitialComment, StringComparison.Ordinal);
        Assert.Contains("[upstream/hello](", pulls.Single(pull => pull.Id == first.Id).InitialComment, StringComparison.Ordinal);

        await Asking.SayAsync(story, first.Id, Asking.Allow);

        Assert.Equal([story.Project.Id], (await Asking.AgreementsAsync(story)).Select(row => row.RepositoryId));
        Assert.Equal(["hello-1.2.3.tar.gz"], story.World.Lookaside.Files("hello").Select(file => file.Name));
        Assert.Contains("success", story.Check("rawhide").Conclusion, StringComparison.Ordinal);
        Assert.DoesNotContain(fork.CheckRuns(), check => check.Conclusion == "success");
    }

    [Fact]
    public async Task Rights_that_were_taken_away_a_moment_ago_are_gone()
    {
        await using var story = await Story.BeginAsync(server, Asking.Strangers);
        story.Package.SetAccess("alice", "commit");
        await story.ReleaseAsync();
        var question = await Asking.QuestionAsync(story);
        story.World.Bus.IsAway = true;
        story.Package.Comment(question.Id, "alice", Asking.Allow);

        story.Package.SetAccess("alice", "ticket");
        story.World.Bus.IsAway = false;
        await story.SettleAsync();

        await Asking.AssertOnlyAskedAsync(story);
        Assert.Empty(await Asking.AgreementsAsync(story));
    }

    [Fact]
    public async Task Dist_git_being_away_is_no_refusal()
    {
        await using var story = await Story.BeginAsync(server, Asking.Strangers);
        await story.ReleaseAsync();
        var question = await Asking.QuestionAsync(story);
        story.World.Faults.Add(new Fault { Server = Servers.Pagure, PathContains = "/api/0/rpms/hello", Times = 8, Kind = new FaultKind.Status(502, "<html>Proxy Error</html>") });

        await Asking.SayAsync(story, question.Id, Asking.Allow);
        Assert.Empty(await Asking.AgreementsAsync(story));
        for (var round = 0; round < 8; round++)
        {
            await story.ForwardAsync(TimeSpan.FromMinutes(1));
        }

        await Asking.AssertProposedAsync(story);
    }

    [Fact]
    public async Task In_a_pull_request_of_somebody_else_there_is_nothing_to_agree_to()
    {
        await using var story = await Story.BeginAsync(server, Asking.Strangers);
        await story.ReleaseAsync();
        await story.Package.PushCommitAsync("fix", new FileSet { ["fix.patch"] = "a fix\n" }, "Fix it", fork: "packit");
        var other = await story.Package.OpenPullRequestAsync("packager", "Fix it", "rawhide", "fix", fork: "packit");

        var answers = await Asking.SayAsync(story, other, Asking.Allow);

        Assert.StartsWith("This pull request proposes no release, so there is no project to agree to.", Assert.Single(answers), StringComparison.Ordinal);
        Assert.Empty(await Asking.AgreementsAsync(story));
    }

    [Fact]
    public async Task An_answer_of_which_no_message_told_is_found_in_the_pull_request()
    {
        await using var story = await Story.BeginAsync(server, Asking.Strangers);
        await story.ReleaseAsync();
        var question = await Asking.QuestionAsync(story);
        story.World.Bus.Loses = message => Chain.IsOf(message, "pagure.pull-request.comment");
        story.Package.Comment(question.Id, "passer-by", "Nice.");
        story.Package.Comment(question.Id, "packager", Asking.Allow);
        await story.SettleAsync();
        await Asking.AssertOnlyAskedAsync(story);

        await story.ForwardAsync(Asking.AWhile);

        await Asking.AssertProposedAsync(story);
        var answers = (await story.Package.PullRequestsAsync()).Single(pull => pull.Id == question.Id).Comments.Where(comment => comment.Author == "packit" && !comment.Notification);
        Assert.StartsWith("Thank you.", Assert.Single(answers).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agreement_whose_worker_died_before_anything_followed_is_taken_up_by_the_sweep()
    {
        await using var story = await Story.BeginAsync(server, Asking.Strangers);
        await story.ReleaseAsync();

        await story.Service.AgreeAsync(story.Project, Story.Name);
        await story.ForwardAsync(Asking.AMoment);

        await Asking.AssertProposedAsync(story);
    }

    [Fact]
    public async Task An_old_answer_is_not_counted_again_after_it_was_taken_back()
    {
        await using var story = await Story.BeginAsync(server, Asking.Strangers);
        await story.ReleaseAsync();
        var question = await Asking.QuestionAsync(story);
        await Asking.SayAsync(story, question.Id, Asking.Allow);
        await Asking.SayAsync(story, question.Id, Asking.Revoke);

        // All messages once more, as after a broker's trouble.
        foreach (var message in story.World.Bus.History.Where(message => Chain.IsOf(message, "pagure.pull-request.comment")).ToList())
        {
            story.World.Bus.Publish(message with { Id = Guid.NewGuid().ToString() });
        }

        await story.SettleAsync();

        Assert.NotNull(Assert.Single(await Asking.AgreementsAsync(story)).RevokedAt);
    }

    [Fact]
    public async Task An_agreement_that_is_taken_back_while_a_release_is_on_its_way_holds_for_the_branches_that_have_not_begun()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        await story.ReleaseAsync();
        var pulls = await story.OpenPullRequestsAsync();
        story.World.Faults.Add(new Fault { Server = Servers.Lookaside, Times = int.MaxValue, Kind = new FaultKind.Status(503, "maintenance") });
        await story.Project.CommitAsync(new FileSet { ["hello.c"] = "int main(void) { return 1; }\n" }, "Work on");
        await story.ReleaseAsync("v1.3.0");

        await Asking.SayAsync(story, pulls[0].Id, Asking.Revoke);
        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromSeconds(11));

        Assert.Equal(["hello-1.2.3.tar.gz"], story.World.Lookaside.Files("hello").Select(file => file.Name));
        Assert.Equal("rawhide", Assert.Single(await story.OpenPullRequestsAsync(), pull => pull.Title.EndsWith("1.3.0", StringComparison.Ordinal)).Branch);

        await Asking.SayAsync(story, pulls[0].Id, Asking.Allow);
        await Asking.AssertProposedAsync(story, "1.3.0");
    }

    [Fact]
    public async Task Where_the_first_branch_has_nothing_to_propose_the_next_one_asks()
    {
        await using var story = await Story.BeginAsync(server, Asking.Strangers);
        await story.Package.PushCommitAsync("rawhide", new FileSet { ["hello.spec"] = StoryFiles.Spec(story.World, "1.3.0") }, "Update to 1.3.0");

        await story.ReleaseAsync();

        var question = await Asking.QuestionAsync(story);
        Assert.NotEqual("rawhide", question.Branch);
        Assert.Equal("neutral", story.Check("rawhide").Conclusion);
        Assert.Empty(story.World.Lookaside.Files("hello"));

        await Asking.SayAsync(story, question.Id, Asking.Allow);
        Assert.Equal(2, (await story.OpenPullRequestsAsync()).Count);
        Assert.Single(story.World.Lookaside.Files("hello"));
    }

    [Fact]
    public async Task A_question_that_was_merged_can_still_be_answered()
    {
        await using var story = await Story.BeginAsync(server, Asking.Strangers);
        await story.ReleaseAsync();
        var question = await Asking.QuestionAsync(story);
        await story.Package.MergePullRequestAsync(question.Id);
        await story.SettleAsync();
        await story.ForwardAsync(Asking.AMoment);
        Assert.Empty(await story.OpenPullRequestsAsync());
        Assert.Empty(story.World.Lookaside.Files("hello"));

        await Asking.SayAsync(story, question.Id, Asking.Allow);

        Assert.Single(story.World.Lookaside.Files("hello"));
        Assert.Equal(["f42", "f43"], (await story.OpenPullRequestsAsync()).Select(pull => pull.Branch).Order(StringComparer.Ordinal));
    }

    /// <summary>Another repository with the same package config publishes a release.</summary>
    private static async Task<UpstreamProject> ForkAsync(Story story, string tag)
    {
        var files = StoryFiles.For(story.World, story.Options);
        var fork = await story.World.CreateUpstreamAsync(Story.Owner, "hello-fork", files.Upstream);
        story.World.Archives.Publish($"hello/hello-{tag[1..]}.tar.gz", "of the fork"u8.ToArray());
        await fork.PublishReleaseAsync(new ReleaseDraft { Tag = tag, PublishArchive = false });
        await story.SettleAsync();
        return fork;
    }
}
