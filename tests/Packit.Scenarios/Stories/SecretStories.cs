using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Packit.Automation.Storage;
using Packit.Http;
using Packit.Sandbox;
using Packit.Sandbox.Hosting;
using Packit.Sandbox.Koji;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>Secrets stay where they are, whatever goes wrong.</summary>
public sealed class SecretStories(PostgresServer server, RabbitServer rabbit)
{
    [Fact]
    public async Task No_secret_comes_out_anywhere_when_a_release_has_all_kinds_of_trouble()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions
        {
            Settings = new Dictionary<string, string?> { ["Service:EnabledPrivateNamespaces:0"] = $"127.0.0.1/{Story.Owner}" },
        });
        story.Project.Private = true;
        story.World.GitHub.SetAppPermission(Story.Owner, "issues", "write");
        using var git = new WatchedGit();
        await using var process = await story.HandOverAsync(
            new Dictionary<string, string?> { ["Serilog:MinimumLevel:Default"] = "Verbose", ["Serilog:MinimumLevel:Override:Microsoft"] = "Debug" },
            new Dictionary<string, string> { ["PATH"] = git.Path });
        Trouble(story, Servers.Pagure, "git-receive-pack", new FaultKind.Status(502, "<html>no</html>"));
        Trouble(story, Servers.GitHubWeb, "git-upload-pack", new FaultKind.CutConnection());
        Trouble(story, Servers.GitHubApi, "/check-runs", new FaultKind.Status(401, """{"message":"Bad credentials"}"""));
        Trouble(story, Servers.GitHubApi, "/access_tokens", new FaultKind.Status(500, "oops"));
        Trouble(story, Servers.Lookaside, "upload.cgi", new FaultKind.EffectThenCut());
        Trouble(story, Servers.Pagure, "/pull-request/new", new FaultKind.Status(401, """{"error":"Invalid or expired token","error_code":"EINVALIDTOK"}"""));

        await story.Project.PublishReleaseAsync("v1.2.3");
        await story.Project.PublishReleaseAsync("release-one");
        await UntilAsync(() => story.Project.Issues().Count == 1 && story.Package.ForkBranches().Count > 0, process);
        await process.KillAsync();

        Assert.NotEmpty(git.Calls);
        Assert.Contains("git", process.Said, StringComparison.Ordinal);
        await story.RestartAsync();
        await AssertKeptAsync(story, process, git, Secrets(story));
    }

    [Fact]
    public async Task No_secret_comes_out_anywhere_when_a_build_and_its_update_have_all_kinds_of_trouble()
    {
        using var broker = await StoryBroker.StartAsync(rabbit);
        await using var story = await Chain.BeginAsync(server, Chain.OneBranch with { Broker = broker.World });
        await story.ReleaseAsync();
        using var git = new WatchedGit();
        await using var process = await story.HandOverAsync(
            new Dictionary<string, string?>(broker.Settings)
            {
                ["Serilog:MinimumLevel:Default"] = "Verbose", ["Serilog:MinimumLevel:Override:Microsoft"] = "Debug",
                ["Messaging:DatagrepperUrl"] = story.World.DatagrepperApi.AbsoluteUri,
            },
            new Dictionary<string, string> { ["PATH"] = git.Path });
        Assert.DoesNotContain(RabbitServer.Password, process.Arguments, StringComparison.Ordinal);
        Assert.DoesNotContain(story.World.Koji.Password, process.Arguments, StringComparison.Ordinal);
        Trouble(story, Servers.Koji, "/kojihub", new FaultKind.EffectThenCut(), call: "login");
        Trouble(story, Servers.Koji, "/kojihub", new FaultKind.Status(502, "<html>no</html>"), call: "getBuildTarget");
        Trouble(story, Servers.Koji, "/kojihub", KojiStandIn.Answer(1007, "session has expired"), call: "build");
        Trouble(story, Servers.Identity, "/Token", new FaultKind.Status(500, "oops"));
        Trouble(story, Servers.Bodhi, "/updates", new FaultKind.Status(
            403, """{"status":"error","errors":[{"location":"body","name":"csrf_token","description":"CSRF tokens do not match."}]}"""), method: "POST");
        Trouble(story, Servers.Bodhi, "/updates", new FaultKind.EffectThenCut(), method: "POST");

        // What is published before the queue exists is for nobody.
        await UntilAsync(() => process.Said.Contains("Listening to ", StringComparison.Ordinal), process);
        await story.Package.MergePullRequestAsync(Assert.Single(await story.OpenPullRequestsAsync()).Id);
        await UntilAsync(() => story.World.Koji.Tasks.Any(task => task.Method == "buildArch"), process);
        story.World.Koji.ExpireSessions();
        await story.World.Koji.FinishAsync(Chain.Task(story).Id);
        await UntilAsync(() => story.World.Bodhi.Updates.Count > 0, process);
        await process.KillAsync();

        Assert.NotEmpty(story.World.Koji.SessionKeys);
        Assert.NotEmpty(story.World.Identity.HandedOut);
        Assert.Contains("bodhi", process.Said, StringComparison.OrdinalIgnoreCase);
        await story.RestartAsync();
        await AssertKeptAsync(story, process, git, [.. Secrets(story), .. SecretsOfTheChain(story)]);
    }

    private static async Task AssertKeptAsync(Story story, ServiceProcess process, WatchedGit git, IReadOnlyList<(string Name, string Value)> secrets)
    {
        await foreach (var (place, text) in SinksAsync(story, process, git))
        {
            foreach (var (name, value) in secrets)
            {
                Assert.False(text.Contains(value, StringComparison.OrdinalIgnoreCase), $"{name} stands in {place}.");
            }
        }
    }

    private static void Trouble(Story story, string remote, string path, FaultKind kind, string? call = null, string? method = null) =>
        story.World.Faults.Add(new Fault { Server = remote, PathContains = path, Kind = kind, Call = call, Method = method });

    private static IReadOnlyList<(string Name, string Value)> Secrets(Story story)
    {
        var pem = story.World.AppPrivateKeyPem.Split('\n')[3].Trim();
        var token = story.World.PagureToken;
        return
        [
            ("The webhook secret", story.World.WebhookSecret),
            ("The App's key", pem),
            ("The dist-git token", token),
            ("The dist-git token in base64", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{story.World.ServiceUser}:{token}"))),
            ("The dist-git token in hexadecimal", Convert.ToHexString(Encoding.UTF8.GetBytes(token))),
            ("An installation token", "ghs_"),
            ("An installation token in base64", Convert.ToBase64String("x-access-token:ghs_"u8)[..20]),
            ("An App's JWT", "eyJhbGciOi"),
        ];
    }

    private static IReadOnlyList<(string Name, string Value)> SecretsOfTheChain(Story story) =>
    [
        ("Koji's password", story.World.Koji.Password),
        ("Koji's password in base64", Convert.ToBase64String(Encoding.UTF8.GetBytes(story.World.Koji.Password))),
        .. story.World.Koji.SessionKeys.Select(key => ("The key of a session with Koji", key)),
        .. story.World.Identity.HandedOut.Select(token => ("A code or token of the identity provider", token)),
        ("A Kerberos token", World.KerberosToken),
        ("Bodhi's ticket", "userid_type:b64unicode"),
        ("Bodhi's CSRF token", "_csrft_"),
        ("The broker's password", RabbitServer.Password),
        ("The broker's password in an address", Uri.EscapeDataString(RabbitServer.Password)),
    ];

    private static async IAsyncEnumerable<(string Place, string Text)> SinksAsync(Story story, ServiceProcess process, WatchedGit git)
    {
        yield return ("the log", process.Said);
        yield return ("the arguments of git", string.Join('\n', git.Calls));
        yield return ("what the world shows", await Snapshot.TakeAsync(story));
        yield return ("the addresses that were called", string.Join('\n', story.World.Requests.All.Select(request => request.Path + request.Query)));
        await using var database = story.Database();
        await foreach (var page in PagesAsync(story, database))
        {
            yield return page;
        }

        var connection = database.Database.GetDbConnection();
        await connection.OpenAsync();
        foreach (var table in await ColumnAsync(
            connection, "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema')"))
        {
            var rows = await ColumnAsync(connection, $"SELECT row_to_json(t)::text FROM {table} t");
            yield return ($"the table {table}", string.Join('\n', rows));
        }
    }

    private static async IAsyncEnumerable<(string Place, string Text)> PagesAsync(Story story, PackitDb database)
    {
        using var http = HttpClients.Create(new HttpClientSettings { Retries = 0, Timeout = TimeSpan.FromSeconds(20) }, TimeProvider.System);
        var pages = new List<string> { "", "aliases", "jobs/downstream-koji-builds", "jobs/bodhi-updates" };
        pages.AddRange((await database.Releases.Where(release => !release.Project.IsPrivate).Select(release => release.Id).ToListAsync()).Select(id => $"releases/{id}"));
        pages.AddRange((await database.Builds.Select(build => build.Id).ToListAsync()).Select(id => $"jobs/koji/{id}"));
        pages.AddRange((await database.Updates.Select(update => update.Id).ToListAsync()).Select(id => $"jobs/bodhi/{id}"));
        foreach (var page in pages)
        {
            yield return ($"the page /{page}", await http.GetStringAsync(new Uri(story.Service.Address, page)));
        }
    }

    private static async Task<IReadOnlyList<string>> ColumnAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        List<string> values = [];
        while (await reader.ReadAsync())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }

    private static async Task UntilAsync(Func<bool> done, ServiceProcess process)
    {
        for (var round = 0; !done(); round++)
        {
            Assert.True(round < 600, $"It did not come to that: {process.Said}");
            await Task.Delay(100);
        }
    }
}
