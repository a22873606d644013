using System.Text.Json;
using Microsoft.Data.Sqlite;
using Packit.Service.Commands;
using Packit.Service.Tests.Support;

namespace Packit.Service.Tests.Commands;

public sealed class OperatorCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_new_database_is_migrated_once()
    {
        var config = Config();

        var first = await CommandRun.OfAsync("migrate", "--json", "--config", config);
        var second = await CommandRun.OfAsync("migrate", "--json", "--config", config);

        Assert.Equal(ExitCodes.Done, first.ExitCode);
        Assert.NotEmpty(first.Json.GetProperty("applied").EnumerateArray());
        Assert.Empty(second.Json.GetProperty("applied").EnumerateArray());
    }

    [Fact]
    public async Task Aliases_are_told_with_the_date_of_their_list()
    {
        var config = Config();
        await CommandRun.OfAsync("migrate", "--config", config);

        var text = await CommandRun.OfAsync("aliases", "--config", config);
        var json = await CommandRun.OfAsync("aliases", "--json", "--config", config);

        Assert.StartsWith("fedora-all             rawhide f", text.Lines[0], StringComparison.Ordinal);
        Assert.Equal("built-in", json.Json.GetProperty("source").GetString());
        Assert.Matches(@"^\d{4}-\d\d-\d\d$", json.Json.GetProperty("date").GetString());
        Assert.Equal("rawhide", json.Json.GetProperty("aliases").GetProperty("fedora-development")[0].GetString());
    }

    [Fact]
    public async Task Namespaces_are_approved_denied_listed_and_removed()
    {
        var config = Config();
        await CommandRun.OfAsync("migrate", "--config", config);

        await CommandRun.OfAsync("allowlist", "add", "https://github.com/hours/", "--config", config);
        await CommandRun.OfAsync("allowlist", "add", "github.com/ada/sundial", "--config", config);
        await CommandRun.OfAsync("allowlist", "deny", "github.com/hours", "--config", config);
        var list = await CommandRun.OfAsync("allowlist", "list", "--config", config);
        var removed = await CommandRun.OfAsync("allowlist", "remove", "github.com/hours", "--json", "--config", config);
        var again = await CommandRun.OfAsync("allowlist", "remove", "github.com/hours", "--config", config);

        Assert.Equal(["github.com/ada/sundial.git\tapproved_manually", "github.com/hours\tdenied"], list.Lines);
        Assert.Equal("""{"namespace":"github.com/hours","status":"removed"}""", Assert.Single(removed.Lines));
        Assert.Equal((ExitCodes.No, ""), (again.ExitCode, again.Output));
    }

    [Fact]
    public async Task A_Fedora_account_is_kept_with_an_approval_and_a_name_in_another_case_is_the_same()
    {
        var config = Config();
        await CommandRun.OfAsync("migrate", "--config", config);

        await CommandRun.OfAsync("allowlist", "add", "github.com/Hours", "--fas", "mary", "--config", config);
        var again = await CommandRun.OfAsync("allowlist", "add", "github.com/hours", "--json", "--config", config);
        var list = await CommandRun.OfAsync("allowlist", "list", "--config", config);

        Assert.Equal("""{"namespace":"github.com/Hours","status":"approved_manually","fas_account":"mary"}""", Assert.Single(again.Lines));
        Assert.Equal(["github.com/Hours\tapproved_manually\tmary"], list.Lines);
    }

    [Fact]
    public async Task Those_who_wait_are_listed_with_who_installed_the_App_and_where_it_is_asked()
    {
        var config = Config();
        await CommandRun.OfAsync("migrate", "--config", config);
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, "packit.db")}"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = """
                INSERT INTO allowlist (namespace, status, changed_at, command_id) VALUES
                    ('github.com/hours', 'waiting', 1767225600000000, 0), ('github.com/ada', 'waiting', NULL, 0), ('github.com/old', 'denied', NULL, 0);
                INSERT INTO github_installations (account_id, account_login, account_type, installation_id, sender_login, sender_id, installed_at, approval_issue, noted)
                    VALUES (7, 'Hours', 'Organization', 77, 'mary', 1, 1767225600000000, 12, 1);
                """;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var text = await CommandRun.OfAsync("allowlist", "waiting", "--config", config);
        var json = await CommandRun.OfAsync("allowlist", "waiting", "--json", "--config", config);

        Assert.Equal(
            ["github.com/ada\t-\t-\t-", "github.com/hours\t2026-01-01T00:00:00Z\tmary\thttps://github.com/packit/notifications/issues/12"], text.Lines);
        Assert.Contains("\"installed_by\":\"mary\",\"issue\":\"https://github.com/packit/notifications/issues/12\"", json.Lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gitlab.com/group/subgroup/", "gitlab.com/group/subgroup")]
    [InlineData("gitlab.com/group/subgroup/hello.git", "gitlab.com/group/subgroup/hello.git")]
    [InlineData("https://gitlab.com/group/hello", "gitlab.com/group/hello.git")]
    [InlineData("github.com/ada/sundial/", "github.com/ada/sundial.git")]
    public async Task Groups_and_repositories_are_told_apart(string typed, string key)
    {
        var config = Config();
        await CommandRun.OfAsync("migrate", "--config", config);

        var run = await CommandRun.OfAsync("allowlist", "add", typed, "--config", config);

        Assert.Equal($"{key}\tapproved_manually", Assert.Single(run.Lines));
    }

    [Theory]
    [InlineData("hours")]
    [InlineData("github.com/a/b/c")]
    [InlineData("github.com/a b")]
    public async Task What_is_no_namespace_is_refused(string name)
    {
        var run = await CommandRun.OfAsync("allowlist", "add", name, "--config", Config());

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains(name, run.Error);
    }

    [Fact]
    public async Task A_database_that_was_never_migrated_is_a_clear_message()
    {
        var run = await CommandRun.OfAsync("allowlist", "list", "--config", Config());

        Assert.Equal((ExitCodes.Unreachable, ""), (run.ExitCode, run.Output));
        Assert.Contains("migrate", run.Error);
    }

    [Fact]
    public async Task A_service_without_its_secrets_says_everything_that_is_missing_and_does_not_start()
    {
        var run = await CommandRun.OfAsync("serve", "--config", Config());

        Assert.Equal((ExitCodes.BadInput, ""), (run.ExitCode, run.Output));
        Assert.Contains("GitHub:AppId is missing", run.Error);
        Assert.Contains("DistGit:TokenFile is missing", run.Error);
        Assert.DoesNotContain("   at ", run.Error);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "packit.db")));
    }

    [Theory]
    [InlineData("""{"Database": {"Provider": "oracle"}}""", "Database:Provider")]
    [InlineData("""{"Database": """, "settings.json")]
    public async Task Wrong_settings_are_named(string json, string words)
    {
        var run = await CommandRun.OfAsync("migrate", "--config", _folder.Write("settings.json", json));

        Assert.Equal((ExitCodes.BadInput, ""), (run.ExitCode, run.Output));
        Assert.Contains(words, run.Error);
    }

    [Theory]
    [InlineData()]
    [InlineData("fly")]
    [InlineData("serve", "--role", "pilot")]
    [InlineData("spec", "update", "a.spec")]
    public async Task Bad_usage_leaves_standard_output_alone(params string[] args)
    {
        var run = await CommandRun.OfAsync(args);

        Assert.Equal((ExitCodes.BadInput, ""), (run.ExitCode, run.Output));
        Assert.Contains("--help", run.Error);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("spec", "update", "--help")]
    [InlineData("validate", "-h")]
    public async Task Help_tells_the_exit_codes(params string[] args)
    {
        var run = await CommandRun.OfAsync(args);

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("Exit codes", run.Output);
    }

    [Fact]
    public async Task The_list_of_commands_says_the_exit_codes_once_and_names_the_program_as_documents_do()
    {
        var run = await CommandRun.OfAsync("--help");
        var below = await CommandRun.OfAsync("allowlist", "list", "--help");

        Assert.Single(run.Output.Split('\n'), line => line.StartsWith("Exit codes:", StringComparison.Ordinal));
        Assert.Contains("\n  packit-service [command] [options]", run.Output);
        Assert.Contains("\n  packit-service allowlist list [options]", below.Output);
    }

    [Fact]
    public async Task A_group_of_commands_that_is_given_alone_names_them()
    {
        var run = await CommandRun.OfAsync("allowlist");

        Assert.Equal((ExitCodes.BadInput, ""), (run.ExitCode, run.Output));
        Assert.Contains("Commands: list, waiting, add, deny, remove.", run.Error);
        Assert.Contains("Run 'packit-service allowlist --help'", run.Error);
    }

    [Fact]
    public async Task A_tool_in_the_wrong_folder_makes_no_empty_database_there()
    {
        var file = Path.Combine(_folder.Path, "elsewhere.db");
        var config = _folder.Write("elsewhere.json", JsonSerializer.Serialize(new { Database = new { Provider = "sqlite", ConnectionString = $"Data Source={file}" } }));

        var run = await CommandRun.OfAsync("allowlist", "list", "--config", config);

        Assert.Equal((ExitCodes.Unreachable, ""), (run.ExitCode, run.Output));
        Assert.Contains($"There is no database {file}. Name the service's settings with --config or PACKIT_CONFIG", run.Error);
        Assert.False(File.Exists(file));
    }

    private string Config() => _folder.Write("packit.json", JsonSerializer.Serialize(new
    {
        Database = new { Provider = "sqlite", ConnectionString = $"Data Source={Path.Combine(_folder.Path, "packit.db")}" },
    }));
}
