using Packit.Automation.Comments.Grammar;
using Packit.Automation.Storage;

namespace Packit.Automation.Tests.Comments.Grammar;

/// <summary>The table of commands agrees with itself.</summary>
public sealed class CommandGrammarTests
{
    [Fact]
    public void Every_kind_of_command_has_one_rule()
    {
        var kinds = typeof(Command).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(Command))).Select(type => type.Name).Order();

        Assert.Equal(kinds, CommandGrammar.Rules.Select(rule => rule.Make(new GivenWords(["x"], Enumerable.Empty<string>().ToLookup(_ => "", _ => ""))).GetType().Name).Order());
    }

    [Fact]
    public void A_command_has_the_name_of_its_rule() => Assert.All(
        CommandGrammar.Rules,
        rule => Assert.Equal(rule.Name, rule.Make(new GivenWords(["x"], Enumerable.Empty<string>().ToLookup(_ => "", _ => ""))).Name));

    [Fact]
    public void No_name_is_there_twice_and_none_is_one_of_others() =>
        Assert.Equal(CommandGrammar.Rules.Count + CommandGrammar.OfOthers.Count, CommandGrammar.Rules.Select(rule => rule.Name).Concat(CommandGrammar.OfOthers).Distinct().Count());

    [Fact]
    public void Before_a_command_its_options_are_known_to_have_a_value_or_none()
    {
        var options = CommandGrammar.Common.Concat(CommandGrammar.Rules.SelectMany(rule => rule.Options)).GroupBy(option => option.Name);

        Assert.All(options, same => Assert.Single(same.Select(option => option.Value is null).Distinct()));
    }

    [Fact]
    public void Arguments_that_may_be_left_out_come_last() => Assert.All(
        CommandGrammar.Rules, rule => Assert.Equal(rule.Arguments.OrderByDescending(argument => argument.IsRequired), rule.Arguments));

    [Theory]
    [InlineData(CommandPlace.UpstreamIssue, "propose-downstream preview koji-build create-update help")]
    [InlineData(CommandPlace.UpstreamPullRequest, "preview help")]
    [InlineData(CommandPlace.ApprovalIssue, "verify-fas help")]
    [InlineData(CommandPlace.DistGitPullRequest, "koji-build create-update allow-upstream help")]
    public void Each_place_has_its_commands(CommandPlace place, string commands)
    {
        Assert.Equal(commands.Split(' '), CommandGrammar.In(place).Select(rule => rule.Name));
        Assert.Equal(place == CommandPlace.ApprovalIssue, new Command.VerifyFas("ada").WorksIn(place));
    }
}
