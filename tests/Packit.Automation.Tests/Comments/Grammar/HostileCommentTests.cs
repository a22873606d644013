using System.Text;
using Packit.Automation.Comments.Grammar;

namespace Packit.Automation.Tests.Comments.Grammar;

/// <summary>Comments that are made to be hard to read. None throws, and each has an answer that is known beforehand.</summary>
public sealed class HostileCommentTests
{
    private const int Size = CommentReader.LongestComment;

    public static TheoryData<string, string> TooMuch => new()
    {
        { "brackets", Repeat("[") },
        { "images", Repeat("![") },
        { "links", Repeat("[a](") },
        { "links with angles", Repeat("[a](<b") },
        { "pairs of brackets", new string('[', Size / 3) + new string(']', Size / 3) },
        { "emphasis", Repeat("*a ") },
        { "mixed emphasis", Repeat("*a_ ") },
        { "code of all lengths", string.Concat(Enumerable.Range(1, 300).Select(i => "e" + new string('`', i))) },
        { "processing instructions", Repeat("a<?") },
        { "comments", Repeat("a<!--") },
        { "character data", Repeat("a<![CDATA[") },
        { "declarations", Repeat("a<!A ") },
        { "attributes", Repeat("<a x=\"") },
        { "cells", Repeat("a|b") },
    };

    public static TheoryData<string, string> Deep => new()
    {
        { "quotes", Repeat(">") },
        { "lists", Repeat("- ") + "a" },
        { "numbers", Repeat("1. ") },
        { "links in lines", Repeat("[a\n") },
        { "many headings", Repeat("a\n--\n") },
        { "quotes of lists", Repeat("> - ") },
        { "lists in lists", string.Concat(Enumerable.Range(0, 300).Select(i => new string(' ', i * 2) + "- a\n")) },
    };

    public static TheoryData<string, string> Plain => new()
    {
        { "white space", "a" + Repeat(" ") + "b" },
        { "tabs", Repeat("\t") },
        { "line feeds", Repeat("\n") },
        { "carriage returns", Repeat("\r") },
        { "headings", string.Concat(Enumerable.Repeat("a\n--\n", 2000)) },
        { "fences", string.Concat(Enumerable.Repeat("```\n", 4000)) },
        { "quotes in lines", string.Concat(Enumerable.Repeat("> \n", 4000)) },
        { "definitions", string.Concat(Enumerable.Repeat("[a]: u\n", 4000)) },
        { "broken definitions", string.Concat(Enumerable.Repeat("[a]: (\n\n", 4000)) },
        { "zero-width characters", Repeat("\u200B") },
        { "half characters", Repeat("\uD800") },
    };

    [Theory, MemberData(nameof(TooMuch))]
    public void Too_much_markup_around_a_command_is_refused_with_advice(string what, string markup)
    {
        var read = CommentReader.Read($"/packit help\n{markup}"[..Math.Min(Size, markup.Length + 13)], "/packit");

        var refused = Assert.IsType<ReadLine.SyntaxError>(Assert.Single(read));
        Assert.True(refused.Line == "/packit help", what);
        Assert.Contains("Write the command in a comment of its own.", refused.Reason, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TooMuch))]
    public void Too_much_markup_elsewhere_is_not_looked_into(string what, string markup)
    {
        var read = CommentReader.Read($"/packit help\n\nx {markup}"[..Math.Min(Size, markup.Length + 16)], "/packit");

        Assert.True(Assert.Single(read) is ReadLine.Understood, what);
    }

    [Theory, MemberData(nameof(Deep))]
    public void Too_many_blocks_and_blocks_nested_too_deeply_are_refused_with_advice(string what, string markup)
    {
        var read = CommentReader.Read($"/packit help\n\n{markup}"[..Math.Min(Size, markup.Length + 14)], "/packit");

        Assert.True(Assert.Single(read) is ReadLine.SyntaxError { Line: "/packit help" }, what);
    }

    [Theory, MemberData(nameof(Deep))]
    [MemberData(nameof(TooMuch))]
    [MemberData(nameof(Plain))]
    public void Without_a_command_nothing_is_answered(string what, string markup) => Assert.True(CommentReader.Read(markup, "/packit").Count == 0, what);

    [Theory, MemberData(nameof(Plain))]
    public void Much_of_nothing_hides_no_command(string what, string markup)
    {
        var read = CommentReader.Read($"/packit help\n\n{markup}", "/packit");

        Assert.True(Assert.Single(read) is ReadLine.Understood, what);
    }

    [Fact]
    public void A_comment_that_is_too_long_is_refused_with_advice() => Assert.Contains(
        "in a comment of its own",
        Assert.IsType<ReadLine.SyntaxError>(Assert.Single(CommentReader.Read("/packit help\n" + new string('a', Size), "/packit"))).Reason, StringComparison.Ordinal);

    [Fact]
    public void A_command_that_is_too_long_is_refused_and_not_kept_whole()
    {
        var refused = Assert.IsType<ReadLine.SyntaxError>(Assert.Single(CommentReader.Read("/packit help " + new string('a', 60_000), "/packit")));

        Assert.Equal("A command has at most 500 characters.", refused.Reason);
        Assert.Equal(500, refused.Line.Length);
    }

    [Fact]
    public void A_line_is_not_cut_inside_of_a_character() => Assert.True(
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(CommentReader.Clip(new string('a', 499) + "\U0001F600"))) == new string('a', 499));

    [Fact]
    public void Half_characters_in_a_command_are_no_reason_to_fail() =>
        Assert.IsType<ReadLine.SyntaxError>(Assert.Single(CommentReader.Read("/packit help \uD800", "/packit")));

    private static string Repeat(string what) => string.Concat(Enumerable.Repeat(what, (Size - 100) / what.Length));
}
