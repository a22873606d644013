using System.Globalization;
using Packit.Automation.Storage;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>People and the service's own words are known by the ids of accounts: names can be taken over, and texts can be anybody's.</summary>
public sealed class IdentityStories(PostgresServer server)
{
    private const string Key = "127.0.0.1/upstream";

    [Fact]
    public async Task Who_takes_the_name_that_the_installer_gave_up_cannot_verify_and_the_installer_can()
    {
        await using var story = await Newcomer.BeginAsync(server);
        await story.World.GitHub.InstallAppAsync(Story.Owner, "maintainer");
        await story.SettleAsync();
        await story.World.GitHub.RenameAccountAsync("maintainer", "steward");
        story.World.GitHub.AddAccount("maintainer");
        story.World.Fasjson.AddUser("eve", gitHubName: "maintainer");
        story.World.Fasjson.AddUser("mary", gitHubName: "steward");

        var stranger = await VerifyAsync(story, "eve", "maintainer");
        Assert.Equal(
            "Packit verification comment command not created by the person who installed the application. When it was installed, the name maintainer "
                + "belonged to another account. The person who installed it gives this command under the name of their account today; it is known by its id.",
            stranger.Answer);
        Assert.Equal("open", stranger.Issue.State);
        Assert.Equal(AllowlistStatus.Waiting, Assert.Single(await Newcomer.AllowlistAsync(story)).Status);

        var installer = await VerifyAsync(story, "mary", "steward");
        Assert.StartsWith($"Namespace `{Key}` approved successfully using FAS account `mary`!", installer.Answer, StringComparison.Ordinal);
        Assert.Equal("closed", installer.Issue.State);
        var entry = Assert.Single(await Newcomer.AllowlistAsync(story));
        Assert.Equal((AllowlistStatus.ApprovedAutomatically, "mary"), (entry.Status, entry.FasAccount));
    }

    [Fact]
    public async Task A_refusal_that_a_stranger_wrote_first_does_not_stand_for_the_services()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Approved = false, Stepped = true });
        FailToPost(story, "/commits/");
        var commit = await story.ReleaseAsync("v1.0.0");
        Assert.Empty(story.Project.CommitComments());
        story.Project.CommentOnCommit(commit, "eve", $"Project {Key}/hello.git is not on our allowlist! See https://packit.dev/docs/guide/#2-approval");

        await RecoverAsync(story);

        var own = Assert.Single(story.Project.CommitComments(), comment => comment.Author == story.Bot);
        Assert.Contains("`/packit propose-downstream`", own.Body, StringComparison.Ordinal);
        await using var database = story.Database();
        Assert.EndsWith(
            string.Create(CultureInfo.InvariantCulture, $"#commitcomment-{own.Id}"),
            Assert.Single(database.Effects.Where(effect => effect.Key.StartsWith("commit-comment:"))).Reference, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_a_stranger_forged_is_left_alone_and_the_service_answers_itself()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        FailToPost(story, "/issues/", times: 1);
        var issue = await story.Project.OpenIssueAsync("maintainer", "Please");
        var (asked, _) = await story.Project.CommentAsync(issue, "maintainer", "/packit help");
        var forged = string.Create(CultureInfo.InvariantCulture, $"Go away!\n<!-- packit-service: answer to {asked} -->");
        await story.Project.CommentAsync(issue, "eve", forged);
        await story.SettleAsync();

        await RecoverAsync(story);

        var comments = Assert.Single(story.Project.Issues()).Comments;
        Assert.Equal(forged, Assert.Single(comments, comment => comment.Author == "eve").Body);
        Assert.Contains("propose-downstream", Assert.Single(comments, comment => comment.Author == story.Bot).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issue_with_the_title_and_the_marker_of_a_failure_is_not_the_services_because_of_that()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Branches = ["rawhide"], ConfiguredBranches = "[rawhide, f42]" });
        const string Title = "[packit] Propose downstream failed for release v1.2.3";
        var forged = await story.Project.OpenIssueAsync("eve", Title, "Nothing to see.\n<!-- packit-service: propose-downstream v1.2.3 -->");

        await story.ReleaseAsync();

        var issues = story.Project.Issues();
        Assert.Empty(issues.Single(issue => issue.Number == forged).Comments);
        var own = Assert.Single(issues, issue => issue.Author == story.Bot);
        Assert.Equal(Title, own.Title);

        await story.Package.CreateBranchAsync("f42");
        await Talk.BeginAsync(story, "/packit propose-downstream", issue: own.Number);
        Assert.Equal(
            [("eve", "open"), (story.Bot, "closed")], story.Project.Issues().OrderBy(issue => issue.Number).Select(issue => (issue.Author, issue.State)));
    }

    private static void FailToPost(Story story, string path, int times = 20) => story.World.Faults.Add(new Fault
    {
        Server = Servers.GitHubApi, Method = "POST", Times = times, Kind = new FaultKind.Status(503, "away"),
        When = request => request.Path.Value!.Contains(path, StringComparison.Ordinal) && request.Path.Value.EndsWith("/comments", StringComparison.Ordinal),
    });

    private static async Task RecoverAsync(Story story)
    {
        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromMinutes(20));
        await story.ForwardAsync(TimeSpan.FromMinutes(20));
    }

    private static Task<Talk> VerifyAsync(Story story, string account, string login) =>
        Talk.BeginAsync(story, $"/packit verify-fas {account}", login, Newcomer.Issues(story)[0].Number, Newcomer.NotificationsOf(story));
}
