using Packit.Service.Commands;
using Packit.Service.Tests.Support;

namespace Packit.Service.Tests.Commands;

public sealed class SpecCommandTests : IDisposable
{
    private const string Spec = """
        Name:           sundial
        Version:        1.2.0
        Release:        3%{?dist}
        Summary:        Tells the time by day
        License:        MIT
        Source0:        https://example.org/%{name}/%{name}-%{version}.tar.gz
        %if 0%{?fedora} < 40
        Patch1:         old.patch
        %endif

        %description
        Tells the time by day.

        %changelog
        * Mon Jan 05 2026 A Maintainer <a@example.org> - 1.2.0-3
        - Rebuild

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_spec_is_shown_as_written_and_expanded()
    {
        var file = _folder.Write("sundial.spec", Spec);

        var run = await CommandRun.OfAsync("spec", "show", file, "--json", "--define", "fedora 40", "--define", "dist .fc40");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Equal("file", run.Json.EnumerateObject().First().Name);
        Assert.Equal("1.2.0", run.Json.GetProperty("expanded_version").GetString());
        Assert.Equal("3%{?dist}", run.Json.GetProperty("raw_release").GetString());
        Assert.Equal("3.fc40", run.Json.GetProperty("expanded_raw_release").GetString());
        Assert.Equal("3", run.Json.GetProperty("expanded_release").GetString());
        Assert.False(run.Json.GetProperty("has_autorelease").GetBoolean());
        var source = run.Json.GetProperty("sources")[0];
        Assert.Equal("https://example.org/sundial/sundial-1.2.0.tar.gz", source.GetProperty("expanded_location").GetString());
        Assert.Equal("sundial-1.2.0.tar.gz", source.GetProperty("filename").GetString());
        Assert.False(run.Json.GetProperty("patches")[0].GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task A_version_that_needs_a_program_is_not_known_and_the_line_is_told()
    {
        var file = _folder.Write("sundial.spec", Spec.Replace("1.2.0\n", "%(git describe)\n", StringComparison.Ordinal));

        var run = await CommandRun.OfAsync("spec", "show", file, "--json");

        Assert.Equal(ExitCodes.No, run.ExitCode);
        var unknown = run.Json.GetProperty("unknown").EnumerateArray().First(value => value.GetProperty("field").GetString() == "version");
        Assert.Equal(2, unknown.GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task An_update_writes_the_edited_spec_and_nothing_else_to_standard_output()
    {
        var file = _folder.Write("sundial.spec", Spec);

        var run = await CommandRun.OfAsync(
            "spec", "update", file, "--version", "1.3.0rc1", "--changelog", "- A new dial", "--author", "B <b@example.org>", "--date", "2026-01-15");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Equal(
            Spec.Replace("1.2.0\nRelease:        3", "1.3.0~rc1\nRelease:        1", StringComparison.Ordinal)
                .Replace("%changelog\n", "%changelog\n* Thu Jan 15 2026 B <b@example.org> - 1.3.0~rc1-1\n- A new dial\n\n", StringComparison.Ordinal),
            run.Output);
        Assert.Empty(run.Error);
        Assert.Equal(Spec, await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task An_update_can_be_written_to_the_file_itself()
    {
        var file = _folder.Write("sundial.spec", Spec);

        var run = await CommandRun.OfAsync("spec", "update", file, "--version", "2.0", "--output", file, "--json");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Equal("2.0", run.Json.GetProperty("version_after").GetString());
        Assert.False(run.Json.TryGetProperty("content", out _));
        Assert.Contains("Version:        2.0\n", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task A_refused_update_changes_nothing_and_says_why()
    {
        var file = _folder.Write("sundial.spec", Spec);
        var target = Path.Combine(_folder.Path, "new.spec");

        var run = await CommandRun.OfAsync("spec", "update", file, "--version", "2.0; rm", "--output", target, "--json");

        Assert.Equal(ExitCodes.No, run.ExitCode);
        Assert.False(run.Json.GetProperty("ok").GetBoolean());
        Assert.NotEmpty(run.Json.GetProperty("code").GetString()!);
        Assert.NotEmpty(run.Error);
        Assert.False(File.Exists(target));
    }

    [Theory]
    [InlineData("--define", "fedora", "no macro")]
    [InlineData("--date", "15.1.2026", "no date")]
    public async Task Options_that_make_no_sense_are_named(string option, string value, string words)
    {
        var file = _folder.Write("sundial.spec", Spec);

        var run = await CommandRun.OfAsync("spec", "update", file, "--version", "2.0", option, value);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(words, run.Error);
    }
}
