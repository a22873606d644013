using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>Secrets stay where they are, whatever goes wrong.</summary>
public sealed class SecretStories(PostgresServer server)
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
        await UntilAsync(() => story.Project.Issues().Count == 1 && story.Package.ForkBranches().Count > 0);
        await process.KillAsync();

        Assert.NotEmpty(git.Calls);
        Assert.Contains("git", process.Said, StringComparison.Ordinal);
        await story.RestartAsync();
        var secrets = Secrets(story);
        await foreach (var (place, text) in SinksAsync(story, process, git))
        {
            foreach (var (name, value) in secrets)
            {
                Assert.False(text.Contains(value, StringComparison.OrdinalIgnoreCase), $"{name} stands in {place}.");
            }
        }
    }

    private static void Trouble(Story story, string remote, string path, FaultKind kind) =>
        story.World.Faults.Add(new Fault { Server = remote, PathContains = path, Kind = kind });

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

    private static async IAsyncEnumerable<(string Place, string Text)> SinksAsync(Story story, ServiceProcess process, WatchedGit git)
    {
        yield return ("the log", process.Said);
        yield return ("the arguments of git", string.Join('\n', git.Calls));
        yield return ("what the world shows", await Snapshot.TakeAsync(story));
        yield return ("the addresses that were called", string.Join('\n', story.World.Requests.All.Select(request => request.Path + request.Query)));
        await using var database = story.Database();
        var connection = database.Database.GetDbConnection();
        await connection.OpenAsync();
        foreach (var table in await ColumnAsync(
            connection, "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema')"))
        {
            var rows = await ColumnAsync(connection, $"SELECT row_to_json(t)::text FROM {table} t");
            yield return ($"the table {table}", string.Join('\n', rows));
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

    private static async Task UntilAsync(Func<bool> done)
    {
        for (var round = 0; !done(); round++)
        {
            Assert.True(round < 600, "It did not come to that.");
            await Task.Delay(100);
        }
    }
}
