using Packit.Automation.Failures;
using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>A package belongs to its packagers: a project proposes to it when they agree.</summary>
public sealed class AgreementStories(PostgresServer server)
{
    [Theory]
    [InlineData(DatabaseProvider.PostgreSql)]
    [InlineData(DatabaseProvider.Sqlite)]
    public async Task Without_an_agreement_one_pull_request_asks_and_after_the_word_of_a_packager_all_goes_on_by_itself(DatabaseProvider provider)
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Agreed = false, Provider = provider });

        await story.ReleaseAsync();
        await story.UntilAsync(() => Task.FromResult(
            story.Options.Branches.All(branch => story.Check(branch).Title?.StartsWith("Waits for a packager", StringComparison.Ordinal) == true)));

        await Asking.AssertOnlyAskedAsync(story);
        Assert.Equal(0, story.World.Requests.Count(Servers.Lookaside, "POST"));
        var question = await Asking.QuestionAsync(story);
        Assert.Contains("\n\n---\n\n**This is a question to the packagers of hello.** The repository [upstream/hello](", question.InitialComment, StringComparison.Ordinal);
        Assert.Contains("write the comment `/packit allow-upstream`: the sources are uploaded then", question.InitialComment, StringComparison.Ordinal);
        foreach (var branch in story.Options.Branches)
        {
            Assert.Equal("queued", story.Check(branch).Status);
            Assert.StartsWith($"Waits for a packager of hello to agree in {question.Url} until ", story.Check(branch).Title, StringComparison.Ordinal);
            var waiting = await story.TargetAsync(branch);
            Assert.Equal((SyncReleaseTargetStatus.Retry, FailureCodes.AgreementAwaited), (waiting.Status, waiting.FailureCode));
            Assert.Equal(waiting.SubmittedTime + TimeSpan.FromDays(30), waiting.NextAttemptAt!.Value, TimeSpan.FromMilliseconds(1));
        }

        var answers = await Asking.SayAsync(story, question.Id, $"Gladly.\n\n{Asking.Allow}");

        await Asking.AssertProposedAsync(story);
        Assert.StartsWith("Thank you. Releases of [upstream/hello](", Assert.Single(answers), StringComparison.Ordinal);
        Assert.Contains("This release goes on now: rawhide, ", answers[0], StringComparison.Ordinal);
        var agreement = Assert.Single(await Asking.AgreementsAsync(story));
        Assert.Equal(("hello", AgreementKind.Packager, "packager", story.Project.Id), (agreement.Package, agreement.Kind, agreement.GivenBy, agreement.RepositoryId));
        Assert.StartsWith($"{question.Url}#comment-", agreement.Evidence, StringComparison.Ordinal);
        foreach (var pull in await story.OpenPullRequestsAsync())
        {
            Assert.Contains($"are proposed here since packager [agreed]({agreement.Evidence}) on ", pull.InitialComment, StringComparison.Ordinal);
            Assert.DoesNotContain("This is a question", pull.InitialComment, StringComparison.Ordinal);
        }

        Assert.Equal(question.CommitStop, (await story.OpenPullRequestsAsync()).Single(pull => pull.Id == question.Id).CommitStop);
        Assert.Single(await story.RunsAsync());
    }

    [Fact]
    public async Task The_next_release_asks_nobody_any_more()
    {
        await using var story = await AgreedAsync();

        await story.Project.CommitAsync(new FileSet { ["hello.c"] = "int main(void) { return 1; }\n" }, "Work on");
        await story.ReleaseAsync("v1.3.0");

        await Asking.AssertProposedAsync(story, "1.3.0");
        Assert.Single(await Asking.AgreementsAsync(story));
    }

    [Fact]
    public async Task What_people_wrote_into_the_description_stays_when_the_question_is_answered()
    {
        await using var story = await Story.BeginAsync(server, Asking.Strangers);
        await story.ReleaseAsync();
        var question = await Asking.QuestionAsync(story);
        story.Package.EditPullRequest(question.Id, question.Title, $"Seen by me.\n{question.InitialComment}");

        await Asking.SayAsync(story, question.Id, Asking.Allow);

        var now = (await story.OpenPullRequestsAsync()).Single(pull => pull.Id == question.Id);
        Assert.StartsWith("Seen by me.\nUpstream tag: ", now.InitialComment, StringComparison.Ordinal);
        Assert.Contains("since packager [agreed](", now.InitialComment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_packager_without_rights_on_the_package_is_told_what_it_takes_and_nothing_happens()
    {
        await using var story = await Story.BeginAsync(server, Asking.Strangers);
        await story.ReleaseAsync();
        var question = await Asking.QuestionAsync(story);
        story.Package.SetAccess("helper", "collaborator");

        var outsider = await Asking.SayAsync(story, question.Id, Asking.Allow, Asking.Outsider(story));
        var helper = await Asking.SayAsync(story, question.Id, Asking.Allow, "helper");
        var nobody = await Asking.SayAsync(story, question.Id, Asking.Allow, "passer-by");

        Assert.Equal(
            ["Only those who may commit to hello can give this command, and outsider may not. Ask one of them to give it, or for commit rights in the settings of the package."],
            outsider);
        Assert.Contains("and helper may not.", Assert.Single(helper), StringComparison.Ordinal);
        Assert.StartsWith("Only packagers can give this command here", Assert.Single(nobody), StringComparison.Ordinal);
        await Asking.AssertOnlyAskedAsync(story);
        Assert.Empty(await Asking.AgreementsAsync(story));
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("commit")]
    public async Task Members_of_a_group_with_rights_on_the_package_can_agree(string right)
    {
        await using var story = await Story.BeginAsync(server, Asking.Strangers);
        await story.ReleaseAsync();
        story.World.Pagure.SetGroup("greeters", "member");
        story.World.Fasjson.AddToGroup("member", Sandbox.Fasjson.FasjsonStandIn.Packagers);
        story.Package.SetGroupAccess("greeters", right);

        await Asking.SayAsync(story, (await Asking.QuestionAsync(story)).Id, Asking.Allow, "member");

        await Asking.AssertProposedAsync(story);
    }

    [Fact]
    public async Task A_configuration_in_dist_git_that_names_the_project_is_an_agreement_until_it_does_not_any_more()
    {
        await using var story = await Story.BeginAsync(server, Asking.Strangers);
        await story.Package.PushCommitAsync("rawhide", Asking.Naming($"{story.Project.Url}.git/"), "Name the upstream");

        await story.ReleaseAsync();

        await Asking.AssertProposedAsync(story);
        var agreement = Assert.Single(await Asking.AgreementsAsync(story));
        Assert.Equal((AgreementKind.DistGitConfig, (string?)null), (agreement.Kind, agreement.GivenBy));
        Assert.Equal($"{story.World.DistGit}rpms/hello/blob/{story.Package.Branches["rawhide"]}/f/.packit.yaml", agreement.Evidence);
        Assert.Contains(
            $"because the [configuration of this package]({agreement.Evidence}) names it.",
            (await story.OpenPullRequestsAsync())[0].InitialComment, StringComparison.Ordinal);

        foreach (var pull in await story.OpenPullRequestsAsync())
        {
            story.Package.ClosePullRequest(pull.Id);
        }

        await story.Package.PushCommitAsync("rawhide", Asking.Naming("https://github.com/somebody/else"), "Name another upstream");
        await story.SettleAsync();
        await story.ForwardAsync(Asking.AWhile);
        await story.ReleaseAsync("v1.3.0");

        Assert.Contains("This is a question to the packagers", (await Asking.QuestionAsync(story)).InitialComment, StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(await Asking.AgreementsAsync(story)).RevokedAt);
    }

    [Fact]
    public async Task The_configuration_of_one_branch_speaks_for_that_branch_only()
    {
        await using var story = await Story.BeginAsync(server, Asking.Strangers with { Branches = ["rawhide", "f43"], ConfiguredBranches = "[rawhide, f43]" });
        await story.Package.PushCommitAsync("f43", Asking.Naming(story.Project.Url.AbsoluteUri), "Name the upstream");

        await story.ReleaseAsync();

        Assert.Equal("success", story.Check("f43").Conclusion);
        Assert.Equal("queued", story.Check("rawhide").Status);
        Assert.Equal(["f43", "rawhide"], (await story.OpenPullRequestsAsync()).Select(pull => pull.Branch).Order(StringComparer.Ordinal));
        Assert.Equal("f43", Assert.Single(await Asking.AgreementsAsync(story)).Branch);
    }

    [Fact]
    public async Task A_configuration_that_begins_to_name_the_project_is_found_while_the_question_stands()
    {
        await using var story = await Story.BeginAsync(server, Asking.Strangers);
        await story.ReleaseAsync();
        await story.Package.PushCommitAsync("rawhide", Asking.Naming(story.Project.Url.AbsoluteUri), "Name the upstream");
        await story.SettleAsync();
        await Asking.AssertOnlyAskedAsync(story);

        await story.ForwardAsync(Asking.AWhile);

        await Asking.AssertProposedAsync(story);
        Assert.Equal(AgreementKind.DistGitConfig, Assert.Single(await Asking.AgreementsAsync(story)).Kind);
    }

    [Fact]
    public async Task An_agreement_that_is_taken_back_ends_with_the_next_release_and_undoes_nothing()
    {
        await using var story = await AgreedAsync();
        var before = await story.OpenPullRequestsAsync();

        var answers = await Asking.SayAsync(story, before[1].Id, Asking.Revoke);

        Assert.StartsWith("Releases of [upstream/hello](", Assert.Single(answers), StringComparison.Ordinal);
        Assert.EndsWith("What is open already stays as it is; the next release asks again.", answers[0], StringComparison.Ordinal);
        Assert.Equal(before.Select(pull => pull.CommitStop), (await story.OpenPullRequestsAsync()).Select(pull => pull.CommitStop));

        await story.Project.CommitAsync(new FileSet { ["hello.c"] = "int main(void) { return 1; }\n" }, "Work on");
        await story.ReleaseAsync("v1.3.0");

        Assert.Equal("Update rawhide to upstream release 1.3.0", Assert.Single(await story.OpenPullRequestsAsync(), pull => pull.InitialComment!.Contains("This is a question", StringComparison.Ordinal)).Title);
        Assert.Equal(["hello-1.2.3.tar.gz"], story.World.Lookaside.Files("hello").Select(file => file.Name));
        Assert.Equal(2, (await story.OpenPullRequestsAsync()).Count(pull => pull.Title.EndsWith("1.2.3", StringComparison.Ordinal)));

        await Asking.SayAsync(story, before[1].Id, Asking.Allow);
        await Asking.AssertProposedAsync(story, "1.3.0");
        Assert.Equal(2, (await Asking.AgreementsAsync(story)).Count);
    }

    [Fact]
    public async Task A_second_release_brings_the_question_up_to_date_and_asks_no_second_time()
    {
        await using var story = await Story.BeginAsync(server, Asking.Strangers);
        await story.ReleaseAsync();
        var question = await Asking.QuestionAsync(story);

        await story.Project.CommitAsync(new FileSet { ["hello.c"] = "int main(void) { return 1; }\n" }, "Work on");
        await story.ReleaseAsync("v1.3.0");

        await Asking.AssertOnlyAskedAsync(story);
        var now = await Asking.QuestionAsync(story);
        Assert.Equal((question.Id, "Update rawhide to upstream release 1.3.0"), (now.Id, now.Title));

        await Asking.SayAsync(story, question.Id, Asking.Allow);
        await Asking.AssertProposedAsync(story, "1.3.0");
        Assert.DoesNotContain(await story.TargetsAsync(), target => target.Status is not (SyncReleaseTargetStatus.Submitted or SyncReleaseTargetStatus.Skipped));
    }

    [Fact]
    public async Task A_question_that_nobody_answers_ends_and_can_be_asked_again()
    {
        await using var story = await Story.BeginAsync(server, Asking.Strangers with
        {
            Settings = new Dictionary<string, string?> { ["Agreements:Patience"] = "2.00:00:00" },
        });
        await story.ReleaseAsync();
        var question = await Asking.QuestionAsync(story);

        await story.ForwardAsync(TimeSpan.FromDays(2));
        await story.ForwardAsync(Asking.AMoment);

        Assert.All(await story.TargetsAsync(), target =>
            Assert.Equal((SyncReleaseTargetStatus.Skipped, FailureCodes.AgreementMissing), (target.Status, target.FailureCode)));
        Assert.All(story.Options.Branches, branch => Assert.Equal("neutral", story.Check(branch).Conclusion));
        Assert.StartsWith(
            $"Propose downstream skipped: No packager of hello agreed within 2 days. One with commit rights still can, with the comment `/packit allow-upstream` in {question.Url}.",
            story.Check("f43").Title, StringComparison.Ordinal);
        await Asking.AssertOnlyAskedAsync(story);
        Assert.Equal(SyncReleaseStatus.Finished, Assert.Single(await story.RunsAsync()).Status);

        Assert.Contains("Nothing waits for it just now;", Assert.Single(await Asking.SayAsync(story, question.Id, Asking.Allow)), StringComparison.Ordinal);
        await Talk.BeginAsync(story, "/packit propose-downstream");

        Assert.Equal(3, (await story.OpenPullRequestsAsync()).Count);
        Assert.Single(story.World.Lookaside.Files("hello"));
    }

    [Fact]
    public async Task A_pull_request_that_is_closed_is_a_no_for_this_release()
    {
        await using var story = await Story.BeginAsync(server, Asking.Strangers);
        await story.ReleaseAsync();
        var question = await Asking.QuestionAsync(story);

        story.Package.ClosePullRequest(question.Id);
        await story.SettleAsync();
        await story.ForwardAsync(Asking.AMoment);

        Assert.All(await story.TargetsAsync(), target => Assert.Equal(SyncReleaseTargetStatus.Skipped, target.Status));
        Assert.StartsWith($"The packagers of hello closed {question.Url}, which asked whether they agree.", (await story.TargetAsync("f43")).Message, StringComparison.Ordinal);
        Assert.Empty(await story.OpenPullRequestsAsync());
        Assert.Empty(story.World.Lookaside.Files("hello"));
        Assert.Equal("neutral", story.Check("f43").Conclusion);

        await story.ReleaseAsync("v1.3.0");
        Assert.NotEqual(question.Id, (await Asking.QuestionAsync(story)).Id);
    }

    [Fact]
    public async Task A_deployment_can_ask_nobody()
    {
        await using var story = await Story.BeginAsync(server, Asking.Strangers with
        {
            Settings = new Dictionary<string, string?> { ["Agreements:Rule"] = "anyone" },
        });

        await story.ReleaseAsync();

        await Asking.AssertProposedAsync(story);
        Assert.Empty(await Asking.AgreementsAsync(story));
        Assert.Equal(0, story.World.Requests.Count(Servers.Pagure, "GET", "/files"));
    }

    private async Task<Story> AgreedAsync()
    {
        var story = await Story.BeginAsync(server, Asking.Strangers);
        await story.ReleaseAsync();
        await Asking.SayAsync(story, (await Asking.QuestionAsync(story)).Id, Asking.Allow);
        return story;
    }
}
