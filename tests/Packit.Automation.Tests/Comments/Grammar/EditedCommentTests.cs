using Packit.Automation.Comments.Grammar;

namespace Packit.Automation.Tests.Comments.Grammar;

/// <summary>What an edit of a comment asks for.</summary>
public sealed class EditedCommentTests
{
    [Theory]
    [InlineData("/packit help", "/packit help", "")]
    [InlineData("/packit help", "/packit help\nThank you", "")]
    [InlineData("/packit  help", "Please:\n/packit help", "")]
    [InlineData("/packit help\n/packit koji-build", "/packit koji-build", "")]
    [InlineData("/packit help\n/packit koji-build", "/packit koji-build\n/packit help", "")]
    [InlineData("", "/packit help", "/packit help")]
    [InlineData(null, "/packit help", "/packit help")]
    [InlineData("/packit help", "/packit help\n/packit koji-build", "/packit koji-build")]
    [InlineData("/packit help", "/packit help\n/packit help", "/packit help")]
    [InlineData("/packit help\n/packit help", "/packit help", "")]
    [InlineData("> /packit help", "/packit help", "/packit help")]
    [InlineData("/packit help", "> /packit help", "")]
    [InlineData("/packit hlep", "/packit help", "/packit help")]
    public void Only_lines_that_were_not_there_are_new(string? before, string after, string lines) =>
        Assert.Equal(lines.Split('\n', StringSplitOptions.RemoveEmptyEntries), EditedComment.NewLines(before, after, "/packit").Select(line => line.Line));

    [Fact]
    public void What_could_not_be_read_before_is_not_answered_again()
    {
        var unreadable = "/packit help\n" + new string('a', CommentReader.LongestComment);

        Assert.Empty(EditedComment.NewLines(unreadable, unreadable + "b", "/packit"));
        Assert.Single(EditedComment.NewLines("Hello", unreadable, "/packit"));
        Assert.IsType<ReadLine.Understood>(Assert.Single(EditedComment.NewLines(unreadable, "/packit help", "/packit")));
    }

    [Fact]
    public void An_edit_brings_no_more_than_ten_commands()
    {
        var read = EditedComment.NewLines("/packit help", string.Join('\n', Enumerable.Range(0, 40).Select(i => $"/packit preview v{i}")), "/packit");

        Assert.Equal(11, read.Count);
        Assert.Equal(30, Assert.IsType<ReadLine.TooMany>(read[^1]).Count);
    }

    [Theory]
    [InlineData("/packit help", "/packit help\n/packit help", "")]
    [InlineData("/packit help", "/packit  help\n/packit koji-build", "/packit koji-build")]
    [InlineData("", "/packit help", "/packit help")]
    public void Where_only_the_lines_are_known_that_were_read_none_of_them_is_new(string read, string now, string lines) => Assert.Equal(
        lines.Split('\n', StringSplitOptions.RemoveEmptyEntries),
        EditedComment.LinesBeyond(read.Split('\n', StringSplitOptions.RemoveEmptyEntries), now, "/packit").Select(line => line.Line));

    [Fact]
    public void Commands_of_one_comment_count_together_however_often_it_is_edited()
    {
        var known = Enumerable.Range(0, 8).Select(i => $"/packit preview v{i}").ToList();

        var read = EditedComment.LinesBeyond(known, string.Join('\n', Enumerable.Range(5, 10).Select(i => $"/packit preview v{i}")), "/packit");

        Assert.Equal(["/packit preview v8", "/packit preview v9"], read.OfType<ReadLine.Understood>().Select(line => line.Line));
        Assert.Equal(5, Assert.IsType<ReadLine.TooMany>(read[^1]).Count);
        Assert.Empty(EditedComment.LinesBeyond([.. known, .. read.Select(line => line.Line)], "/packit help", "/packit"));
    }
}
