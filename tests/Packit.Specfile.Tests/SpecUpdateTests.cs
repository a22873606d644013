using System.Text;

namespace Packit.Specfile.Tests;

public sealed class SpecUpdateTests
{
    [Fact]
    public void A_release_changes_version_release_and_changelog_and_nothing_else()
    {
        var edited = Edit("2.0", """
            # Kept as it is:   odd    blanks
            Name:    demo
            Version:    1.9
            Release: 4%{?dist}

            %description
            Version: 1.9 stays here.

            %changelog
            * Fri Jun 11 2021 Someone <s@example.org> - 1.9-4
            - Older entry
            """);

        Assert.Equal(
            """
            # Kept as it is:   odd    blanks
            Name:    demo
            Version:    2.0
            Release: 1%{?dist}

            %description
            Version: 1.9 stays here.

            %changelog
            * Thu Jan 15 2026 Packit <hello@packit.dev> - 2.0-1
            - Update to version 2.0

            * Fri Jun 11 2021 Someone <s@example.org> - 1.9-4
            - Older entry
            """,
            edited);
    }

    [Theory]
    [InlineData("%global major 1\n%global minor 9\n", "%{major}.%{minor}", "%global major 2\n%global minor 0\n", "%{major}.%{minor}")]
    [InlineData("%global upver   1.9\n", "%{upver}", "%global upver   2.0\n", "%{upver}")]
    [InlineData("%global major 1\n", "%{major}.9", "%global major 2\n", "%{major}.0")]
    [InlineData("%global base 1.9\n%global full %{base}\n", "%{full}", "%global base 2.0\n%global full %{base}\n", "%{full}")]
    [InlineData("%if 0%{?rhel}\n%global v 1.0\n%else\n%global v 1.9\n%endif\n", "%v", "%if 0%{?rhel}\n%global v 1.0\n%else\n%global v 2.0\n%endif\n", "%v")]
    [InlineData("%global shortname 1.9\n", "%{shortname}", "%global shortname 1.9\n", "2.0")]
    [InlineData("%define v() 1.9\n", "%{v}", "%define v() 1.9\n", "2.0")]
    [InlineData("", "%(cat VERSION)", "", "2.0")]
    [InlineData("", "%{lua:print(1)}", "", "2.0")]
    public void The_literal_is_changed_where_it_stands(string definitions, string version, string newDefinitions, string newVersion)
    {
        Assert.Equal(
            $"{newDefinitions}Name: demo\nVersion: {newVersion}\nRelease: 1%{{?dist}}\n",
            Edit("2.0", $"{definitions}Name: demo\nVersion: {version}\nRelease: 1%{{?dist}}\n"));
    }

    [Theory]
    [InlineData("2.0rc1", "2.0~rc1")]
    [InlineData("2.0-beta.2", "2.0~beta.2")]
    [InlineData("2.0~rc1", "2.0~rc1")]
    [InlineData("2.0.Alpha", "2.0~Alpha")]
    [InlineData("2.0preview3", "2.0~preview3")]
    [InlineData("2.0.1", "2.0.1")]
    public void A_pre_release_sorts_before_its_release(string version, string written)
    {
        Assert.Equal($"Name: demo\nVersion: {written}\nRelease: 1%{{?dist}}\n", Edit(version, "Name: demo\nVersion: 1\nRelease: 1%{?dist}\n"));
    }

    [Fact]
    public void The_pattern_of_pre_releases_can_be_another_one_or_none()
    {
        var update = Update("Name: demo\nVersion: 1\nRelease: 1%{?dist}\n", "2.0m1");

        Assert.Equal("2.0~m1", Edited(update with { PrereleaseSuffixPattern = "()(m\\d+)" }).After.Version.TextOrNull);
        Assert.Equal("2.0m1", Edited(update with { PrereleaseSuffixPattern = "" }).After.Version.TextOrNull);
        Assert.Equal("2.0m1", Edited(update with { PrereleaseSuffixPattern = "((broken" }).After.Version.TextOrNull);
    }

    [Theory]
    [InlineData("2.0rc1", "#global prerel beta1", "%global prerel rc1", "%{?prerel:~%{prerel}}")]
    [InlineData("2.0", "%global prerel beta1", "#global prerel beta1", "%{?prerel:~%{prerel}}")]
    [InlineData("2.0rc1", "%dnl %global prerel beta1", "%global prerel rc1", "%{?prerel:~%{prerel}}")]
    public void The_macro_of_the_pre_release_suffix_is_switched_on_and_off(string version, string before, string after, string suffix)
    {
        var update = Update($"{before}\n%global base 1.9\nName: demo\nVersion: %{{base}}{suffix}\nRelease: 1%{{?dist}}\n", version)
            with { PrereleaseSuffixMacro = "prerel" };

        Assert.Equal($"{after}\n%global base 2.0\nName: demo\nVersion: %{{base}}{suffix}\nRelease: 1%{{?dist}}\n", Text(Edited(update)));
    }

    [Fact]
    public void The_sections_come_from_upstream_and_the_changelog_from_dist_git()
    {
        var upstream = "Name: demo\nVersion: 2.0\nRelease: 7%{?dist}\nBuildRequires: new\n%files\n/new\n%changelog\n* Fri Jun 11 2021 Up <u@e.org> - 2.0-7\n- upstream\n";
        var distGit = "Name: demo\nVersion: 1.9\nRelease: 3%{?dist}\n%files\n/old\n%changelog\n* Thu Jun 10 2021 Down <d@e.org> - 1.9-3\n- downstream\n";
        var edited = Edited(Update(upstream, "2.0") with { DistGitSpec = Bytes(distGit) });

        Assert.Equal(
            "Name: demo\nVersion: 2.0\nRelease: 7%{?dist}\nBuildRequires: new\n%files\n/new\n%changelog\n"
            + "* Thu Jan 15 2026 Packit <hello@packit.dev> - 2.0-7\n- Update to version 2.0\n\n"
            + "* Thu Jun 10 2021 Down <d@e.org> - 1.9-3\n- downstream\n",
            Text(edited));
        Assert.Equal(new SpecValue.Known("1.9"), edited.Before?.Version);
        Assert.Equal(new SpecValue.Known("7.fc43"), edited.After.Release);
    }

    [Fact]
    public void A_changelog_that_only_dist_git_has_is_put_at_the_end()
    {
        var edited = Edited(Update("Name: demo\nVersion: 2.0\nRelease: 1%{?dist}\n%files", "2.0") with
        {
            DistGitSpec = Bytes("Name: demo\nVersion: 1.9\nRelease: 1%{?dist}\n%changelog\n%autochangelog\n"),
        });

        Assert.Equal("Name: demo\nVersion: 2.0\nRelease: 1%{?dist}\n%files\n\n%changelog\n%autochangelog\n", Text(edited));
    }

    [Theory]
    [InlineData("%autorelease", "%autorelease -b 2", "1.0", "%autorelease -b 2")]
    [InlineData("%autorelease", "5%{?dist}", "2.0", "%autorelease")]
    [InlineData("3%{?dist}", "%autorelease", "2.0", "1%{?dist}")]
    [InlineData("3%{?dist}", "5%{?dist}", "1.0", "1%{?dist}")]
    [InlineData("5%{?dist}.1", "5%{?dist}", "2.0", "1%{?dist}")]
    [InlineData("3%{?dist}", "0.5%{?dist}", "2.0", "0.5%{?dist}")]
    public void The_release_follows_from_both_specs(string distGit, string upstream, string upstreamVersion, string expected)
    {
        var edited = Edited(Update($"Name: demo\nVersion: {upstreamVersion}\nRelease: {upstream}\n", "2.0") with
        {
            DistGitSpec = Bytes($"Name: demo\nVersion: 1.0\nRelease: {distGit}\n"),
        });

        Assert.Equal(expected, edited.After.RawRelease);
    }

    [Theory]
    [InlineData("2.0-1", 1)]
    [InlineData("2.0-2", 2)]
    [InlineData("12.0-1", 2)]
    public void A_release_that_the_changelog_of_dist_git_begins_with_gets_no_second_entry(string evr, int entries)
    {
        var distGit = $"Name: demo\nVersion: 2.0\nRelease: 1%{{?dist}}\n%changelog\n* Thu Jan 15 2026 Packit <hello@packit.dev> - {evr}\n- Update to version 2.0\n";
        var edited = Edited(Update("Name: demo\nVersion: 1.9\nRelease: 1%{?dist}\n%changelog\n", "2.0") with { DistGitSpec = Bytes(distGit) });

        Assert.Equal(entries, SpecFile.Parse(edited.Bytes).Changelog().Count());
    }

    [Fact]
    public void With_autochangelog_no_entry_is_written()
    {
        const string Spec = "Name: demo\nVersion: 2.0\nRelease: %autorelease\n%changelog\n%autochangelog\n";

        Assert.Equal(Spec, Edit("2.0", Spec));
    }

    [Theory]
    [InlineData("* Wed Jun  2 2021 A <a@b.c> - 1-1", 5, "* Mon Jan  5 2026 Packit <hello@packit.dev> - 2.0-1")]
    [InlineData("* Wed Jun 02 2021 A <a@b.c> - 1-1", 5, "* Mon Jan 05 2026 Packit <hello@packit.dev> - 2.0-1")]
    [InlineData("* Wed Jun 2 2021 A <a@b.c> - 1-1", 5, "* Mon Jan 5 2026 Packit <hello@packit.dev> - 2.0-1")]
    [InlineData("* Wed Jun 02 10:11:12 CEST 2021 A <a@b.c> - 1-1", 15, "* Thu Jan 15 12:00:00 UTC 2026 Packit <hello@packit.dev> - 2.0-1")]
    public void The_entry_is_dated_in_the_manner_of_the_others(string header, int day, string expected)
    {
        var update = Update($"Name: demo\nVersion: 1\nRelease: 1%{{?dist}}\n%changelog\n{header}\n- x\n", "2.0") with { Date = new DateOnly(2026, 1, day) };

        Assert.Equal(expected, SpecFile.Parse(Edited(update).Bytes).Changelog().First().Header);
    }

    [Fact]
    public void The_entry_has_the_epoch_and_the_release_without_the_dist_tag()
    {
        var edited = Edited(Update("Name: demo\nEpoch: 2\nVersion: 2.0\nRelease: 0.%{rc}%{?dist}\n%changelog\n", "2.0") with
        {
            Macros = MacroContext.ForDistGitBranch("f43").With("rc", "7"),
            DistGitSpec = Bytes("Name: demo\nVersion: 1\nRelease: 1\n%changelog\n* Wed Jun 02 2021 A <a@b.c> - 1-1\n- x\n"),
        });

        Assert.Equal("* Thu Jan 15 2026 Packit <hello@packit.dev> - 2:2.0-0.7", SpecFile.Parse(edited.Bytes).Changelog().First().Header);
    }

    [Fact]
    public void Text_from_outside_cannot_become_a_macro_or_another_entry()
    {
        var update = Update("Name: demo\nVersion: 1\nRelease: 1%{?dist}\n%changelog\n", "2.0") with
        {
            ChangelogText = "- 100% of %{buildroot} and %(id) and %%done\n* Fri Jan 16 2026 Evil <e@v.il> - 9-9\n%prep\nrm\n\n",
            Author = "Ž %name <z@e.org>",
        };

        Assert.Equal(
            "Name: demo\nVersion: 2.0\nRelease: 1%{?dist}\n%changelog\n* Thu Jan 15 2026 Ž %%name <z@e.org> - 2.0-1\n"
            + "- 100% of %%{buildroot} and %%(id) and %%done\n * Fri Jan 16 2026 Evil <e@v.il> - 9-9\n%%prep\nrm\n",
            Text(Edited(update)));
    }

    [Fact]
    public void Line_ends_of_the_spec_are_kept_and_used()
    {
        Assert.Equal(
            "Name: demo\r\nVersion: 2.0\r\nRelease: 1%{?dist}\r\n%changelog\r\n* Thu Jan 15 2026 Packit <hello@packit.dev> - 2.0-1\r\n- Update to version 2.0\r\n\r\n* Wed Jun 02 2021 A - 1-1\r\n- x",
            Edit("2.0", "Name: demo\r\nVersion: 1\r\nRelease: 1%{?dist}\r\n%changelog\r\n* Wed Jun 02 2021 A - 1-1\r\n- x"));
    }

    [Theory]
    [InlineData("", SpecProblems.VersionInvalid)]
    [InlineData("1.0 2", SpecProblems.VersionInvalid)]
    [InlineData("1.0\n%prep", SpecProblems.VersionInvalid)]
    [InlineData("%(id)", SpecProblems.VersionInvalid)]
    [InlineData("1.0-2", SpecProblems.VersionInvalid)]
    [InlineData("~1", SpecProblems.VersionInvalid)]
    [InlineData("1.0/2", SpecProblems.VersionInvalid)]
    [InlineData("1.0\u0660", SpecProblems.VersionInvalid)]
    public void A_version_that_is_none_is_refused(string version, string code)
    {
        Assert.Equal(code, Refused(Update("Name: demo\nVersion: 1\nRelease: 1\n", version)).Code);
    }

    [Fact]
    public void A_version_may_not_be_too_long() =>
        Assert.Equal(SpecProblems.VersionInvalid, Refused(Update("Name: demo\nVersion: 1\nRelease: 1\n", new string('1', 129))).Code);

    [Theory]
    [InlineData("Name: demo\nRelease: 1\n", SpecProblems.VersionAbsent, "")]
    [InlineData("Name: demo\nVersion: 1\n", SpecProblems.ReleaseAbsent, "")]
    [InlineData("%global v 1\nName: demo%{v}\nVersion: %{v}\nRelease: 1\n", SpecProblems.UnintendedChange, "Name: demo%{v}")]
    [InlineData("%if %(id)\nName: demo\nVersion: 1\nRelease: 1\n%endif\n", SpecProblems.VersionComputed, "%if %(id)")]
    [InlineData("Name: demo\nVersion: 1\nEpoch: %(id)\nRelease: 1\n%changelog\n", SpecProblems.EpochComputed, "Epoch: %(id)")]
    [InlineData("Name: demo\nVersion: 1\nRelease: 1\n%changelog\n%changelog\n", SpecProblems.ChangelogUnclear, "%changelog")]
    [InlineData("%global v 1\nName: demo\nVersion: %{v}\nRelease: 1\n%if %{v} < 2\nSource1: old\n%endif\n", SpecProblems.UnintendedChange, "Source1: old")]
    public void A_spec_whose_result_would_be_uncertain_is_refused_with_the_line(string spec, string code, string line)
    {
        var refused = Refused(Update(spec, "2"));

        Assert.Equal((code, line), (refused.Code, refused.LineText));
    }

    [Theory]
    [InlineData("")]
    [InlineData("A\nB")]
    public void An_author_is_one_line(string author) =>
        Assert.Equal(SpecProblems.ChangelogInvalid, Refused(Update("Name: demo\nVersion: 1\nRelease: 1\n", "2") with { Author = author }).Code);

    [Fact]
    public void A_pattern_that_takes_too_long_is_refused()
    {
        // Only look-around and the like take more than linear time.
        var update = Update("Name: demo\nVersion: 1\nRelease: 1\n", new string('a', 60) + ".") with { PrereleaseSuffixPattern = "()(?=a)((a+)+)+" };

        Assert.Equal(SpecProblems.PrereleasePatternTimeout, Refused(update).Code);
    }

    [Fact]
    public void The_version_in_the_branch_that_applies_is_changed()
    {
        const string Spec = "Name: demo\n%if 0%{?rhel}\nVersion: 1\n%else\nVersion: 1.5\n%endif\nRelease: 1%{?dist}\n";

        Assert.Equal(Spec.Replace("1.5", "2.0", StringComparison.Ordinal), Edit("2.0", Spec));
        Assert.Equal(
            Spec.Replace("Version: 1\n", "Version: 2.0\n", StringComparison.Ordinal),
            Text(Edited(Update(Spec, "2.0") with { Macros = MacroContext.ForDistGitBranch("epel9") })));
    }

    private static string Edit(string version, string spec) => Text(Edited(Update(spec, version)));

    private static SpecUpdate Update(string spec, string version) => new()
    {
        UpstreamSpec = Bytes(spec),
        Version = version,
        Macros = MacroContext.ForDistGitBranch("f43"),
        Author = "Packit <hello@packit.dev>",
        Date = new DateOnly(2026, 1, 15),
    };

    private static SpecUpdateResult.Edited Edited(SpecUpdate update) => Assert.IsType<SpecUpdateResult.Edited>(update.Apply());

    private static SpecUpdateResult.Refused Refused(SpecUpdate update) => Assert.IsType<SpecUpdateResult.Refused>(update.Apply());

    private static string Text(SpecUpdateResult.Edited edited) => Encoding.UTF8.GetString(edited.Bytes);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
