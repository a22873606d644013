using System.Text;

namespace Packit.Specfile.Tests;

/// <summary>Specs whose version reaches further than its author may remember, or that want an update to do more than it says.</summary>
public sealed class SpecProofTests
{
    [Theory]
    [InlineData("the name", "Name: demo%{version}\n@", "-Name: demo1", "+Name: demo2")]
    [InlineData("the epoch", "%global v 1\nName: demo\nEpoch: %{v}\n@", "-Epoch: 1", "+Epoch: 2")]
    [InlineData("a source more", "Name: demo\n@%if \"%{version}\" != \"1\"\nSource7: https://evil.example/x.tgz\n%endif\n", "+Source7: https://evil.example/x.tgz")]
    [InlineData("a patch less", "Name: demo\n@%if \"%{version}\" == \"1\"\nPatch1: fix.patch\n%endif\n", "-Patch1: fix.patch")]
    [InlineData("another host", "Name: demo\n@%if \"%{version}\" == \"1\"\n%global host good\n%else\n%global host evil\n%endif\nSource0: https://%{host}/x\n", "-%global host good", "+%global host evil")]
    [InlineData("a requirement", "Name: demo\n@%if 0%{version} > 1\nRequires: more\n%endif\n", "+Requires: more")]
    public void An_update_that_would_change_more_than_the_version_is_refused_with_what_it_would_change(string what, string shape, params string[] diff)
    {
        // The shape may name the version itself; those that do not build it from %v.
        var version = shape.StartsWith("%global v", StringComparison.Ordinal) ? "%{v}" : "1";
        var refused = Refused(shape.Replace("@", $"Version: {version}\nRelease: 1%{{?dist}}\n", StringComparison.Ordinal)
            is var spec && shape.StartsWith("Name: demo%{version}", StringComparison.Ordinal) ? "%global version 1\n" + spec.Replace("Version: 1", "Version: %{version}", StringComparison.Ordinal) : spec);

        Assert.True(refused.Code == SpecProblems.UnintendedChange, $"{what}: {refused.Code} {refused.Message}");
        Assert.All(diff, line => Assert.Contains(line, refused.Diff));
    }

    [Fact]
    public void The_diff_of_a_spec_that_changes_all_over_stays_short()
    {
        var lines = string.Concat(Enumerable.Range(0, 100).Select(static i => $"Source{i}: {i}-{new string('x', 300)}\n"));
        var refused = Refused($"Name: demo\nVersion: 1\nRelease: 1\n%if \"%{{version}}\" == \"1\"\n{lines}%endif\n");

        Assert.Equal(41, refused.Diff.Count);
        Assert.Equal("... and 62 more", refused.Diff[^1]);
        Assert.All(refused.Diff, static line => Assert.True(line.Length <= 203));
    }

    [Theory]
    [InlineData("Name: demo\nVersion: %{lua:print('1')}x%{lua:print('2')}\nRelease: 1\nSource0: %{version}\n")]
    [InlineData("%define ver() %(echo %1)\nName: demo\nVersion: %{ver 1}\nRelease: 1\n")]
    public void A_computed_version_is_replaced_as_a_whole(string spec) =>
        Assert.Equal(new SpecValue.Known("2"), Assert.IsType<SpecUpdateResult.Edited>(Apply(spec)).After.Version);

    [Theory]
    [InlineData("%if \"%(uname)\" == \"Linux\"\nVersion: 1\n%else\nVersion: 2\n%endif\n", "%if \"%(uname)\" == \"Linux\"", "needs a shell: %(uname)")]
    [InlineData("%{lua:print('Version: 1')}\n", "%{lua:print('Version: 1')}", "needs Lua: %{lua:print('Version: 1')}")]
    [InlineData("%(echo Version: 1)\n", "%(echo Version: 1)", "needs a shell: %(echo Version: 1)")]
    [InlineData("%include version.inc\n", "%include version.inc", "another file is included")]
    public void A_version_that_only_a_run_would_tell_is_refused_with_the_line_that_makes_it(string version, string line, string reason)
    {
        var refused = Refused($"Name: demo\n{version}Release: 1\n");

        Assert.Equal((SpecProblems.VersionComputed, 2, line), (refused.Code, refused.Line, refused.LineText));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_that_would_begin_a_section_does_not()
    {
        var edited = Assert.IsType<SpecUpdateResult.Edited>(Apply("Name: demo\nVersion: 1\nRelease: 1\n%changelog\n", "- x\n%files\n%install\nrm -rf /"));

        Assert.Equal(["preamble", "changelog"], SpecFile.Parse(edited.Bytes).Sections.Select(static section => section.Name));
    }

    private static SpecUpdateResult.Refused Refused(string spec) => Assert.IsType<SpecUpdateResult.Refused>(Apply(spec));

    private static SpecUpdateResult Apply(string spec, string? text = null) => new SpecUpdate
    {
        UpstreamSpec = Encoding.UTF8.GetBytes(spec), Version = "2", ChangelogText = text, Author = "Packit <hello@packit.dev>", Date = new DateOnly(2026, 1, 15),
    }.Apply();
}
