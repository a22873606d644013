using System.Text;

namespace Packit.Specfile.Tests;

public sealed class SpecReadingTests
{
    private static readonly MacroContext Fedora = MacroContext.ForDistGitBranch("f43");

    [Fact]
    public void A_plain_spec_is_read_with_the_macros_of_the_branch()
    {
        var reading = Read("""
            Name:           demo
            Epoch:          1
            Version:        2.5
            Release:        3%{?dist}
            URL:            https://example.org/%{name}
            Source0:        %{url}/archive/v%{version}/%{name}-%{version}.tar.gz
            Source10:       demo.service
            Patch:          fix.patch
            """);

        Assert.Equal(new SpecValue.Known("demo"), reading.Name);
        Assert.Equal(new SpecValue.Known("2.5"), reading.Version);
        Assert.Equal(new SpecValue.Known("3.fc43"), reading.Release);
        Assert.Equal("3%{?dist}", reading.RawRelease);
        Assert.Equal(new SpecValue.Known("1"), reading.Epoch);
        Assert.Equal(
            [
                new SpecSource
                {
                    Number = 0,
                    RawLocation = "%{url}/archive/v%{version}/%{name}-%{version}.tar.gz",
                    Location = new SpecValue.Known("https://example.org/demo/archive/v2.5/demo-2.5.tar.gz"),
                    FileName = "demo-2.5.tar.gz",
                    IsUrl = true,
                    IsValid = true,
                    Line = 6,
                },
                new SpecSource
                {
                    Number = 10, RawLocation = "demo.service", Location = new SpecValue.Known("demo.service"),
                    FileName = "demo.service", IsValid = true, Line = 7,
                },
            ],
            reading.Sources);
        Assert.Equal((0, "fix.patch"), (reading.Patches[0].Number, reading.Patches[0].FileName));
    }

    [Theory]
    [InlineData("https://h/a/b-1.0.tgz", "b-1.0.tgz", true)]
    [InlineData("https://h/download#/b-1.0.tgz", "b-1.0.tgz", true)]
    [InlineData("https://h/a?x=1&y=2#/q=b.tgz", "b.tgz", true)]
    [InlineData("https://h/a/b.tgz?download", "b.tgz", true)]
    [InlineData("https://h/a/", null, true)]
    [InlineData("b.tgz", "b.tgz", false)]
    [InlineData("dir/b.tgz", "b.tgz", false)]
    [InlineData("https:///b.tgz", "b.tgz", false)]
    public void A_source_is_named_as_rpm_names_it(string location, string? name, bool isUrl)
    {
        var source = Assert.Single(Read($"Name: x\nSource: {location}\n").Sources);

        Assert.Equal((name, isUrl), (source.FileName, source.IsUrl));
    }

    [Fact]
    public void Unnumbered_sources_and_those_of_a_list_continue_the_numbers_before_them()
    {
        var reading = Read("""
            Name: x
            Source: a
            Source: b
            Source7: c
            Source: d
            %sourcelist
            e
            # no source
            %if 0
            f
            %endif
            %patchlist
            g.patch
            """);

        Assert.Equal(
            [(0, "a", true), (1, "b", true), (7, "c", true), (8, "d", true), (9, "e", true), (10, "f", false)],
            reading.Sources.Select(static source => (source.Number, source.FileName!, source.IsValid)));
        Assert.Equal("g.patch", Assert.Single(reading.Patches).FileName);
    }

    [Theory]
    [InlineData("%if 0%{?fedora} >= 43\nVersion: yes\n%else\nVersion: no\n%endif\n", "yes")]
    [InlineData("%if 0%{?rhel}\nVersion: no\n%elif \"%{dist}\" == \".fc43\"\nVersion: yes\n%else\nVersion: no\n%endif\n", "yes")]
    [InlineData("%if 0\n%if 1\nVersion: no\n%endif\nVersion: no\n%endif\nVersion: yes\n", "yes")]
    [InlineData("%ifarch x86_64 aarch64\nVersion: yes\n%endif\n", "yes")]
    [InlineData("%ifnarch x86_64\nVersion: no\n%else\nVersion: yes\n%endif\n", "yes")]
    [InlineData("%ifarch %{ix86}\nVersion: no\n%elifarch x86_64\nVersion: yes\n%endif\n", "yes")]
    [InlineData("%ifos linux\nVersion: yes\n%endif\n", "yes")]
    [InlineData("%bcond_without docs\n%if %{with docs}\nVersion: yes\n%endif\n", "yes")]
    [InlineData("%bcond_with docs\n%if %{without docs}\nVersion: yes\n%endif\n", "yes")]
    [InlineData("%bcond docs 1\n%if %{with docs} && \\\n  1\nVersion: yes\n%endif\n", "yes")]
    [InlineData("%{?fedora:Version: yes}\n%{?rhel:Version: no}\n", "yes")]
    [InlineData("%{expand:\nVersion: yes\n}\n", "yes")]
    [InlineData("%if 0\n%global v no\n%endif\n%{!?v:%global v yes}\nVersion: %v\n", "yes")]
    [InlineData("%global v yes\n%define w no\n%undefine w\nVersion: %{?w}%{v}\n", "yes")]
    public void Conditions_and_definitions_decide_what_counts(string preamble, string version)
    {
        Assert.Equal(new SpecValue.Known(version), Read("Name: x\n" + preamble).Version);
    }

    [Fact]
    public void A_version_that_depends_on_an_undecidable_condition_is_unknown()
    {
        var reading = Read("Name: x\n%if %(test -e /x && echo 1)\nVersion: 1\n%else\nVersion: 2\n%endif\nRelease: 1\n");

        var unknown = Assert.IsType<SpecValue.Unknown>(reading.Version);
        Assert.Equal(2, unknown.Line);
        Assert.Contains("needs a shell", unknown.Reason, StringComparison.Ordinal);
        Assert.Equal(new SpecValue.Known("1"), reading.Release);
    }

    [Fact]
    public void A_macro_that_an_undecidable_condition_may_define_is_unknown_afterwards()
    {
        var reading = Read("Name: x\n%if %{exists:/x}\n%global v 1\n%endif\nVersion: %{?v}%{!?v:2}\n");

        Assert.Contains("cannot be decided", Assert.IsType<SpecValue.Unknown>(reading.Version).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_included_file_is_not_read_and_the_reader_is_told_so()
    {
        var unknown = Assert.IsType<SpecValue.Unknown>(Read("Name: x\n%include /etc/passwd\nVersion: %{from_there}\n").Version);

        Assert.Equal("the macro %from_there is not known here; line 2 includes another file, which is not read", unknown.Reason);
        Assert.Equal(3, unknown.Line);
    }

    [Fact]
    public void A_source_may_use_a_tag_that_stands_below_it()
    {
        Assert.Equal(new SpecValue.Known("x-1.tgz"), Assert.Single(Read("Name: x\nSource: %{name}-%{version}.tgz\nVersion: 1\n").Sources).Location);
    }

    [Theory]
    [InlineData("%autorelease", true)]
    [InlineData("%{autorelease}", true)]
    [InlineData("%{?autorelease}%{!?autorelease:1%{?dist}}", true)]
    [InlineData("%autorelease -b 3", true)]
    [InlineData("%%autorelease", false)]
    [InlineData("%{?autorelease:2}", false)]
    [InlineData("1%{?dist}", false)]
    public void Autorelease_is_seen_in_the_release_as_written(string release, bool expected)
    {
        Assert.Equal(expected, Read($"Name: x\nRelease: {release}\n").UsesAutorelease);
    }

    [Theory]
    [InlineData("%autochangelog", true)]
    [InlineData("%{?autochangelog}", true)]
    [InlineData("# %autochangelog", false)]
    [InlineData("* Fri Jun 11 2021 A - 1\n- use %%autochangelog", false)]
    public void Autochangelog_is_seen_in_the_changelog(string changelog, bool expected)
    {
        Assert.Equal(expected, Read($"Name: x\n%changelog\n{changelog}\n").UsesAutochangelog);
    }

    [Fact]
    public void Something_that_is_no_spec_has_nothing_to_say()
    {
        var reading = Read("{\"a\": 1}");

        Assert.Equal(SpecValue.Absent.Instance, reading.Name);
        Assert.Null(reading.RawVersion);
        Assert.Empty(reading.Sources);
    }

    [Fact]
    public void A_spec_with_other_line_ends_or_a_foreign_encoding_is_read_all_the_same()
    {
        var latin = Encoding.Latin1.GetBytes("Name: x\r\n# caf\u00e9\r\nVersion: 1.0\r\n%description\r\n\u00e9\0\r\n");
        var reading = SpecFile.Parse(latin).Read(Fedora);

        Assert.Equal(new SpecValue.Known("1.0"), reading.Version);
        Assert.Equal("1.0", reading.RawVersion);
    }

    [Fact]
    public void Archives_of_the_language_ecosystems_have_their_places()
    {
        Assert.Equal(
            "https://files.pythonhosted.org/packages/source/d/demo/demo-1.0.tar.gz",
            Read("Name: python-demo\nVersion: 1.0\nSource: %{pypi_source demo}\n").Sources[0].Location.TextOrNull);
        Assert.Equal(
            "demo-1.0.crate",
            Read("%global crate demo\nName: rust-demo\nVersion: 1.0\nSource: %{crates_source}\n").Sources[0].FileName);
    }

    [Theory]
    [InlineData("https://github.com/o/demo", "", "https://github.com/o/demo/archive/v1.0/demo-1.0.tar.gz", "demo-1.0.tar.gz")]
    [InlineData("https://github.com/o/demo", "tag 1.0-final", "https://github.com/o/demo/archive/1.0-final/demo-1.0-final.tar.gz", "demo-1.0-final.tar.gz")]
    [InlineData("https://github.com/o/demo/", "tag v1.0", "https://github.com/o/demo/archive/v1.0/demo-1.0.tar.gz", "demo-1.0.tar.gz")]
    [InlineData("https://github.com/o/demo", "commit 0123456789abcdef", "https://github.com/o/demo/archive/0123456789abcdef/demo-0123456789abcdef.tar.gz", "demo-0123456789abcdef.tar.gz")]
    [InlineData("https://gitlab.com/o/demo", "", "https://gitlab.com/o/demo/-/archive/1.0/demo-1.0.tar.bz2", "demo-1.0.tar.bz2")]
    [InlineData("https://pagure.io/ns/demo", "", "https://pagure.io/ns/demo/archive/1.0/ns-demo-1.0.tar.gz", "ns-demo-1.0.tar.gz")]
    [InlineData("https://codeberg.org/o/demo", "", "https://codeberg.org/o/demo/archive/1.0.tar.gz", "1.0.tar.gz")]
    [InlineData("https://code.googlesource.com/demo", "", "https://code.googlesource.com/demo/+archive/v1.0.tar.gz#/demo-1.0.tar.gz", "demo-1.0.tar.gz")]
    [InlineData("https://bitbucket.org/o/demo", "commit 0123456789abcdef", "https://bitbucket.org/o/demo/get/0123456789abcdef.tar.bz2#/o-demo-0123456789ab.tar.bz2", "o-demo-0123456789ab.tar.bz2")]
    [InlineData("https://pagure.io/fork/o/ns/demo", "", "https://pagure.io/fork/o/ns/demo/archive/1.0/o-ns-demo-1.0.tar.gz", "o-ns-demo-1.0.tar.gz")]
    [InlineData("https://git.sr.ht/~o/demo", "", "https://git.sr.ht/~o/demo/archive/1.0.tar.gz#/demo-1.0.tar.gz", "demo-1.0.tar.gz")]
    public void A_forge_keeps_archives_where_its_macros_say(string url, string global, string location, string file)
    {
        var define = global.Length > 0 ? $"%global {global}\n" : "";
        var source = Assert.Single(Read($"%global forgeurl {url}\n{define}Version: 1.0\n%forgemeta\nName: demo\nSource: %{{forgesource}}\n").Sources);

        Assert.Equal((location, file), (source.Location.TextOrNull, source.FileName));
    }

    [Fact]
    public void A_go_package_is_named_and_fetched_after_its_import_path()
    {
        var reading = Read("%global goipath github.com/o/demo.go\nVersion: 1.0\n%gometa -f\nName: %{goname}\nSource: %{gosource}\n");

        Assert.Equal(new SpecValue.Known("golang-github-o-demo"), reading.Name);
        Assert.Equal("https://github.com/o/demo.go/archive/v1.0/demo.go-1.0.tar.gz", reading.Sources[0].Location.TextOrNull);
    }

    [Theory]
    [InlineData("github.com/mattn/go-sqlite3", "golang-github-mattn-sqlite3")]
    [InlineData("gopkg.in/yaml.v3", "golang-gopkg-yaml-3")]
    [InlineData("k8s.io/api", "golang-k8s-api")]
    [InlineData("github.com/prometheus/prometheus", "golang-github-prometheus")]
    [InlineData("github.com/Foo/Bar_baz.git", "golang-github-foo-bar-baz")]
    [InlineData("golang.org/x/text", "golang-x-text")]
    public void A_go_package_is_called_after_its_import_path(string path, string name) =>
        Assert.Equal(new SpecValue.Known(name), Read($"%global goipath {path}\nVersion: 1.0\n%gometa\nName: %{{goname}}\n").Name);

    [Theory]
    [InlineData("%global commit 0123456789abcdef\n%global date 20260115\n", "1.20260115git0123456.fc43")]
    [InlineData("%global tag v1.0\n", "1.fc43")]
    [InlineData("%global tag version-1.0\n", "1.fc43")]
    [InlineData("%global branch Devel\n%global date 20260115\n", "1.20260115gitdevel.fc43")]
    [InlineData("", "1.fc43")]
    public void A_build_of_a_snapshot_says_so_in_its_release(string definitions, string release) =>
        Assert.Equal(new SpecValue.Known(release), Forge(definitions).Release);

    [Theory]
    [InlineData("%global commit 0123456789abcdef\n")]
    [InlineData("%global tag snapshot-7\n%global date 20260115\n")]
    public void A_snapshot_without_a_date_has_a_release_that_nobody_knows(string definitions) =>
        Assert.Contains("needs the date of the archive", Assert.IsType<SpecValue.Unknown>(Forge(definitions).Release).Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData("%global srcname Demo\n", "%{pypi_source}", "https://files.pythonhosted.org/packages/source/D/Demo/Demo-1.0rc1.tar.gz")]
    [InlineData("", "%{pypi_source demo 2.0 zip}", "https://files.pythonhosted.org/packages/source/d/demo/demo-2.0.zip")]
    [InlineData("%global crate demo\n", "%{crates_source}", "https://crates.io/api/v1/crates/demo/1.0-rc1/download#/demo-1.0-rc1.crate")]
    [InlineData("%global crate demo\n%global crate_version 1.0.0-rc.1\n", "%{crates_source}", "https://crates.io/api/v1/crates/demo/1.0.0-rc.1/download#/demo-1.0.0-rc.1.crate")]
    [InlineData("%global gem_name demo\n", "https://rubygems.org/gems/%{gem_name}-%{version_no_tilde .}.gem", "https://rubygems.org/gems/demo-1.0.rc1.gem")]
    [InlineData("%global npm_name demo\n", "https://registry.npmjs.org/%{npm_name}/-/%{npm_name}-%{version_no_tilde}.tgz", "https://registry.npmjs.org/demo/-/demo-1.0-rc1.tgz")]
    [InlineData("%global gh_commit 0123456789abcdef\n%global gh_short %(c=%{gh_commit}; echo ${c:0:7})\n%global gh_owner o\n%global gh_project p\n",
        "https://github.com/%{gh_owner}/%{gh_project}/archive/%{gh_commit}/%{name}-%{version}-%{gh_short}.tar.gz", "https://github.com/o/p/archive/0123456789abcdef/demo-1.0~rc1-0123456.tar.gz")]
    public void A_pre_release_is_fetched_under_the_name_that_its_ecosystem_gives_it(string definitions, string source, string location) =>
        Assert.Equal(location, Read($"{definitions}Name: demo\nVersion: 1.0~rc1\nSource0: {source}\n").Sources[0].Location.TextOrNull);

    private static SpecReading Forge(string definitions) =>
        Read($"%global forgeurl https://github.com/o/demo\n{definitions}Version: 1.0\n%forgemeta\nName: demo\nRelease: 1%{{?dist}}\n");

    private static SpecReading Read(string text) => SpecFile.Parse(Encoding.UTF8.GetBytes(text)).Read(Fedora);
}
