using Packit.Service.Commands;
using Packit.Service.Tests.Support;

namespace Packit.Service.Tests.Commands;

public sealed class ConfigCommandTests : IDisposable
{
    private const string Good = """
        specfile_path: sundial.spec
        upstream_package_name: sundial
        jobs:
          - job: propose_downstream
            trigger: release
            dist_git_branches: [rawhide]
        """;

    private const string Bad = """
        specfile_path: sundial.spec
        jobs:
          - job: propose_downstrem
            trigger: release
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_config_is_shown_in_its_normal_form()
    {
        var file = _folder.Write("sundial/.packit.yaml", Good);

        var run = await CommandRun.OfAsync("config", "show", "--json", file);

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.Equal("file", run.Json.EnumerateObject().First().Name);
        Assert.True(run.Json.GetProperty("ok").GetBoolean());
        Assert.Equal("sundial", run.Json.GetProperty("input").GetProperty("repo_name").GetString());
        Assert.Equal("propose_downstream", run.Json.GetProperty("jobs")[0].GetProperty("type").GetString());
    }

    [Fact]
    public async Task Several_files_give_one_document_a_line_and_the_worst_exit_code()
    {
        var good = _folder.Write("a.yaml", Good);
        var bad = _folder.Write("b.yaml", Bad);
        var missing = Path.Combine(_folder.Path, "c.yaml");

        var run = await CommandRun.OfAsync("config", "show", good, bad, missing, "--json");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Equal([good, bad, missing], run.Lines.Select(line => CommandRun.Document(line).GetProperty("file").GetString()));
        Assert.Equal([true, false, false], run.Lines.Select(line => CommandRun.Document(line).GetProperty("ok").GetBoolean()));
        Assert.Contains("cannot be read", run.Error);
    }

    [Fact]
    public async Task The_repository_is_named_by_an_option_or_by_a_table()
    {
        var first = _folder.Write("configs/one.yaml", Good.Replace("upstream_package_name: sundial\n", "", StringComparison.Ordinal));
        var table = _folder.Write("names.tsv", "file\trepo\tcommit\nconfigs/one.yaml\thours/gnomon\tabc\n");

        var byName = await CommandRun.OfAsync("config", "show", "--json", first, "--repo-name", "dial");
        var byTable = await CommandRun.OfAsync("config", "show", "--json", first, "--repo-names", table);

        Assert.Equal("dial", byName.Json.GetProperty("input").GetProperty("repo_name").GetString());
        Assert.Equal("gnomon", byTable.Json.GetProperty("input").GetProperty("repo_name").GetString());
    }

    [Fact]
    public async Task Validation_shows_each_problem_with_its_line()
    {
        var file = _folder.Write(".packit.yaml", Bad);

        var run = await CommandRun.OfAsync("validate", file);

        Assert.Equal(ExitCodes.No, run.ExitCode);
        Assert.Contains(":3:10: error: ", run.Output);
        Assert.Contains("3 |   - job: propose_downstrem", run.Output);
        Assert.EndsWith("is not valid (1 error)\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validation_finds_the_config_of_a_folder()
    {
        _folder.Write("packit.yaml", Bad);
        _folder.Write(".packit.yaml", Good);

        var run = await CommandRun.OfAsync("validate", _folder.Path, "--json");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Equal(Path.Combine(_folder.Path, ".packit.yaml"), run.Json.GetProperty("file").GetString());
        Assert.Empty(run.Json.GetProperty("problems").EnumerateArray());
    }

    [Fact]
    public async Task Validation_makes_annotations_for_a_workflow()
    {
        var file = _folder.Write("a.yaml", Bad);

        var run = await CommandRun.OfAsync("validate", file, "--format", "github");

        Assert.Equal(ExitCodes.No, run.ExitCode);
        Assert.StartsWith("::error file=", Assert.Single(run.Lines), StringComparison.Ordinal);
        Assert.Contains(",line=3,col=10,", run.Output);
    }

    [Fact]
    public async Task A_folder_without_a_config_cannot_be_validated()
    {
        var run = await CommandRun.OfAsync("validate", _folder.Path);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(".packit.yaml", run.Error);
    }

    [Fact]
    public async Task The_schema_is_json()
    {
        var run = await CommandRun.OfAsync("schema");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.True(CommandRun.Document(run.Output).TryGetProperty("$schema", out _));
    }
}
