using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>Somebody installs the App, and comes to be approved or asked.</summary>
public sealed class InstallationStories(PostgresServer server)
{
    private const string Key = "127.0.0.1/upstream";

    [Fact]
    public async Task Who_is_named_by_a_Fedora_account_is_approved_without_a_word_and_the_first_release_is_proposed()
    {
        await using var story = await Newcomer.BeginAsync(server);
        story.World.Fasjson.AddUser("maintainer", gitHubName: "Maintainer");

        await story.World.GitHub.InstallAppAsync(Story.Owner, "maintainer");
        await story.SettleAsync();

        var entry = Assert.Single(await Newcomer.AllowlistAsync(story));
        Assert.Equal((Key, AllowlistStatus.ApprovedAutomatically, "maintainer"), (entry.Namespace, entry.Status, entry.FasAccount));
        Assert.Empty(Newcomer.Issues(story));
        Assert.Contains(
            (await DecisionsAsync(story)).Select(decision => decision.Reason),
            reason => reason == $"{Key} is approved_automatically: the Fedora account maintainer names the person who installed the App.");
        var row = await InstallationAsync(story);
        Assert.Equal(("upstream", "Organization", "maintainer"), (row.AccountLogin, row.AccountType, row.SenderLogin));

        await story.ReleaseAsync();
        Assert.Equal(3, (await story.OpenPullRequestsAsync()).Count);
    }

    [Theory]
    [InlineData("somebody-else", false)]
    [InlineData(null, false)]
    [InlineData("maintainer", true)]
    public async Task Whom_no_account_names_openly_is_asked_in_one_issue(string? gitHubName, bool isPrivate)
    {
        await using var story = await Newcomer.BeginAsync(server);
        story.World.Fasjson.AddUser("maintainer", gitHubName, isPrivate);

        await story.World.GitHub.InstallAppAsync(Story.Owner, "maintainer");
        await story.SettleAsync();
        await story.World.GitHub.RedeliverAsync(story.World.GitHub.Deliveries[^1].DeliveryId);
        await new RawDelivery("installation", story.World.GitHub.Deliveries[^1].Payload).SendAsync(story);
        await story.SettleAsync();

        var issue = Assert.Single(Newcomer.Issues(story));
        Assert.Equal((story.Bot, "Organization upstream needs to be approved.", "open"), (issue.Author, issue.Title, issue.State));
        Assert.StartsWith("Hi @maintainer, ", issue.Body, StringComparison.Ordinal);
        Assert.Contains("/packit verify-fas <my-fas-username>", issue.Body, StringComparison.Ordinal);
        Assert.Empty(issue.Comments);
        Assert.Equal((Key, AllowlistStatus.Waiting), Assert.Single(await Newcomer.AllowlistAsync(story)) is var entry ? (entry.Namespace, entry.Status) : default);
        Assert.Equal(issue.Number, (await InstallationAsync(story)).ApprovalIssue);
    }

    [Fact]
    public async Task An_outage_of_the_account_system_is_no_answer_and_is_asked_again()
    {
        await using var story = await Newcomer.BeginAsync(server, stepped: true);
        story.World.Fasjson.AddUser("maintainer", gitHubName: "maintainer");
        story.World.Faults.Add(new Fault { Server = Servers.Fasjson, Times = 40, Kind = new FaultKind.Status(503, "away") });

        await story.World.GitHub.InstallAppAsync(Story.Owner, "maintainer");
        await story.SettleAsync();
        Assert.Empty(await Newcomer.AllowlistAsync(story));
        Assert.Empty(Newcomer.Issues(story));

        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromMinutes(20));
        await story.ForwardAsync(TimeSpan.FromMinutes(20));

        Assert.Equal(AllowlistStatus.ApprovedAutomatically, Assert.Single(await Newcomer.AllowlistAsync(story)).Status);
        Assert.Empty(Newcomer.Issues(story));
    }

    [Fact]
    public async Task Another_person_who_installs_it_again_is_asked_in_the_same_issue()
    {
        await using var story = await Newcomer.BeginAsync(server);
        await story.World.GitHub.InstallAppAsync(Story.Owner, "maintainer");
        await story.SettleAsync();
        await story.World.GitHub.UninstallAppAsync(Story.Owner, "maintainer");
        await story.SettleAsync();

        await story.World.GitHub.InstallAppAsync(Story.Owner, "second");
        await story.SettleAsync();

        var issue = Assert.Single(Newcomer.Issues(story));
        Assert.StartsWith("Hi @second, ", Assert.Single(issue.Comments).Body, StringComparison.Ordinal);
        var row = await InstallationAsync(story);
        Assert.Equal(("second", null), (row.SenderLogin, row.RemovedAt));

        story.World.Fasjson.AddUser("third", gitHubName: "third");
        await story.World.GitHub.InstallAppAsync(Story.Owner, "third");
        await story.SettleAsync();
        Assert.Equal(AllowlistStatus.ApprovedAutomatically, Assert.Single(await Newcomer.AllowlistAsync(story)).Status);
    }

    [Fact]
    public async Task A_denied_account_is_not_asked()
    {
        await using var story = await Newcomer.BeginAsync(server);
        await Newcomer.EnterAsync(story, Key, AllowlistStatus.Denied);
        story.World.Fasjson.AddUser("maintainer", gitHubName: "maintainer");

        await story.World.GitHub.InstallAppAsync(Story.Owner, "maintainer");
        await story.SettleAsync();

        Assert.Empty(Newcomer.Issues(story));
        Assert.Equal(AllowlistStatus.Denied, Assert.Single(await Newcomer.AllowlistAsync(story)).Status);
    }

    [Fact]
    public async Task Without_a_repository_for_issues_the_account_waits_for_an_operator()
    {
        await using var story = await Newcomer.BeginAsync(server, notifications: false);

        await story.World.GitHub.InstallAppAsync(Story.Owner, "maintainer");
        await story.SettleAsync();

        Assert.Equal(AllowlistStatus.Waiting, Assert.Single(await Newcomer.AllowlistAsync(story)).Status);
        Assert.Contains((await DecisionsAsync(story)).Select(decision => decision.Reason), reason => reason.Contains("packit-service allowlist add", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_late_word_of_an_earlier_installation_changes_nothing()
    {
        await using var story = await Newcomer.BeginAsync(server);
        await story.World.GitHub.InstallAppAsync(Story.Owner, "maintainer");
        await story.World.GitHub.UninstallAppAsync(Story.Owner, "maintainer");
        var deleted = story.World.GitHub.Deliveries[^1].Payload;
        await story.World.GitHub.InstallAppAsync(Story.Owner, "maintainer");
        await story.SettleAsync();

        await new RawDelivery("installation", deleted).SendAsync(story);
        await story.SettleAsync();

        Assert.Null((await InstallationAsync(story)).RemovedAt);
    }

    [Fact]
    public async Task Who_was_suspended_before_anybody_could_look_is_asked_when_that_ends()
    {
        await using var story = await Newcomer.BeginAsync(server, stepped: true);
        story.World.Faults.Add(new Fault
        {
            Server = Servers.GitHubApi, PathContains = "/app/installations/", Times = 1000, Kind = new FaultKind.Status(503, "away"),
        });
        await story.World.GitHub.InstallAppAsync(Story.Owner, "maintainer");
        await story.SettleAsync();
        await story.World.GitHub.SuspendAppAsync(Story.Owner, "maintainer");
        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromMinutes(20));
        Assert.NotNull((await InstallationAsync(story)).SuspendedAt);

        await story.World.GitHub.UnsuspendAppAsync(Story.Owner, "maintainer");
        await story.SettleAsync();

        Assert.StartsWith("Hi @maintainer, ", Assert.Single(Newcomer.Issues(story)).Body, StringComparison.Ordinal);
        Assert.Equal(AllowlistStatus.Waiting, Assert.Single(await Newcomer.AllowlistAsync(story)).Status);
    }

    private static async Task<GitHubInstallation> InstallationAsync(Story story)
    {
        await using var database = story.Database();
        return Assert.Single(database.Installations, row => row.AccountType == "Organization" && row.AccountLogin == Story.Owner);
    }

    private static async Task<IReadOnlyList<JobDecision>> DecisionsAsync(Story story)
    {
        await using var database = story.Database();
        return [.. database.Decisions];
    }
}
