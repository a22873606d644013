using System.Text;

namespace Packit.Specfile.Tests;

/// <summary>Changelogs that are files of their own beside the spec.</summary>
public sealed class DetachedChangelogTests
{
    private const string Older = "* Wed Jun  2 2021 Ada <ada@example.org> 1.0-1\n- First\n";

    [Theory]
    [InlineData("%include changelog")]
    [InlineData("# Kept apart.\n\n%include %{SOURCE9}")]
    [InlineData("%include %{_sourcedir}/changelog")]
    [InlineData("%(cat changelog)")]
    [InlineData("%(cat %{SOURCE9})")]
    public void The_entry_goes_to_the_included_file_in_its_own_style(string include)
    {
        var spec = $"Name: demo\nVersion: 1.0\nRelease: 1%{{?dist}}\nSource9: changelog\n%changelog\n{include}\n";
        var edited = Edited(Update(spec, "changelog", Older));

        Assert.Equal(spec.Replace("Version: 1.0", "Version: 2.0", StringComparison.Ordinal), Text(edited.Bytes));
        Assert.Equal("changelog", edited.Changelog!.Path);
        Assert.Equal($"* Mon Jan  5 2026 Packit <hello@packit.dev> - 2.0-1\n- Update to version 2.0\n\n{Older}", Text(edited.Changelog.Bytes));
    }

    [Fact]
    public void Line_ends_and_a_heading_of_the_file_are_kept()
    {
        var edited = Edited(Update(Spec("%include CHANGES"), "CHANGES", "# Newest first\r\n* Wed Jun 02 2021 A - 1-1\r\n- x\r\n"));

        Assert.Equal(
            "# Newest first\r\n* Mon Jan 05 2026 Packit <hello@packit.dev> - 2.0-1\r\n- Update to version 2.0\r\n\r\n* Wed Jun 02 2021 A - 1-1\r\n- x\r\n",
            Text(edited.Changelog!.Bytes));
    }

    [Fact]
    public void An_empty_file_gets_its_first_entry() =>
        Assert.Equal(
            "* Mon Jan 05 2026 Packit <hello@packit.dev> - 2.0-1\n- Update to version 2.0\n",
            Text(Edited(Update(Spec("%include changelog"), "changelog", "")).Changelog!.Bytes));

    [Fact]
    public void A_release_that_the_file_begins_with_gets_no_second_entry()
    {
        var spec = Encoding.UTF8.GetBytes(Spec("%include changelog"));
        var update = Update(Spec("%include changelog"), "changelog", "* Mon Jan 05 2026 Packit <hello@packit.dev> - 2.0-1\n- Update\n") with { DistGitSpec = spec };

        Assert.Null(Edited(update).Changelog);
    }

    [Fact]
    public void Entries_of_the_spec_before_the_included_file_are_where_a_new_one_goes()
    {
        var edited = Edited(Update(Spec("* Wed Jun 02 2021 A - 1-1\n- x\n\n%include old-changelog"), "old-changelog", Older));

        Assert.Null(edited.Changelog);
        Assert.Equal(2, SpecFile.Parse(edited.Bytes).Changelog().Count());
    }

    [Theory]
    [InlineData("%include ../secret")]
    [InlineData("%include /etc/passwd")]
    [InlineData("%include folder/changelog")]
    [InlineData("%include %{_sourcedir}/../secret")]
    [InlineData("%include ..")]
    [InlineData("%include %(echo changelog)")]
    [InlineData("%include %{nosuch}")]
    [InlineData("%include another")]
    [InlineData("%(cat /etc/passwd)")]
    [InlineData("%(cat changelog | tail -1)")]
    [InlineData("%(cat changelog)%(id)")]
    public void Nothing_but_a_file_beside_the_spec_is_looked_at(string include)
    {
        List<string> asked = [];
        var update = Update(Spec(include), "changelog", Older) with
        {
            ChangelogFile = name =>
            {
                asked.Add(name);
                return null;
            },
        };
        var refused = Assert.IsType<SpecUpdateResult.Refused>(update.Apply());

        Assert.Equal((SpecProblems.ChangelogUnclear, include), (refused.Code, refused.LineText));
        Assert.All(asked, static name => Assert.Equal("another", name));
    }

    [Theory]
    [InlineData("%include changelog", "changelog")]
    [InlineData("%include %{name}.changes", "demo.changes")]
    [InlineData("%include ../changelog", null)]
    public void A_spec_tells_the_file_it_includes(string include, string? name) =>
        Assert.Equal(new IncludedChangelog(name, 5), SpecFile.Parse(Encoding.UTF8.GetBytes(Spec(include))).IncludedChangelog(MacroContext.Empty));

    [Theory]
    [InlineData("")]
    [InlineData("%autochangelog")]
    [InlineData("* Wed Jun 02 2021 A - 1-1")]
    public void Other_changelogs_include_nothing(string changelog) =>
        Assert.Null(SpecFile.Parse(Encoding.UTF8.GetBytes(Spec(changelog))).IncludedChangelog(MacroContext.Empty));

    [Fact]
    public void The_file_that_rpmautospec_continues_is_left_alone()
    {
        var edited = Edited(Update(Spec("%autochangelog"), "changelog", Older));

        Assert.Null(edited.Changelog);
        Assert.EndsWith("%changelog\n%autochangelog\n", Text(edited.Bytes), StringComparison.Ordinal);
    }

    private static string Spec(string changelog) => $"Name: demo\nVersion: 1.0\nRelease: 1%{{?dist}}\n%changelog\n{changelog}\n";

    private static SpecUpdate Update(string spec, string file, string content) => new()
    {
        UpstreamSpec = Encoding.UTF8.GetBytes(spec),
        Version = "2.0",
        Author = "Packit <hello@packit.dev>",
        Date = new DateOnly(2026, 1, 5),
        ChangelogFile = name => name == file ? (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(content) : null,
    };

    private static SpecUpdateResult.Edited Edited(SpecUpdate update) => Assert.IsType<SpecUpdateResult.Edited>(update.Apply());

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
