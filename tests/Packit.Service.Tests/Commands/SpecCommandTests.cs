using Microsoft.Extensions.Logging.Abstractions;
using Packit.DistGit;
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

    [Fact]
    public async Task With_rpm_a_spec_is_shown_with_what_its_code_says()
    {
        var confined = new ConfinedProgram(TimeProvider.System, NullLogger<ConfinedProgram>.Instance);
        var reason = await new RpmSpecProgram(confined, new RpmSpecOptions()).WhyUnavailableAsync();
        Assert.SkipWhen(reason is not null, $"rpm cannot be asked on this machine: {reason}");
        var file = _folder.Write("sundial.spec", Spec.Replace("1.2.0\n", "%(cat VERSION)\n", StringComparison.Ordinal).Replace("3%{?dist}", "%(echo 3)%{?dist}", StringComparison.Ordinal));
        _folder.Write("VERSION", "7.1\n");

        var run = await CommandRun.OfAsync("spec", "show", file, "--json", "--rpm", "--define", "dist .fc40");

        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
        Assert.Equal("7.1", run.Json.GetProperty("expanded_version").GetString());
        Assert.Equal(("3.fc40", "3"), (run.Json.GetProperty("expanded_raw_release").GetString(), run.Json.GetProperty("expanded_release").GetString()));
        Assert.Equal("https://example.org/sundial/sundial-7.1.tar.gz", run.Json.GetProperty("sources")[0].GetProperty("expanded_location").GetString());
        Assert.Equal(0, run.Json.GetProperty("unknown").GetArrayLength());
    }

    [Fact]
    public async Task A_changelog_that_is_a_file_is_written_beside_the_spec()
    {
        var file = _folder.Write("sundial.spec", Spec[..Spec.IndexOf("* Mon Jan", StringComparison.Ordinal)] + "%include changes\n");
        var changes = _folder.Write("changes", "* Mon Jan 05 2026 A Maintainer <a@example.org> - 1.2.0-3\n- Rebuild\n");

        var run = await CommandRun.OfAsync("spec", "update", file, "--version", "2.0", "--date", "2026-01-15", "--output", file, "--json");

        Assert.Equal((ExitCodes.Done, "changes"), (run.ExitCode, run.Json.GetProperty("changelog_file").GetString()));
        Assert.StartsWith("* Thu Jan 15 2026 Packit <hello@packit.dev> - 2.0-1\n- Update to version 2.0\n\n* Mon Jan 05", await File.ReadAllTextAsync(changes), StringComparison.Ordinal);
        Assert.EndsWith("%changelog\n%include changes\n", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changelog_that_is_a_link_is_not_followed()
    {
        var file = _folder.Write("sundial.spec", Spec[..Spec.IndexOf("* Mon Jan", StringComparison.Ordinal)] + "%include changes\n");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "changes"), _folder.Write("elsewhere/secret", "* Mon Jan 05 2026 A - 1\n"));

        var run = await CommandRun.OfAsync("spec", "update", file, "--version", "2.0");

        Assert.Equal((ExitCodes.No, ""), (run.ExitCode, run.Output));
        Assert.Contains("[SPEC_CHANGELOG_UNCLEAR]", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_refused_update_would_have_changed_is_shown()
    {
        var file = _folder.Write("sundial.spec", Spec.Replace("Name:           sundial", "Name:           sundial%{version}", StringComparison.Ordinal).Insert(0, "%global version 1.2.0\n")
            .Replace("Version:        1.2.0", "Version:        %{version}", StringComparison.Ordinal));

        var run = await CommandRun.OfAsync("spec", "update", file, "--version", "2.0");

        Assert.Equal(ExitCodes.No, run.ExitCode);
        Assert.Contains("  -Name: sundial1.2.0\n  +Name: sundial2.0\n", run.Error, StringComparison.Ordinal);
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
