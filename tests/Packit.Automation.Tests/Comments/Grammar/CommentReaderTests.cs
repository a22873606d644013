using Packit.Automation.Comments.Grammar;

namespace Packit.Automation.Tests.Comments.Grammar;

/// <summary>Where in a comment commands are.</summary>
public sealed class CommentReaderTests
{
    [Theory]
    [InlineData("/packit help")]
    [InlineData("  /packit   help  ")]
    [InlineData("/packit\thelp")]
    [InlineData("/packit\u00A0help")]
    [InlineData("Please:\r\n/packit help\r\nThank you")]
    [InlineData("\n\n   /packit help")]
    [InlineData("/packit\n/packit help")]
    [InlineData("Thanks!\n\n/packit help\n-- \nAda")]
    [InlineData("/packit help\n===")]
    [InlineData("- Please:\n  /packit help")]
    [InlineData("1. /packit help")]
    [InlineData("* * /packit help")]
    [InlineData("> quoted\n\n/packit help")]
    [InlineData("<!-- nothing to see -->\n/packit help")]
    [InlineData("<details>\n\n/packit help\n</details>")]
    [InlineData("`code` and [a link](https://example.org \"title\") and **bold**:\n/packit help")]
    [InlineData("| a | b |\n|---|---|\n| c | d |\n\n/packit help")]
    [InlineData("[unclosed\n/packit help")]
    [InlineData("It costs `5\n/packit help")]
    [InlineData("foo\n    /packit help")]
    public void A_line_of_plain_text_that_begins_with_the_prefix_is_a_command(string comment) =>
        Assert.Equal("help", Assert.IsType<ReadLine.Understood>(Assert.Single(CommentReader.Read(comment, "/packit"))).Command.Name);

    [Theory]
    [InlineData("")]
    [InlineData("/packit")]
    [InlineData("/packit \n help")]
    [InlineData("/packit-stg help")]
    [InlineData("/packit-ci test")]
    [InlineData("/Packit help")]
    [InlineData("/PACKIT help")]
    [InlineData("please /packit help")]
    [InlineData("\\/packit help")]
    [InlineData("**/packit help**")]
    [InlineData("# /packit help")]
    [InlineData("&#47;packit help")]
    [InlineData("/\u0440ackit help")]
    [InlineData("/packithelp")]
    public void A_line_that_only_resembles_one_is_none(string comment) => Assert.Empty(CommentReader.Read(comment, "/packit"));

    [Theory]
    [InlineData("`/packit help`")]
    [InlineData("```\n/packit help\n```")]
    [InlineData("```\n/packit help")]
    [InlineData("~~~ text\n/packit help\n~~~")]
    [InlineData("- list\n\n  ```\n  /packit help\n  ```")]
    [InlineData("    /packit help")]
    [InlineData("\t/packit help")]
    [InlineData("- list\n\n      /packit help")]
    [InlineData("a ``x\n/packit help\ny`` b")]
    public void Code_holds_no_commands(string comment) => Assert.Empty(CommentReader.Read(comment, "/packit"));

    [Theory]
    [InlineData("> /packit help")]
    [InlineData(">/packit help")]
    [InlineData("> quoted\n/packit help")]
    [InlineData("> > twice\n> /packit help")]
    [InlineData("- > in a list\n  > /packit help")]
    [InlineData("> - a list\n/packit help")]
    [InlineData("> ```\n> /packit help\n> ```")]
    public void Quotes_hold_no_commands_and_neither_does_what_goes_on_with_them(string comment) => Assert.Empty(CommentReader.Read(comment, "/packit"));

    [Theory]
    [InlineData("<!--\n/packit help\n-->")]
    [InlineData("text <!--\n/packit help\n-->")]
    [InlineData("<pre>\n\n/packit help\n</pre>")]
    [InlineData("<details>\n/packit help\n</details>")]
    [InlineData("a <b title=\"\n/packit help\n\"> c")]
    [InlineData("<img alt=\"\n/packit help\n\">")]
    public void Html_holds_no_commands(string comment) => Assert.Empty(CommentReader.Read(comment, "/packit"));

    [Theory]
    [InlineData("![\n/packit help\n](https://example.org/x.png)")]
    [InlineData("![an *image*\n/packit help](https://example.org/x.png)")]
    [InlineData("![a](x.png \"\n/packit help\n\")")]
    [InlineData("[see\n/packit help\n](https://example.org)")]
    [InlineData("[see](https://example.org '\n/packit help\n')")]
    [InlineData("[see\n/packit help\n][r]\n\n[r]: https://example.org")]
    [InlineData("[r]: https://example.org \"\n/packit help\n\"")]
    [InlineData("/packit help | a\n--- | ---\nb | c")]
    [InlineData("a | b\n--- | ---\n/packit help | c")]
    public void Images_links_and_tables_hold_no_commands(string comment) => Assert.Empty(CommentReader.Read(comment, "/packit"));

    [Theory]
    [InlineData("> quoted\u2028/packit help")]
    [InlineData("> quoted\u0085/packit help")]
    [InlineData("> quoted\f/packit help")]
    [InlineData("> quoted\r/packit help")]
    [InlineData("text\r/packit help")]
    [InlineData("text\v/packit help")]
    [InlineData("text\u2029/packit help")]
    public void Only_a_line_feed_begins_a_new_line(string comment) => Assert.Empty(CommentReader.Read(comment, "/packit"));

    [Theory]
    [InlineData("/packit\u200B help")]
    [InlineData("/pac\u200Dkit help")]
    [InlineData("\u200B/packit help")]
    [InlineData("\uFEFF/packit help")]
    [InlineData("/packit he\u00ADlp")]
    [InlineData("/packit help \u200F")]
    [InlineData("/packit \u202Epleh")]
    [InlineData("/packit \u2066help\u2069")]
    [InlineData("/pack\0it help")]
    [InlineData("/packit help \0")]
    [InlineData("/packit\u2028help")]
    [InlineData("/packit\fhelp")]
    [InlineData("/packit help\r--all")]
    [InlineData("/packit \u3164 help")]
    [InlineData("/packit help\uFE0F")]
    [InlineData("/packit help \U000E0041")]
    public void A_line_with_characters_that_nobody_sees_is_told_and_never_understood(string comment) =>
        Assert.IsType<ReadLine.HiddenCharacters>(Assert.Single(CommentReader.Read(comment, "/packit")));

    [Fact]
    public void Hidden_characters_in_what_is_quoted_are_nobodys_business() => Assert.Empty(CommentReader.Read("> /packit\u200B help", "/packit"));

    [Fact]
    public void All_commands_of_a_comment_count_in_their_order()
    {
        var read = CommentReader.Read("Do\n/packit koji-build\nand\n- /packit create-update\n\n/packit help", "/packit");

        Assert.Equal(["koji-build", "create-update", "help"], read.Select(line => Assert.IsType<ReadLine.Understood>(line).Command.Name));
        Assert.Equal("/packit create-update", read[1].Line);
    }

    [Fact]
    public void The_same_line_twice_counts_once() => Assert.Equal(
        ["/packit help", "/packit koji-build"],
        CommentReader.Read("/packit help\n/packit  help\n/packit koji-build\n/packit help", "/packit").Select(line => line.Line));

    [Fact]
    public void Ten_commands_count_and_of_the_rest_it_is_told_how_many_they_are()
    {
        var read = CommentReader.Read(string.Join('\n', Enumerable.Range(0, 1000).Select(i => $"/packit propose-downstream v{i}")), "/packit");

        Assert.Equal(11, read.Count);
        Assert.All(read.Take(10), line => Assert.IsType<ReadLine.Understood>(line));
        Assert.Equal(new ReadLine.TooMany("/packit propose-downstream v10", 990), read[10]);
    }

    [Fact]
    public void Commands_of_others_are_left_to_them_and_take_no_place()
    {
        var read = CommentReader.Read(
            string.Join('\n', Enumerable.Range(0, 50).Select(i => $"/packit test --labels l{i}")) + "\n/packit build\n/packit --package x copr-build\n/packit help", "/packit");

        Assert.Equal(10, read.OfType<ReadLine.OfOthers>().Count());
        Assert.Equal("help", Assert.Single(read.OfType<ReadLine.Understood>()).Command.Name);
        Assert.Empty(read.OfType<ReadLine.TooMany>());
    }

    [Theory]
    [InlineData("/packit build", "build")]
    [InlineData("/packit test --env 'unclosed", "test")]
    [InlineData("/packit --package x copr-build --release f43", "copr-build")]
    [InlineData("/packit retest-failed \u200B", "retest-failed")]
    public void Whether_a_command_of_others_is_right_is_for_them_to_say(string comment, string name) =>
        Assert.Equal(name, Assert.IsType<ReadLine.OfOthers>(Assert.Single(CommentReader.Read(comment, "/packit"))).Name);

    [Fact]
    public void Each_deployment_has_its_own_prefix()
    {
        Assert.Single(CommentReader.Read("/packit-stg help", "/packit-stg"));
        Assert.Empty(CommentReader.Read("/packit help", "/packit-stg"));
    }
}
