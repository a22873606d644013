using Packit.Automation.ProposeDownstream;
using Packit.PackageConfig;

namespace Packit.Automation.Tests.ProposeDownstream;

public sealed class SpecVersionTests
{
    private static readonly PackageSettings Usual = PackageConfigReader.Read(
        "specfile_path: hello.spec"u8.ToArray(), new ConfigSource { RepositoryName = "hello" }).Config!.Packages["hello"];

    [Theory]
    [InlineData("1.0rc1", "1.0")]
    [InlineData("1.0-beta.2", "1.0-rc.1")]
    [InlineData("1.0~RC1", "1.0")]
    public void A_pre_release_is_older_than_its_release(string older, string newer) =>
        Assert.True(SpecVersion.Compare(Usual, older, newer) < 0);

    [Fact]
    public void A_suffix_is_one_only_at_the_end() => Assert.True(SpecVersion.Compare(Usual, "1.0rc1.fc43", "1.0") > 0);

    [Fact]
    public void A_project_may_have_suffixes_of_its_own()
    {
        var own = Usual with { PrereleaseSuffixPattern = @"(-)(?P<what>snap)\d+" };

        Assert.True(SpecVersion.Compare(own, "1.0-snap7", "1.0") < 0);
        Assert.True(SpecVersion.Compare(own, "1.0rc1", "1.0") > 0);
    }

    [Fact]
    public void A_pattern_that_cannot_be_translated_recognises_nothing()
    {
        var unusable = Usual with { PrereleaseSuffixPattern = "(?a)(-)rc" };

        Assert.Equal("", SpecVersion.Pattern(unusable));
        Assert.True(SpecVersion.Compare(unusable, "1.0rc1", "1.0") > 0);
    }
}
