using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>The person who installed the App names the Fedora account that vouches for them.</summary>
public sealed class VerificationStories(PostgresServer server)
{
    private const string Key = "127.0.0.1/upstream";

    [Fact]
    public async Task Who_names_the_right_account_is_approved_and_what_was_refused_is_proposed()
    {
        await using var story = await WaitingAsync();
        await story.ReleaseAsync("v1.2.3");
        await story.ReleaseAsync("v1.3.0");
        Assert.Empty(await story.RunsAsync());
        story.World.Fasjson.AddUser("mary", gitHubName: "Maintainer");

        var talk = await VerifyAsync(story, "mary");

        Assert.StartsWith($"Namespace `{Key}` approved successfully using FAS account `mary`!", Assert.Single(talk.Answers), StringComparison.Ordinal);
        Assert.Equal([(story.Bot, "eyes")], talk.Reactions);
        Assert.Equal("closed", talk.Issue.State);
        var entry = Assert.Single(await Newcomer.AllowlistAsync(story));
        Assert.Equal((AllowlistStatus.ApprovedAutomatically, "mary"), (entry.Status, entry.FasAccount));

        // The newest one, and only that.
        var pulls = await story.OpenPullRequestsAsync();
        Assert.All(pulls, pull => Assert.EndsWith("to upstream release 1.3.0", pull.Title, StringComparison.Ordinal));
        Assert.Equal(story.Options.Branches.Count, pulls.Count);
        Assert.Single(await story.RunsAsync());
        Assert.Single(story.Project.CommitComments());
    }

    [Fact]
    public async Task Another_person_cannot_verify()
    {
        await using var story = await WaitingAsync();
        story.World.Fasjson.AddUser("eve", gitHubName: "eve");

        var talk = await VerifyAsync(story, "eve", "eve");

        Assert.Equal(["Packit verification comment command not created by the person who installed the application."], talk.Answers);
        Assert.Equal("open", talk.Issue.State);
        Assert.Equal(AllowlistStatus.Waiting, Assert.Single(await Newcomer.AllowlistAsync(story)).Status);
    }

    [Theory]
    [InlineData("somebody-else", false)]
    [InlineData(null, false)]
    [InlineData("maintainer", true)]
    public async Task An_account_that_does_not_name_the_person_openly_is_no_match(string? gitHubName, bool isPrivate)
    {
        await using var story = await WaitingAsync();
        story.World.Fasjson.AddUser("mary", gitHubName, isPrivate);

        var talk = await VerifyAsync(story, "mary");

        Assert.StartsWith(
            "We were not able to find a match between the GitHub Username field in the FAS account `mary` and GitHub user `maintainer`. ",
            Assert.Single(talk.Answers), StringComparison.Ordinal);
        Assert.Contains("https://accounts.fedoraproject.org/user/mary/", talk.Answers[0], StringComparison.Ordinal);
        Assert.Equal("open", talk.Issue.State);
    }

    [Theory]
    [InlineData("/packit verify-fas")]
    [InlineData("/packit verify-fas mary ann")]
    public async Task Exactly_one_account_is_named(string text)
    {
        await using var story = await WaitingAsync();

        var talk = await Talk.BeginAsync(story, text, "maintainer", Issue(story), Newcomer.NotificationsOf(story));

        Assert.Equal(
            ["Incorrect format of the Packit verification comment command. The expected format: `/packit verify-fas my-fas-account`"], talk.Answers);
    }

    [Fact]
    public async Task Who_is_approved_or_denied_already_is_told_so()
    {
        await using var story = await WaitingAsync(stepped: true);
        await Newcomer.EnterAsync(story, Key, AllowlistStatus.Denied);
        Assert.Equal([$"Namespace `{Key}` is denied."], (await VerifyAsync(story, "mary")).Answers);

        await Newcomer.EnterAsync(story, Key, AllowlistStatus.ApprovedManually);
        var talk = await VerifyAsync(story, "mary");

        Assert.Equal([$"Namespace `{Key}` was already approved."], talk.Answers);
        Assert.Equal("closed", talk.Issue.State);
    }

    [Fact]
    public async Task An_outage_of_the_account_system_is_waited_for_and_then_answered_in_the_same_comment()
    {
        await using var story = await WaitingAsync(stepped: true);
        story.World.Fasjson.AddUser("mary", gitHubName: "maintainer");
        story.World.Faults.Add(new Fault { Server = Servers.Fasjson, Times = 40, Kind = new FaultKind.Status(503, "away") });

        var talk = await VerifyAsync(story, "mary");
        Assert.Equal(AllowlistStatus.Waiting, Assert.Single(await Newcomer.AllowlistAsync(story)).Status);
        Assert.DoesNotContain(talk.Answers, answer => answer.StartsWith("We were not able", StringComparison.Ordinal));

        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromMinutes(20));
        await story.ForwardAsync(TimeSpan.FromMinutes(20));

        var issue = Assert.Single(Newcomer.Issues(story));
        Assert.Equal("closed", issue.State);
        Assert.Contains("approved successfully", Assert.Single(issue.Comments, comment => comment.Author == story.Bot).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_does_nothing_in_an_issue_that_only_looks_like_one()
    {
        await using var story = await WaitingAsync();
        story.World.Fasjson.AddUser("eve", gitHubName: "eve");
        var notifications = Newcomer.NotificationsOf(story);
        var number = await notifications.OpenIssueAsync("eve", "Organization upstream needs to be approved.");

        await Talk.BeginAsync(story, "/packit verify-fas eve", "eve", number, notifications);

        Assert.Equal(AllowlistStatus.Waiting, Assert.Single(await Newcomer.AllowlistAsync(story)).Status);
    }

    [Fact]
    public async Task An_operators_approval_closes_the_issue_with_a_word_and_proposes_what_was_refused()
    {
        await using var story = await WaitingAsync(stepped: true);
        await story.ReleaseAsync();
        Assert.Contains($"/issues/{Issue(story)}", Assert.Single(story.Project.CommitComments()).Body, StringComparison.Ordinal);

        await Newcomer.EnterAsync(story, Key, AllowlistStatus.ApprovedManually);
        await story.ForwardAsync(TimeSpan.FromMinutes(1));
        await story.ForwardAsync(TimeSpan.FromMinutes(1));

        var issue = Assert.Single(Newcomer.Issues(story));
        Assert.Equal("closed", issue.State);
        Assert.StartsWith($"Namespace `{Key}` was approved by an operator", Assert.Single(issue.Comments).Body, StringComparison.Ordinal);
        Assert.Equal(story.Options.Branches.Count, (await story.OpenPullRequestsAsync()).Count);
        await using var database = story.Database();
        Assert.DoesNotContain(database.Decisions, decision => decision.Reason.Contains("not on our allowlist", StringComparison.Ordinal));
    }

    private async Task<Story> WaitingAsync(bool stepped = false)
    {
        var story = await Newcomer.BeginAsync(server, stepped);
        await story.World.GitHub.InstallAppAsync(Story.Owner, "maintainer");
        await story.SettleAsync();
        return story;
    }

    private static int Issue(Story story) => Assert.Single(Newcomer.Issues(story)).Number;

    private static Task<Talk> VerifyAsync(Story story, string account, string login = "maintainer") =>
        Talk.BeginAsync(story, $"/packit verify-fas {account}", login, Newcomer.Issues(story)[0].Number, Newcomer.NotificationsOf(story));
}
