using Microsoft.EntityFrameworkCore;
using Packit.Automation.Events;
using Packit.Automation.Installing;
using Packit.Automation.Storage;
using Packit.GitHub;
using Packit.Sandbox.Hosting;
using Packit.TestSupport;

namespace Packit.Automation.Tests.Installing;

/// <summary>Deliveries about one installation are read side by side, and come in any order.</summary>
public sealed class InstallationRaceTests(PostgresServer server)
{
    private const long Gone = 8, Newer = 9;

    private static readonly GitHubAccount Account = new("octo", 7, "Organization");

    [Fact]
    public async Task A_removal_that_was_looked_up_before_a_newer_installation_was_noted_does_not_undo_it()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        await AddAsync(story, Gone, removed: null);
        var rows = story.Get<InstallationRows>();
        var before = await RowAsync(story);
        Note(story, row => row.InstallationId = Newer);

        Assert.Null(await rows.NoteAsync(before, before.Noted, standing: null, installer: null, CancellationToken.None));

        Assert.Equal((Newer, null), ((await RowAsync(story)).InstallationId, (await RowAsync(story)).RemovedAt));
        Assert.Contains("octo", await ReadAsync(story, "deleted", Gone, new GitHubAccount("ada", 1)), StringComparison.Ordinal);
        Assert.Null((await RowAsync(story)).RemovedAt);
    }

    [Fact]
    public async Task Who_installed_an_earlier_installation_does_not_come_after_who_installed_the_newer_one()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        var standing = (await story.Get<GitHubClient>().FindInstallationAsync(story.Forge.Name, CancellationToken.None))!.Value;
        var owner = (await story.Get<GitHubClient>().InstallationAsync(standing, CancellationToken.None))!.Account!;
        await AddAsync(story, standing, removed: story.Time.GetUtcNow(), owner.Id);
        WhileGitHubIsAsked(
            story, standing, () => Note(story, row => (row.InstallationId, row.SenderLogin, row.SenderId, row.RemovedAt) = (standing + 1, "newer", 2, null)));
        story.World.Faults.Add(new Fault
        {
            Server = Servers.GitHubApi, Method = "GET", PathContains = $"/app/installations/{standing}", After = 1,
            Kind = new FaultKind.Status(404, """{"message": "Not Found"}"""),
        });

        await ReadAsync(story, "created", standing, new GitHubAccount("ada", 1), owner);

        var row = await RowAsync(story);
        Assert.Equal(("newer", 2, standing + 1), (row.SenderLogin, row.SenderId, row.InstallationId));
    }

    private static async Task AddAsync(ForgeStory story, long installation, DateTimeOffset? removed, long account = 7)
    {
        await using var database = story.Databases.Create();
        database.Installations.Add(new GitHubInstallation
        {
            AccountId = account, AccountLogin = "octo", AccountType = "Organization", InstallationId = installation, SenderLogin = "ada", SenderId = 1,
            InstalledAt = story.Time.GetUtcNow(), RemovedAt = removed, Noted = 1,
        });
        await database.SaveChangesAsync();
    }

    /// <summary>While GitHub is asked about an installation, another delivery is read to its end.</summary>
    private static void WhileGitHubIsAsked(ForgeStory story, long installation, Action then)
    {
        var isFirst = true;
        story.World.Faults.Add(new Fault
        {
            Server = Servers.GitHubApi, Method = "GET", PathContains = $"/app/installations/{installation}", Kind = new FaultKind.Status(500),
            When = _ =>
            {
                if (isFirst)
                {
                    isFirst = false;
                    then();
                }

                return false;
            },
        });
    }

    private static void Note(ForgeStory story, Action<GitHubInstallation> change)
    {
        using var database = story.Databases.Create();
        var row = database.Installations.Single();
        change(row);
        row.Noted++;
        database.SaveChanges();
    }

    private static async Task<string> ReadAsync(ForgeStory story, string action, long installation, GitHubAccount sender, GitHubAccount? account = null)
    {
        var id = await story.Rows.DeliveryAsync();
        await using var database = story.Databases.Create();
        var delivery = await database.Deliveries.AsNoTracking().SingleAsync(row => row.Id == id);
        var facts = new InstallationFacts(installation, account ?? Account, "all", new Dictionary<string, string>());
        var outcome = await story.Get<Installations>().ChangedAsync(
            delivery, new ServiceEvent.InstallationChanged(action, facts, sender), CancellationToken.None);
        return outcome.Text;
    }

    private static async Task<GitHubInstallation> RowAsync(ForgeStory story)
    {
        await using var database = story.Databases.Create();
        return await database.Installations.AsNoTracking().SingleAsync();
    }
}
