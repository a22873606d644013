using Packit.Automation.Comments;

namespace Packit.Automation.Tests.Comments;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("/packit propose-downstream", "propose-downstream")]
    [InlineData("  /packit   help  ", "help")]
    [InlineData("/packit\thelp", "help")]
    [InlineData("/packit\u00A0help", "help")]
    [InlineData("Please:\r\n/packit help\r\nThank you", "help")]
    [InlineData("\n\n   /packit help", "help")]
    [InlineData("```\n/packit help\n```", "help")]
    [InlineData("/packit\n/packit help", "help")]
    [InlineData("/packit help\n/packit propose-downstream", "help")]
    public void The_first_line_with_the_prefix_and_a_word_is_the_command(string comment, string command) =>
        Assert.Equal(command, CommandLine.Find(comment, "/packit")?.Command);

    [Theory]
    [InlineData("")]
    [InlineData("/packit")]
    [InlineData("> /packit help")]
    [InlineData(">/packit help")]
    [InlineData("/packit-stg help")]
    [InlineData("/packit-ci test")]
    [InlineData("/Packit help")]
    [InlineData("please /packit help")]
    [InlineData("`/packit help`")]
    [InlineData("/packit\u200Bhelp")]
    [InlineData("/packit \n help")]
    public void Nothing_else_is_a_command(string comment) => Assert.Null(CommandLine.Find(comment, "/packit"));

    [Theory]
    [InlineData("> quoted\u2028/packit help")]
    [InlineData("> quoted\u0085/packit help")]
    [InlineData("> quoted\f/packit help")]
    [InlineData("> quoted\r/packit help")]
    public void Only_a_line_feed_begins_a_new_line(string comment) => Assert.Null(CommandLine.Find(comment, "/packit"));

    [Fact]
    public void The_rest_of_the_line_are_the_arguments()
    {
        var command = CommandLine.Find("/packit koji-build --scratch  X", "/packit")!;

        Assert.Equal(["--scratch", "X"], command.Arguments);
        Assert.Empty(CommandLine.Find("/packit help", "/packit")!.Arguments);
    }

    [Fact]
    public void Each_deployment_has_its_own_prefix() => Assert.Equal("help", CommandLine.Find("/packit-stg help", "/packit-stg")?.Command);
}
