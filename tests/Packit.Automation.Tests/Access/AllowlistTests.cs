using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Packit.Automation.Access;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.TestSupport;

namespace Packit.Automation.Tests.Access;

public sealed class AllowlistTests(PostgresServer server)
{
    private const AllowlistStatus Manually = AllowlistStatus.ApprovedManually;
    private const AllowlistStatus Automatically = AllowlistStatus.ApprovedAutomatically;
    private const AllowlistStatus Waiting = AllowlistStatus.Waiting;
    private const AllowlistStatus Denied = AllowlistStatus.Denied;

    [Theory]
    [InlineData("github.com/octo/hello.git", Manually)]
    [InlineData("github.com/octo", Automatically)]
    [InlineData("github.com", Manually)]
    [InlineData("github.com/Octo", Manually)]
    public async Task A_project_is_let_in_at_any_level(string name, AllowlistStatus status)
    {
        var decision = await ProjectAsync((name, status));

        Assert.Equal($"{name} is {WireNames<AllowlistStatus>.Of(status)}", Assert.IsType<AccessDecision.Granted>(decision).Reason);
    }

    [Theory]
    [InlineData("github.com/octo", Waiting)]
    [InlineData("github.com/octo/hello", Manually)]
    [InlineData("github.com/octopus", Manually)]
    [InlineData("gitlab.com/octo", Manually)]
    public async Task Without_an_approval_of_its_own_it_is_told_where_to_get_one(string name, AllowlistStatus status) => Assert.Equal(
        "Project github.com/octo/hello.git is not on our allowlist! See https://packit.dev/docs/guide/#2-approval",
        FirstLine(Assert.IsType<AccessDecision.Refused>(await ProjectAsync((name, status)))));

    [Fact]
    public async Task One_that_waits_decides_nothing() => Assert.Equal(
        "github.com/octo is approved_manually", (await ProjectAsync(("github.com/octo/hello.git", Waiting), ("github.com/octo", Manually))).Reason);

    [Theory]
    [InlineData("github.com/octo/hello.git", "github.com/octo")]
    [InlineData("github.com/octo", "github.com/octo/hello.git")]
    [InlineData("github.com", "github.com/octo/hello.git")]
    [InlineData("github.com/OCTO", "github.com/octo/hello.git")]
    public async Task Denied_at_any_level_wins(string denied, string approved) => Assert.Equal(
        "github.com/octo/hello.git or parent namespaces denied!",
        FirstLine(Assert.IsType<AccessDecision.Refused>(await ProjectAsync((denied, Denied), (approved, Manually)))));

    [Theory]
    [InlineData("github.com/mallory", "User namespace mallory denied!")]
    [InlineData("github.com/Mallory", "User namespace mallory denied!")]
    [InlineData("github.com/mallory2", null)]
    [InlineData("github.com", null)]
    public async Task An_account_is_denied_by_its_own_name_only(string denied, string? reason)
    {
        var decision = await AskAsync([(denied, Denied)], allowlist => allowlist.OfAccountAsync("github.com", "mallory", CancellationToken.None));

        Assert.Equal(reason, (decision as AccessDecision.Refused)?.Reason);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Both_databases_decide_alike(DatabaseProvider provider) => Assert.IsType<AccessDecision.Granted>(await AskAsync(
        [("github.com/Octo", Manually)], allowlist => allowlist.OfProjectAsync("github.com", "octo", "hello", CancellationToken.None), provider));

    [Theory]
    [InlineData("gitlab.example/group/sub/team/hello.git")]
    [InlineData("gitlab.example/group/sub/team")]
    [InlineData("gitlab.example/group/sub")]
    [InlineData("gitlab.example/group")]
    public async Task Groups_within_groups_are_levels_of_their_own(string name)
    {
        var decision = await AskAsync(
            [("gitlab.example/group/sub/team/hello", Manually), (name, Manually)],
            allowlist => allowlist.OfProjectAsync("gitlab.example", "group/sub/team", "hello", CancellationToken.None));

        Assert.Equal($"{name} is approved_manually", Assert.IsType<AccessDecision.Granted>(decision).Reason);
    }

    [Fact]
    public async Task Who_is_asked_already_is_told_where()
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite, server);
        await using var services = ReleaseRows.Storage(test);
        var databases = services.GetRequiredService<IPackitDbFactory>();
        await using (var database = databases.Create())
        {
            database.Installations.Add(new GitHubInstallation
            {
                AccountId = 7, AccountLogin = "Octo", AccountType = "Organization", InstallationId = 77, SenderLogin = "ada", SenderId = 1,
                InstalledAt = DateTimeOffset.UnixEpoch, ApprovalIssue = 12,
            });
            await database.SaveChangesAsync();
        }

        var decision = await new Allowlist(databases, Options.Create(new InstallingOptions()), Options.Create(new ServiceOptions()))
            .OfProjectAsync("github.com", "octo", "hello", CancellationToken.None);

        Assert.Contains("https://github.com/packit/notifications/issues/12", decision.Reason, StringComparison.Ordinal);
        Assert.Contains("`/packit verify-fas my-fas-account`", decision.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, Denied, Automatically)]
    [InlineData(DatabaseProvider.Sqlite, Manually, Waiting)]
    [InlineData(DatabaseProvider.PostgreSql, Denied, Waiting)]
    [InlineData(DatabaseProvider.PostgreSql, Manually, Automatically)]
    public async Task What_the_service_finds_out_never_replaces_what_an_operator_said_meanwhile(
        DatabaseProvider provider, AllowlistStatus said, AllowlistStatus found)
    {
        await using var test = await TestDatabase.CreateAsync(provider, server);
        await using var services = ReleaseRows.Storage(test);
        var changes = new AllowlistChanges(services.GetRequiredService<IPackitDbFactory>(), TimeProvider.System);
        await changes.SetAsync("github.com/Octo", said, fasAccount: null, commandId: 0, CancellationToken.None);

        var stands = await changes.SetUndecidedAsync("github.com/octo", found, "ada", commandId: 3, CancellationToken.None);

        Assert.Equal(("github.com/Octo", said, null, 0), (stands.Namespace, stands.Status, stands.FasAccount, stands.CommandId));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Who_waits_is_approved_by_what_the_service_finds_out(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.CreateAsync(provider, server);
        await using var services = ReleaseRows.Storage(test);
        var changes = new AllowlistChanges(services.GetRequiredService<IPackitDbFactory>(), TimeProvider.System);

        var waits = await changes.SetUndecidedAsync("github.com/octo", Waiting, fasAccount: null, commandId: 0, CancellationToken.None);
        var approved = await changes.SetUndecidedAsync("github.com/octo", Automatically, "ada", commandId: 3, CancellationToken.None);

        Assert.Equal(Waiting, waits.Status);
        Assert.Equal((Automatically, "ada", 3), (approved.Status, approved.FasAccount, approved.CommandId));
    }

    private static string FirstLine(AccessDecision decision) => decision.Reason.Split('\n')[0];

    private Task<AccessDecision> ProjectAsync(params (string Name, AllowlistStatus Status)[] entries) =>
        AskAsync(entries, allowlist => allowlist.OfProjectAsync("github.com", "octo", "hello", CancellationToken.None));

    private async Task<AccessDecision> AskAsync(
        IReadOnlyList<(string Name, AllowlistStatus Status)> entries, Func<Allowlist, Task<AccessDecision>> ask,
        DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        await using var test = await TestDatabase.CreateAsync(provider, server);
        await using var services = ReleaseRows.Storage(test);
        var databases = services.GetRequiredService<IPackitDbFactory>();
        await using (var database = databases.Create())
        {
            database.Allowlist.AddRange(entries.Select(entry => new AllowlistEntry { Namespace = entry.Name, Status = entry.Status }));
            await database.SaveChangesAsync();
        }

        return await ask(new Allowlist(databases, Options.Create(new InstallingOptions()), Options.Create(new ServiceOptions())));
    }
}
