using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Packit.Specfile.Tests;

public sealed class RpmVersionTests
{
    private static readonly Gen<string> Versions =
        from parts in Gen.Elements("0", "1", "01", "10", "9", ".", "-", "_", "~", "^", "rc", "a", "A", "b", "git", "~~", "..", "").ListOf()
        select string.Concat(parts.Take(8));

    [Theory]
    [InlineData("1.0", "1.0", 0)]
    [InlineData("1.0", "1.1", -1)]
    [InlineData("1.10", "1.9", 1)]
    [InlineData("1.0~rc1", "1.0", -1)]
    [InlineData("1.0~rc1", "1.0~rc2", -1)]
    [InlineData("1.0^git1", "1.0", 1)]
    [InlineData("1.0^git1", "1.0.1", -1)]
    [InlineData("1.0^git1~pre", "1.0^git1", -1)]
    [InlineData("1.a", "1.1", -1)]
    [InlineData("1.0", "1.00", 0)]
    [InlineData("2_0", "2.0", 0)]
    [InlineData("", "1", -1)]
    public void Versions_sort_as_rpm_sorts_them(string left, string right, int order)
    {
        Assert.Equal(order, RpmVersion.Compare(left, right));
        Assert.Equal(-order, RpmVersion.Compare(right, left));
    }

    [Theory]
    [InlineData("1:1.0-1", "2.0-1", 1)]
    [InlineData("0:1.0-1", "1.0-1", 0)]
    [InlineData("1.0-1", "1.0", 1)]
    [InlineData("1.0-1.fc43", "1.0-2.fc42", -1)]
    public void The_epoch_counts_before_the_version_and_the_release_last(string left, string right, int order)
    {
        Assert.True(Evr.TryParse(left, out var a));
        Assert.True(Evr.TryParse(right, out var b));
        Assert.Equal(order, a.CompareTo(b));
        Assert.Equal(order < 0, a < b);
        Assert.Equal(order > 0, a > b);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("x:1.0")]
    [InlineData("1:")]
    [InlineData("-1")]
    public void What_has_no_version_or_no_numeric_epoch_is_no_EVR(string? text) => Assert.False(Evr.TryParse(text, out _));

    [Fact]
    public void An_EVR_is_written_as_it_was_read()
    {
        Assert.True(Evr.TryParse("2:1.0~rc1-0.3.fc44", out var evr));
        Assert.Equal(new Evr("2", "1.0~rc1", "0.3.fc44"), evr);
        Assert.Equal("2:1.0~rc1-0.3.fc44", evr.ToString());
    }

    [Fact]
    public void Every_pair_of_the_corpus_sorts_as_rpm_sorted_it()
    {
        Assert.All(Corpus.Rows("vercmp.tsv"), static row =>
            Assert.Equal(int.Parse(row[2], CultureInfo.InvariantCulture), RpmVersion.Compare(row[0], row[1])));
        Assert.All(Corpus.Rows("evr.tsv"), static row =>
        {
            Assert.True(Evr.TryParse(row[0], out var left) & Evr.TryParse(row[1], out var right));
            Assert.Equal(int.Parse(row[2], CultureInfo.InvariantCulture), left!.CompareTo(right));
        });
    }

    [Fact]
    public void The_order_is_the_same_from_both_sides()
    {
        Prop.ForAll(Versions.Two().ToArbitrary(), static pair =>
            RpmVersion.Compare(pair.Item1, pair.Item2) == -RpmVersion.Compare(pair.Item2, pair.Item1)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Rpm_itself_agrees_on_random_pairs()
    {
        Rpm.Need();
        // A dash would be taken for the beginning of a release there, and nothing for an error.
        var pairs = Versions.Where(static version => version.Length > 0 && !version.Contains('-', StringComparison.Ordinal)).Two().Sample(600, 600).ToList();
        var script = string.Concat(pairs.Select(static pair => $"print(rpm.vercmp('{pair.Item1}', '{pair.Item2}'), '')"));
        var output = await Rpm.RunAsync("--eval", $"%{{lua:{script}}}");
        var answers = output.Split((char[])['\t', '\n', ' '], StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(pairs.Count, answers.Length);
        Assert.All(pairs.Zip(answers), static item =>
            Assert.Equal(int.Parse(item.Second, CultureInfo.InvariantCulture), RpmVersion.Compare(item.First.Item1, item.First.Item2)));
    }
}
