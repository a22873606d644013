using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;

namespace Packit.Automation.Comments.Grammar;

/// <summary>
/// All commands: their words, their places and what they do. The parser, <c>help</c> and the document of commands come from this one table
/// (Packit: commands of comments, with the additions of this product).
/// </summary>
public static class CommandGrammar
{
    private const string AllName = "--all", AllBranchesName = "--all-branches", BranchName = "--branch", PackageName = "--package",
        ResolveBugName = "--resolve-bug", RevokeName = "--revoke", TagName = "--tag", VersionName = "--version", WithConfigName = "--with-pr-config";

    /// <summary>Options that stand with every command, before or behind it.</summary>
    public static IReadOnlyList<CommandOption> Common { get; } =
        [new CommandOption(PackageName, GrammarTexts.Package) { Value = ValueRule.Package, ValueName = "NAME" }];

    /// <summary>The commands, in the order in which texts list them.</summary>
    public static IReadOnlyList<CommandRule> Rules { get; } =
    [
        new CommandRule(
            "propose-downstream", GrammarTexts.ProposeDownstream, [CommandPlace.UpstreamIssue],
            given => new Command.ProposeDownstream(given.Argument(0), given.Has(AllName), given.List(BranchName)))
        {
            Arguments = [new CommandArgument("TAG", ValueRule.Tag, IsRequired: false)],
            Options =
            [
                new CommandOption(AllName, GrammarTexts.All),
                new CommandOption(BranchName, GrammarTexts.Branch) { Value = ValueRule.Branch, ValueName = "BRANCH", IsList = true },
            ],
            IsEstablished = true,
        },
        new CommandRule(
            "preview", GrammarTexts.Preview, [CommandPlace.UpstreamIssue, CommandPlace.UpstreamPullRequest],
            given => new Command.Preview(given.Argument(0), given.Value(TagName)))
        {
            Arguments = [new CommandArgument("REF", ValueRule.Ref, IsRequired: false)],
            Options = [new CommandOption(TagName, GrammarTexts.Tag) { Value = ValueRule.Tag, ValueName = "TAG" }],
        },
        new CommandRule(
            "koji-build", GrammarTexts.KojiBuild, [CommandPlace.DistGitPullRequest, CommandPlace.UpstreamIssue], _ => new Command.KojiBuild())
        {
            IsEstablished = true,
        },
        new CommandRule(
            "create-update", GrammarTexts.CreateUpdate, [CommandPlace.DistGitPullRequest, CommandPlace.UpstreamIssue], _ => new Command.CreateUpdate())
        {
            IsEstablished = true,
        },
        new CommandRule(
            "allow-upstream", GrammarTexts.AllowUpstream, [CommandPlace.DistGitPullRequest], given => new Command.AllowUpstream(given.Has(RevokeName)))
        {
            Options = [new CommandOption(RevokeName, GrammarTexts.Revoke)],
        },
        new CommandRule(
            "verify-fas", GrammarTexts.VerifyFas, [CommandPlace.ApprovalIssue], given => new Command.VerifyFas(given.Argument(0)!))
        {
            Arguments = [new CommandArgument("ACCOUNT", ValueRule.Account, IsRequired: true)],
            IsEstablished = true,
        },
        new CommandRule(
            "help", GrammarTexts.Help,
            [CommandPlace.UpstreamIssue, CommandPlace.UpstreamPullRequest, CommandPlace.ApprovalIssue, CommandPlace.DistGitPullRequest],
            _ => new Command.Help())
        {
            IsEstablished = true,
        },
        new CommandRule(
            "pull-from-upstream", GrammarTexts.PullFromUpstream, [],
            given => new Command.PullFromUpstream(given.List(ResolveBugName), given.Has(WithConfigName), given.Value(VersionName)))
        {
            Options =
            [
                new CommandOption(ResolveBugName, GrammarTexts.ResolveBug) { Value = ValueRule.Bug, ValueName = "BUG", IsList = true },
                new CommandOption(WithConfigName, GrammarTexts.WithPullRequestConfig),
                new CommandOption(VersionName, GrammarTexts.Version) { Value = ValueRule.Version, ValueName = "VERSION" },
            ],
            IsEstablished = true,
        },
        new CommandRule("koji-tag", GrammarTexts.KojiTag, [], given => new Command.KojiTag(given.Has(AllBranchesName)))
        {
            Options = [new CommandOption(AllBranchesName, GrammarTexts.AllBranches)],
            IsEstablished = true,
        },
    ];

    /// <summary>Commands of the established service that have nothing to do with releases: whoever runs them beside this product hears them, too.</summary>
    public static IReadOnlyList<string> OfOthers { get; } =
        ["copr-build", "build", "rebuild-failed", "upstream-koji-build", "test", "retest-failed", "vm-image-build"];

    /// <summary>Every option of every command, once for each name.</summary>
    internal static IReadOnlyList<CommandOption> Options { get; } = [.. Common, .. Rules.SelectMany(rule => rule.Options)];

    /// <summary>The rule of a command; null for a word that is none of this product.</summary>
    public static CommandRule? Find(string name) => Rules.FirstOrDefault(rule => rule.Name == name);

    /// <summary>Whether a command works in a place.</summary>
    public static bool WorksIn(this Command command, CommandPlace place)
    {
        ArgumentNullException.ThrowIfNull(command);
        return Find(command.Name) is { } rule && rule.Places.Contains(place);
    }

    /// <summary>The commands that work in a place.</summary>
    public static IEnumerable<CommandRule> In(CommandPlace place) => Rules.Where(rule => rule.Places.Contains(place));
}
