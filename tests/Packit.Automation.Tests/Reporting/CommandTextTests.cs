using Packit.Automation.Comments.Grammar;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;

namespace Packit.Automation.Tests.Reporting;

/// <summary>What people read about commands.</summary>
public sealed class CommandTextTests
{
    public static TheoryData<CommandPlace> Places => [.. Enum.GetValues<CommandPlace>()];

    [Fact]
    public void Help_in_a_pull_request_of_dist_git_says_what_works_there_and_what_the_other_prefix_is_for() => Assert.Equal(
        """
        ```
        usage: /packit [--package NAME] COMMAND [command options]

        koji-build
            Build the package in Koji: for the branch of the dist-git pull request, or for
            the branches that an issue of failed builds names.

        create-update
            Create the Bodhi update of the newest build: for the branch of the dist-git pull
            request, or for the branches that an issue of failed updates names.

        allow-upstream [--revoke]
            Agree that the upstream project of this pull request may propose its releases to
            this package.
            --revoke: Take the agreement back.

        help
            Show the commands that work here.

        with every command:
            --package NAME: Only the jobs of this package of a monorepo.
        ```

        Commands that begin with `/packit` are for this service. Those that begin with `/packit-ci` are for Fedora CI, which tests the change.

        *Documentation*: https://packit.dev/docs

        *Email*: hello@packit.dev, *Matrix*: #packit:fedora.im, *Mastodon*: @packit@fosstodon.org

        """.ReplaceLineEndings("\n"),
        HelpTexts.Of(CommandPlace.DistGitPullRequest, "/packit"));

    [Theory, MemberData(nameof(Places))]
    public void Help_names_the_commands_of_the_place_with_the_prefix_of_the_deployment(CommandPlace place)
    {
        var help = HelpTexts.Of(place, "/packit-stg");

        Assert.StartsWith("```\nusage: /packit-stg [--package NAME] COMMAND", help, StringComparison.Ordinal);
        Assert.All(CommandGrammar.Rules, rule => Assert.Equal(
            rule.Places.Contains(place), help.Split('\n').Any(line => line == rule.Name || line.StartsWith(rule.Name + " ", StringComparison.Ordinal))));
        Assert.DoesNotContain("/packit ", help, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Places))]
    public void No_line_of_help_is_longer_than_85_characters_or_a_command(CommandPlace place)
    {
        var help = HelpTexts.Of(place, "/packit-with-a-long-name");
        var fence = help.Split("```")[1];

        Assert.All(fence.Split('\n'), line => Assert.InRange(line.Length, 0, 85));
        Assert.DoesNotContain(help.Split('\n'), line => line.TrimStart().StartsWith('/'));
    }

    [Fact]
    public void A_mistake_is_answered_with_the_sentence_that_people_know_and_with_what_is_wrong() => Assert.Equal(
        "There appears to be a syntax error in the command provided. Please refer to the [Packit documentation](https://packit.dev/docs/retriggering) "
        + "or use the `/packit help` command.\n\n\"/packit help \\*me\\*\": \"\\*me\\*\" is one word too many. The command is `/packit help`.",
        CommandLineTexts.SyntaxError(Read<ReadLine.SyntaxError>("/packit help *me*"), "/packit", CommandPlace.UpstreamIssue));

    [Theory]
    [InlineData(CommandPlace.ApprovalIssue, "Incorrect format of the Packit verification comment command. The expected format: `/packit verify-fas my-fas-account`")]
    [InlineData(CommandPlace.UpstreamIssue, "There appears to be a syntax error")]
    public void A_wrong_proof_of_an_account_has_its_own_answer_where_it_is_asked_for(CommandPlace place, string answer) => Assert.StartsWith(
        answer, CommandLineTexts.SyntaxError(Read<ReadLine.SyntaxError>("/packit verify-fas"), "/packit", place), StringComparison.Ordinal);

    [Fact]
    public void A_line_with_hidden_characters_is_shown_without_them_and_to_be_typed_again() => Assert.StartsWith(
        "\"/packit help\": This line holds characters that nobody can see",
        CommandLineTexts.HiddenCharacters(Read<ReadLine.HiddenCharacters>("/packit\u200B help")), StringComparison.Ordinal);

    [Theory]
    [InlineData(11, "Only 10 commands of a comment count. One more was not carried out, from \"/packit preview v10\" on. Give them in a new comment.")]
    [InlineData(14, "Only 10 commands of a comment count. 4 more were not carried out, from \"/packit preview v10\" on. Give them in a new comment.")]
    public void Of_too_many_commands_it_is_said_which_did_not_count(int commands, string text) => Assert.Equal(
        text,
        CommandLineTexts.TooMany(Assert.IsType<ReadLine.TooMany>(
            CommentReader.Read(string.Join('\n', Enumerable.Range(0, commands).Select(i => $"/packit preview v{i}")), "/packit")[^1])));

    [Theory]
    [InlineData("propose-downstream", "The command `propose-downstream` does nothing here. It works in issues of the upstream project. `/packit help` shows what works here.")]
    [InlineData("koji-build", "The command `koji-build` does nothing here. It works in pull requests of dist-git and in issues of the upstream project. `/packit help` shows what works here.")]
    [InlineData("koji-tag", "Nothing was started by `koji-tag`. This service does not tag builds into side tags.")]
    [InlineData("pull-from-upstream --version 1", "Nothing was started by `pull-from-upstream`. This service does not pull releases from upstream")]
    public void A_command_in_the_wrong_place_is_told_where_it_works(string words, string text) => Assert.StartsWith(
        text, CommandLineTexts.WorksElsewhere(Read<ReadLine.Understood>("/packit " + words).Command, "/packit"), StringComparison.Ordinal);

    private static T Read<T>(string comment) => Assert.IsType<T>(Assert.Single(CommentReader.Read(comment, "/packit")));
}
