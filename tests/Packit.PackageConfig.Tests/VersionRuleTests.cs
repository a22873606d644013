using System.Diagnostics;

namespace Packit.PackageConfig.Tests;

public sealed class VersionRuleTests
{
    [Theory]
    [InlineData("v{version}", "v1.2.3", "1.2.3")]
    [InlineData("{upstream_package_name}-{version}", "hello-1.2-3", "1.2-3")]
    [InlineData("{upstream_package_name}-{version}", "other-1.2", "1.2")]
    [InlineData("{version}-release", "1.0-release", "1.0")]
    [InlineData("v.{version}", "v.1.0", "1.0")]
    [InlineData("v?{version}", "1.0", "1.0")]
    public void A_tag_gives_its_version(string template, string tag, string version) =>
        Assert.Equal(version, Rules($"upstream_tag_template: '{template}'").VersionOf(tag).Version);

    [Theory]
    [InlineData("v{version}", "1.0")]
    [InlineData("v{version}", "v")]
    [InlineData("v1.0", "v1.0")]
    [InlineData("(v{version}", "v1.0")]
    public void A_tag_without_version_says_so_in_the_known_words(string template, string tag) =>
        Assert.Equal($"Unable to extract \"version\" from {tag} using {template}", Rules($"upstream_tag_template: '{template}'").VersionOf(tag).Error);

    [Fact]
    public void A_version_gives_its_tag()
    {
        Assert.Equal("hello-1.0", Rules("upstream_tag_template: '{upstream_package_name}-{version}'").TagFor("1.0").Tag);
        Assert.Equal(
            "Invalid upstream_tag_template: v{ver} - \"version\" placeholder is missing", Rules("upstream_tag_template: 'v{ver}'").TagFor("1.0").Error);
    }

    [Theory]
    [InlineData("v1.0", true)]
    [InlineData("v1.0-anything", true)]
    [InlineData("1.0", false)]
    [InlineData("xv1.0", false)]
    [InlineData("v1.0rc1", false)]
    public void Tags_are_filtered_from_their_start(string tag, bool isAccepted)
    {
        var decision = Rules(@"{upstream_tag_include: 'v\d+', upstream_tag_exclude: '.*rc\d'}", isFlow: true).Accepts(tag);
        Assert.Equal(isAccepted, decision.IsAccepted);
        Assert.Equal(isAccepted, decision.Reason is null);
    }

    [Fact]
    public void A_filter_that_cannot_be_used_accepts_nothing_and_says_why()
    {
        var decision = Rules("upstream_tag_exclude: '(?a)rc'").Accepts("v1.0");
        Assert.False(decision.IsAccepted);
        Assert.Contains("(?a)", decision.Reason);
    }

    [Fact]
    public void A_filter_that_runs_out_of_time_accepts_nothing()
    {
        var decision = Rules(@"upstream_tag_exclude: '(?=v)(v+)+$'").Accepts(new string('v', 200) + "!");
        Assert.False(decision.IsAccepted);
        Assert.Contains("takes too long", decision.Reason);
    }

    [Theory]
    [InlineData(@"(?P<major>\d+)\.(?P=major)", "12.12", "12.12")]
    [InlineData(@"a\Z", "ab", null)]
    [InlineData(@"a\Z", "a", "a")]
    [InlineData(@"a{,2}b", "aab", "aab")]
    [InlineData(@"[a-z-[x]]+", "[]]", "[]]")]
    [InlineData(@"[a-z-[x]]+", "[x", null)]
    [InlineData(@"[]a]+", "]a]", "]a]")]
    [InlineData(@"(?i)V\d", "v1", "v1")]
    [InlineData(@"(?u)v\d", "v1", "v1")]
    [InlineData(@"(?:ab|c)+$", "abc\n", "abc")]
    [InlineData(@"(?!rc)\w+", "rc1", null)]
    [InlineData(@"(a)(?P<n>b)(c)\2\3", "abcbc", "abcbc")]
    public void Python_syntax_means_what_it_means_in_python(string pattern, string input, string? matched)
    {
        var regex = PythonRegex.TryCreate(pattern, out var fault);
        Assert.Null(fault);
        Assert.True(regex!.TryMatch(input, out var match));
        Assert.Equal(matched, match?.Text);
    }

    [Fact]
    public void Groups_have_the_numbers_that_python_gives_them()
    {
        PythonRegex.TryCreate("(a)(?P<n>b)(c)", out _)!.TryMatch("abc", out var match);
        Assert.Equal([(0, 1), (1, 1), (2, 1)], Enumerable.Range(1, 3).Select(n => match!.Span(n)!.Value));
        Assert.Equal("b", match!.Named("n"));
        Assert.Null(match.Span(4));
    }

    [Theory]
    [InlineData("(?a)x", false)]
    [InlineData("a++", false)]
    [InlineData(@"\N{DIGIT ONE}", false)]
    [InlineData(@"\p{L}", true)]
    [InlineData(@"a\z", true)]
    [InlineData("(", true)]
    [InlineData("*a", true)]
    [InlineData("[a", true)]
    [InlineData("(?P<n>a)(?P=m)", true)]
    public void What_cannot_be_used_is_told_apart_from_what_is_wrong(string pattern, bool isInvalid)
    {
        Assert.Null(PythonRegex.TryCreate(pattern, out var fault));
        Assert.Equal(isInvalid, fault!.IsInvalid);
    }

    [Theory]
    [InlineData("(a+)+$", true)]
    [InlineData("(x+x+)+y", true)]
    [InlineData(@"(?=a)(a+)+$", false)]
    [InlineData(@"(a)(\1+)+$", false)]
    public void An_evil_pattern_ends_in_time(string pattern, bool isLinear)
    {
        var regex = PythonRegex.TryCreate(pattern, out _)!;
        var watch = Stopwatch.StartNew();
        Assert.Equal(isLinear, regex.TryMatch(new string('a', 200) + "!", out var match));
        Assert.Null(match);
        Assert.InRange(watch.ElapsedMilliseconds, 0, 2000);
        Assert.Equal(isLinear, regex.IsLinear);
    }

    [Fact]
    public void A_stable_branch_does_not_jump_over_the_mask()
    {
        var gates = new VersionGates(Yaml.Settings(@"version_update_mask: '\d+\.'"));
        Assert.Equal(
            "The upstream released version 2.0 does not match specfile version 1.9 at branch f43 using the version_update_mask \"\\d+\\.\".\n"
            + "You can change the version_update_mask with an empty string to skip this check.",
            gates.SkipReason("2.0", "1.9", "f43", BranchAliases.BuiltIn));
        Assert.Null(gates.SkipReason("1.10", "1.9", "f43", BranchAliases.BuiltIn));
        Assert.Null(gates.SkipReason("2.0", "1.9", "rawhide", BranchAliases.BuiltIn));
        Assert.Null(gates.SkipReason("2", "1.9", "f43", BranchAliases.BuiltIn));
        Assert.Null(new VersionGates(Yaml.Settings("version_update_mask: ''")).SkipReason("2.0", "1.9", "f43", BranchAliases.BuiltIn));
    }

    [Theory]
    [InlineData("1.5", true)]
    [InlineData("2.0", false)]
    [InlineData("1.9rc1", false)]
    [InlineData("1.x", false)]
    public void A_version_must_satisfy_the_specifiers(string version, bool isAllowed)
    {
        var reason = new VersionGates(Yaml.Settings("version_update_specifiers: '>=1.0,<2.0'")).SkipReason(version, "1.0", "rawhide", BranchAliases.BuiltIn);
        Assert.Equal(
            isAllowed ? null : $"The upstream released version {version} does not satisfy the version_update_specifiers \">=1.0,<2.0\".\nYou can remove version_update_specifiers to skip this check.",
            reason);
    }

    [Fact]
    public void Versions_are_ordered_as_pep_440_says()
    {
        string[] ascending =
        [
            "1.dev0", "1.0.dev456", "1.0a1", "1.0a2.dev456", "1.0a12.dev456", "1.0a12", "1.0b1.dev456", "1.0b2", "1.0b2.post345.dev456", "1.0b2.post345", "1.0rc1.dev456",
            "1.0rc1", "1.0", "1.0+abc.5", "1.0+abc.7", "1.0+5", "1.0.post456.dev34", "1.0.post456", "1.0.15", "1.1.dev1", "1!0.1",
        ];
        for (var i = 1; i < ascending.Length; i++)
        {
            Assert.True(Pep440Version.TryParse(ascending[i - 1])!.Compare(Pep440Version.TryParse(ascending[i])!) < 0, $"{ascending[i - 1]} < {ascending[i]}");
        }

        Assert.Equal(0, Pep440Version.TryParse("v1.0-RC_1")!.Compare(Pep440Version.TryParse("1.0.0c1")!));
        Assert.Equal(0, Pep440Version.TryParse("1.0-1")!.Compare(Pep440Version.TryParse("1.0.post1")!));
    }

    [Theory]
    [InlineData("==1.0", "1.0.0", true)]
    [InlineData("==1.0", "1.0+local", true)]
    [InlineData("==1.0+x", "1.0+y", false)]
    [InlineData("==1.*", "1.5", true)]
    [InlineData("!=1.5.*", "1.5.1", false)]
    [InlineData("~=1.4.2", "1.4.9", true)]
    [InlineData("~=1.4.2", "1.5", false)]
    [InlineData(">1.0", "1.0.post1", false)]
    [InlineData(">1.0.post1", "1.0.post2", true)]
    [InlineData("<2.0", "2.0rc1", false)]
    [InlineData(">=1.0rc1", "1.0rc2", true)]
    [InlineData("===1.0", "1.0.0", false)]
    [InlineData("", "3.0", true)]
    public void Specifiers_hold_as_pep_440_says(string specifiers, string version, bool holds) =>
        Assert.Equal(holds, Pep440Specifiers.TryParse(specifiers)!.Contains(Pep440Version.TryParse(version)!, version));

    [Theory]
    [InlineData("1.0")]
    [InlineData("=>1.0")]
    [InlineData(">=1.*")]
    [InlineData("~=1")]
    [InlineData(">1.0+local")]
    public void What_is_no_specifier_is_refused(string specifiers) => Assert.Null(Pep440Specifiers.TryParse(specifiers));

    private static TagRules Rules(string yaml, bool isFlow = false) => new(isFlow ? Yaml.Config(yaml).Packages["hello"] : Yaml.Settings(yaml));
}
