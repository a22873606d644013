namespace Packit.DistGit.Tests;

public class FileSyncTests
{
    [Fact]
    public void The_short_form_copies_a_file_to_the_same_path()
    {
        var plan = Plan([FileSyncItem.Of(".packit.yaml")], ["hello.spec", ".packit.yaml"], ["hello.spec"]);
        Assert.Equal([".packit.yaml <- .packit.yaml"], Shown(plan));
    }

    [Fact]
    public void A_file_that_is_the_same_already_changes_nothing()
    {
        var same = new GitTreeEntry("a", GitEntryKind.File, new string('1', 40));
        Assert.Empty(Shown(FileSync.Plan([FileSyncItem.Of("a")], new GitTree([same]), "", new GitTree([same]), null)));
    }

    [Theory]
    [InlineData("a/x", "y", "y <- a/x")] // a new name
    [InlineData("a/x", "y/", "y/x <- a/x")] // a directory, by its slash
    [InlineData("a/x", "b", "b/x <- a/x")] // a directory, since it is one
    [InlineData("a/x", ".", "x <- a/x")]
    [InlineData("a", ".", "a/s/z <- a/s/z, a/x <- a/x")] // itself
    [InlineData("a/", ".", "s/z <- a/s/z, x <- a/x")] // its content
    [InlineData("a/", "a", "a/s/z <- a/s/z, a/x <- a/x")]
    [InlineData("a", "new", "new/a/s/z <- a/s/z, new/a/x <- a/x")]
    [InlineData("./a/../a/x", "./x", "x <- a/x")]
    [InlineData("*.txt", ".", "one.txt <- one.txt, two.txt <- two.txt")] // no hidden file
    [InlineData(".*.txt", "./", ".dot.txt <- .dot.txt")]
    [InlineData("*/x", "b/", "b/x <- a/x")]
    [InlineData("[!t]*.txt", "o", "o <- one.txt")]
    [InlineData("t?o.txt", "b", "b/two.txt <- two.txt")]
    public void Sources_and_destinations_mean_what_they_mean_to_rsync(string src, string dest, string expected)
    {
        var plan = Plan(
            [new FileSyncItem([src], dest, false, false, [])], ["a/x", "a/s/z", "one.txt", "two.txt", ".dot.txt"], ["b/old", "hello.spec"]);
        Assert.Equal(expected, string.Join(", ", Shown(plan)));
    }

    [Theory]
    [InlineData("../secret", "x", "../secret is not in the subpath of the upstream repository.")]
    [InlineData("/etc/passwd", "x", "/etc/passwd is not in the subpath of the upstream repository.")]
    [InlineData("a/../../x", "x", "a/../../x is not in the subpath of the upstream repository.")]
    [InlineData("a/x", "../x", "../x is not in the subpath of the dist-git repository.")]
    [InlineData("a/x", "/x", "/x is not in the subpath of the dist-git repository.")]
    [InlineData("a/x", ".git/hooks/x", ".git/hooks/x is not in the subpath of the dist-git repository.")]
    public void Paths_that_lead_out_are_illegal(string src, string dest, string expected)
    {
        var plan = Assert.IsType<FileSyncPlan.Impossible>(Plan([new FileSyncItem([src], dest, true, false, [])], ["a/x"], []));
        Assert.Equal("Sync files: Illegal path! " + expected, plan.Problem);
    }

    [Fact]
    public void Sources_are_below_the_configured_root_and_may_not_leave_it()
    {
        string[] upstream = ["pkg/hello.spec", "pkg/README", "README"];
        Assert.Equal(["README <- pkg/README"], Shown(Plan([FileSyncItem.Of("README")], upstream, [], root: "./pkg/")));
        Assert.IsType<FileSyncPlan.Impossible>(Plan([new FileSyncItem(["../README"], "README", false, false, [])], upstream, [], root: "pkg"));
    }

    [Fact]
    public void A_missing_source_is_left_out_and_noted()
    {
        var plan = Plan([new FileSyncItem(["nope", "no*pe", "a/x"], "y", false, false, [])], ["a/x"], []);
        Assert.Equal(["y <- a/x"], Shown(plan));
        Assert.Equal(2, Assert.IsType<FileSyncPlan.Possible>(plan).Notes.Count);
    }

    [Fact]
    public void A_missing_parent_of_the_destination_must_be_asked_for()
    {
        var item = new FileSyncItem(["a/x"], "p/q/", false, false, []);
        var problem = Assert.IsType<FileSyncPlan.Impossible>(Plan([item], ["a/x"], [])).Problem;
        Assert.Contains("mkpath: true", problem, StringComparison.Ordinal);
        Assert.Equal(["p/q/x <- a/x"], Shown(Plan([item with { MkPath = true }], ["a/x"], [])));
    }

    [Fact]
    public void Several_files_do_not_go_into_a_file() =>
        Assert.Contains("is a file", Assert.IsType<FileSyncPlan.Impossible>(
            Plan([new FileSyncItem(["a", "b"], "x", false, false, [])], ["a", "b"], ["x"])).Problem, StringComparison.Ordinal);

    [Fact]
    public void Deleting_removes_what_the_source_does_not_have_below_the_destination_only()
    {
        var item = new FileSyncItem(["plans/"], "plans", false, true, []);
        Assert.Equal(
            ["- plans/old.fmf", "- plans/sub/old", "plans/new.fmf <- plans/new.fmf"],
            Shown(Plan([item], ["plans/new.fmf"], ["plans/old.fmf", "plans/sub/old", "keep.patch", "sources"])));
        Assert.Equal(
            ["plans/new.fmf <- plans/new.fmf"],
            Shown(Plan([item with { Delete = false }], ["plans/new.fmf"], ["plans/old.fmf"])));
    }

    [Theory]
    [InlineData("protect *.patch", "- b/c, - gone, kept <- d/kept, x.md <- d/x.md")]
    [InlineData("P /b/", "- a.patch, - gone, kept <- d/kept, x.md <- d/x.md")]
    [InlineData("exclude *.md", "- a.patch, - b/c, - gone, kept <- d/kept")]
    [InlineData("- /x.md", "- a.patch, - b/c, - gone, kept <- d/kept")]
    [InlineData("-,s *.patch", "- a.patch, - b/c, - gone, kept <- d/kept, x.md <- d/x.md")]
    [InlineData("H x.md", "- a.patch, - b/c, - gone, kept <- d/kept")]
    [InlineData("exclude b/***", "- a.patch, - gone, kept <- d/kept, x.md <- d/x.md")]
    [InlineData("+ kept|- *", "kept <- d/kept")]
    [InlineData("risk gone|protect *", "- gone, kept <- d/kept, x.md <- d/x.md")]
    [InlineData("P *|clear", "- a.patch, - b/c, - gone, kept <- d/kept, x.md <- d/x.md")]
    public void Filters_decide_by_the_first_rule_that_matches(string filters, string expected)
    {
        var item = new FileSyncItem(["d/"], "./", false, true, filters.Split('|'));
        Assert.Equal(expected, string.Join(", ", Shown(Plan([item], ["d/kept", "d/x.md"], ["a.patch", "b/c", "gone"]))));
    }

    [Theory]
    [InlineData("dir-merge .rsync-filter")]
    [InlineData("merge /etc/passwd")]
    [InlineData(": x")]
    [InlineData("exclude")]
    [InlineData("-Q x")]
    [InlineData("")]
    public void Filters_that_read_files_or_mean_nothing_are_refused(string filter) =>
        Assert.Contains("is not a filter", Assert.IsType<FileSyncPlan.Impossible>(
            Plan([new FileSyncItem(["a"], "a", false, false, [filter])], ["a"], [])).Problem, StringComparison.Ordinal);

    [Fact]
    public void The_spec_file_is_merged_elsewhere_and_neither_copied_nor_deleted()
    {
        FileSyncItem[] items = [FileSyncItem.Of("hello.spec"), new(["./"], "./", false, true, [])];
        Assert.Equal(["README <- README"], Shown(Plan(items, ["hello.spec", "README"], ["hello.spec"], spec: "hello.spec")));
        Assert.Equal(["README <- README", "hello.spec <- hello.spec"], Shown(Plan(items, ["hello.spec", "README"], ["hello.spec"], spec: null)));
    }

    [Fact]
    public void The_list_of_archives_is_touched_only_when_it_is_named()
    {
        Assert.Equal(["a <- d/a"], Shown(Plan([new FileSyncItem(["d/"], "./", false, true, [])], ["d/a", "d/sources"], ["sources"])));
        Assert.Equal(["a <- d/a"], Shown(Plan([new FileSyncItem(["d/*"], "./", false, true, [])], ["d/a", "d/sources"], ["sources"])));
        Assert.Equal(["sources <- d/sources"], Shown(Plan([new FileSyncItem(["d/sources"], "./", false, false, [])], ["d/sources"], ["sources"])));
    }

    [Theory]
    [InlineData("d/real", "x <- d/real")]
    [InlineData("./d/../d/real", "x <- d/real")]
    [InlineData("/etc/passwd", "")]
    [InlineData("../secret", "")]
    [InlineData("d", "")]
    [InlineData("link", "")]
    [InlineData("nowhere", "")]
    public void A_link_is_followed_to_a_file_of_the_repository_and_no_further(string target, string expected)
    {
        var upstream = new GitTree([Entry("d/real", 'a'), new GitTreeEntry("link", GitEntryKind.SymbolicLink, new string('b', 40), target)]);
        var plan = FileSync.Plan([new FileSyncItem(["link"], "x", false, false, [])], upstream, "", new GitTree([]), null);
        Assert.Equal(expected, string.Join(", ", Assert.IsType<FileSyncPlan.Possible>(plan).Changes.Select(static _ => "x <- d/real")));
        Assert.Equal(expected.Length == 0 ? 1 : 0, ((FileSyncPlan.Possible)plan).Notes.Count);
    }

    [Fact]
    public void Submodules_are_left_out_and_programs_stay_programs()
    {
        var upstream = new GitTree([
            new GitTreeEntry("d/sub", GitEntryKind.Submodule, new string('b', 40)), new GitTreeEntry("d/run", GitEntryKind.ExecutableFile, new string('c', 40))]);
        var plan = Assert.IsType<FileSyncPlan.Possible>(FileSync.Plan([FileSyncItem.Of("d")], upstream, "", new GitTree([Entry("d/run", 'c')]), null));
        Assert.Equal([new TreeChange.PutExisting("d/d/run", new string('c', 40), GitEntryKind.ExecutableFile)], plan.Changes);
        Assert.Contains("submodule", Assert.Single(plan.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_made_to_explode_does_not()
    {
        var pattern = string.Concat(Enumerable.Repeat("*a", 200)) + "b";
        var plan = Plan([new FileSyncItem([pattern], "x/", false, false, [])], [new string('a', 1000)], []);
        Assert.Empty(Shown(plan));
    }

    private static FileSyncPlan Plan(FileSyncItem[] items, string[] upstream, string[] distGit, string root = "", string? spec = null) => FileSync.Plan(
        items, new GitTree(upstream.Select(static path => Entry(path, 'a'))), root, new GitTree(distGit.Select(static path => Entry(path, 'b'))), spec, spec);

    private static GitTreeEntry Entry(string path, char hash) =>
        new(path, GitEntryKind.File, Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(hash + path)).PadRight(40, '0')[..40]);

    // A change shows its source by the entry whose name was made from the path.
    private static List<string> Shown(FileSyncPlan plan) =>
        [.. Assert.IsType<FileSyncPlan.Possible>(plan).Changes.Select(static change => change switch
        {
            TreeChange.PutExisting put => $"{put.Path} <- {System.Text.Encoding.UTF8.GetString(Convert.FromHexString(put.Oid)).TrimEnd('\0')[1..]}",
            var other => $"- {other.Path}",
        })];
}
