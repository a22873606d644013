using Packit.Automation.Nvr;

namespace Packit.Automation.Tests.Nvr;

public sealed class PackageHistoryTests
{
    private readonly Dictionary<string, HistoryCommit> _commits = [];
    private readonly List<string> _read = [];

    [Fact]
    public async Task The_first_commit_of_a_version_is_release_one()
    {
        Add("a", "1.0");
        Add("b", "2.0", "a");

        Assert.Equal(1, await NumberAsync("b"));
    }

    [Fact]
    public async Task Every_commit_with_the_version_counts_and_older_history_is_not_read()
    {
        Add("a", "1.0");
        Add("b", "1.0", "a");
        Add("c", "2.0", "b");
        Add("d", "2.0", "c");
        Add("e", "2.0", "d");

        Assert.Equal(3, await NumberAsync("e"));
        Assert.DoesNotContain("a", _read);
    }

    [Fact]
    public async Task A_merge_counts_along_its_longest_way()
    {
        Add("a", "1.0");
        Add("left", "1.0", "a");
        Add("right1", "1.0", "a");
        Add("right2", "1.0", "right1");
        Add("merge", "1.0", "left", "right2");

        Assert.Equal(4, await NumberAsync("merge"));
    }

    [Fact]
    public async Task A_merged_branch_of_another_version_does_not_count()
    {
        Add("old1", "1.0");
        Add("old2", "1.0", "old1");
        Add("old3", "1.0", "old2");
        Add("new", "2.0", "old1");
        Add("merge", "2.0", "old3", "new");

        Assert.Equal(2, await NumberAsync("merge"));
    }

    [Fact]
    public async Task A_spec_that_could_not_be_read_for_a_while_does_not_end_the_count()
    {
        Add("a", "1.0");
        Add("broken", version: null, "a");
        Add("c", "1.0", "broken");

        Assert.Equal(3, await NumberAsync("c"));
    }

    [Fact]
    public async Task A_package_that_was_retired_goes_on_counting_where_it_was()
    {
        Add("a", "1.0");
        Add("b", "1.0", "a");
        _commits["retired"] = new HistoryCommit(["b"], HasSpec: false, Version: null, BumpRelease: 0);
        Add("back", "1.0", "retired");

        Assert.Equal(3, await NumberAsync("back"));
    }

    [Fact]
    public async Task A_wish_for_a_release_lifts_the_count_but_never_lowers_it()
    {
        Add("a", "1.0");
        _commits["b"] = new HistoryCommit(["a"], HasSpec: true, "1.0", BumpRelease: 7);
        Add("c", "1.0", "b");
        _commits["d"] = new HistoryCommit(["c"], HasSpec: true, "1.0", BumpRelease: 2);

        Assert.Equal(8, await NumberAsync("c"));
        Assert.Equal(9, await NumberAsync("d"));
    }

    [Fact]
    public async Task A_long_history_is_counted_without_deep_recursion()
    {
        Add("0", "1.0");
        for (var i = 1; i < 30_000; i++)
        {
            Add($"{i}", "1.0", $"{i - 1}");
        }

        Assert.Equal(30_000, await NumberAsync("29999"));
    }

    [Fact]
    public async Task Each_commit_is_read_once_however_often_it_is_merged()
    {
        Add("0", "1.0");
        for (var i = 1; i <= 60; i++)
        {
            Add($"{i}a", "1.0", i == 1 ? "0" : $"{i - 1}");
            Add($"{i}b", "1.0", i == 1 ? "0" : $"{i - 1}");
            Add($"{i}", "1.0", $"{i}a", $"{i}b");
        }

        Assert.Equal(121, await NumberAsync("60"));
        Assert.Equal(_read.Count, _read.Distinct().Count());
    }

    [Theory]
    [InlineData("Update\n\n[bump release: 5]", 5)]
    [InlineData("Update\n\n  [ skip changelog , bump release 12 ]  ", 12)]
    [InlineData("[bump_release:3]\n[bump release: 4]", 4)]
    [InlineData("Update [bump release: 5]", 0)]
    [InlineData("[bump release: many]", 0)]
    [InlineData("[bump release: 99999999999999999999]", 0)]
    [InlineData("", 0)]
    public void A_message_may_ask_for_a_release(string message, int expected) => Assert.Equal(expected, MagicComments.BumpRelease(message));

    private Task<int> NumberAsync(string head) => new PackageHistory((sha, _) =>
    {
        _read.Add(sha);
        return Task.FromResult(_commits[sha]);
    }).ReleaseNumberAsync(head, CancellationToken.None);

    private void Add(string sha, string? version, params string[] parents) => _commits[sha] = new HistoryCommit(parents, HasSpec: true, version, BumpRelease: 0);
}
