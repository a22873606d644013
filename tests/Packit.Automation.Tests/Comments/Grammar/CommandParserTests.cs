using Packit.Automation.Comments.Grammar;

namespace Packit.Automation.Tests.Comments.Grammar;

/// <summary>What a command line means.</summary>
public sealed class CommandParserTests
{
    [Theory]
    [InlineData("help", "help")]
    [InlineData("help --package hello", "help hello")]
    [InlineData("--package hello help", "help hello")]
    [InlineData("--package=hello help", "help hello")]
    [InlineData("help --pack hello", "help hello")]
    [InlineData("--pa hello help", "help hello")]
    [InlineData("koji-build", "koji-build")]
    [InlineData("koji-build --package=hello", "koji-build hello")]
    [InlineData("create-update", "create-update")]
    [InlineData("koji-tag", "koji-tag False")]
    [InlineData("koji-tag --all-branches", "koji-tag True")]
    [InlineData("koji-tag --all", "koji-tag True")]
    [InlineData("--all koji-tag", "koji-tag True")]
    [InlineData("verify-fas ada", "verify-fas ada")]
    [InlineData("verify-fas ada_1.old", "verify-fas ada_1.old")]
    [InlineData("allow-upstream", "allow-upstream False")]
    [InlineData("allow-upstream --revoke", "allow-upstream True")]
    [InlineData("allow-upstream --rev --revoke", "allow-upstream True")]
    [InlineData("preview", "preview  ")]
    [InlineData("preview main", "preview main ")]
    [InlineData("preview main --tag v1.2", "preview main v1.2")]
    [InlineData("preview --tag v1.2 main", "preview main v1.2")]
    [InlineData("preview --t=v1.2", "preview  v1.2")]
    [InlineData("--tag v1.2 preview main", "preview main v1.2")]
    [InlineData("propose-downstream", "propose-downstream  False ")]
    [InlineData("propose-downstream v1.2.3", "propose-downstream v1.2.3 False ")]
    [InlineData("propose-downstream --all v1.2.3", "propose-downstream v1.2.3 True ")]
    [InlineData("propose-downstream --all --all", "propose-downstream  True ")]
    [InlineData("propose-downstream --branch f43", "propose-downstream  False f43")]
    [InlineData("propose-downstream --branch f43 --branch=rawhide v1", "propose-downstream v1 False f43,rawhide")]
    [InlineData("propose-downstream --branch f43,rawhide --b f42,f43", "propose-downstream  False f43,rawhide,f42")]
    [InlineData("propose-downstream --branch \"f43, rawhide\"", "propose-downstream  False f43,rawhide")]
    [InlineData("propose-downstream --branch='f43' --package 'hello'", "propose-downstream hello  False f43")]
    [InlineData("\"propose-downstream\" \"v1\"", "propose-downstream v1 False ")]
    [InlineData("propose-downstream -- v1", "propose-downstream v1 False ")]
    [InlineData("-- propose-downstream v1", "propose-downstream v1 False ")]
    [InlineData("pull-from-upstream", "pull-from-upstream  False ")]
    [InlineData("pull-from-upstream --resolve-bug 1", "pull-from-upstream 1 False ")]
    [InlineData("pull-from-upstream --res=rhbz#1,2 --with-pr-config --version 1.2~rc1", "pull-from-upstream rhbz#1,2 True 1.2~rc1")]
    [InlineData("--res 1 pull-from-upstream", "pull-from-upstream 1 False ")]
    public void Options_stand_anywhere_in_any_order_and_in_all_their_forms(string words, string meaning) =>
        Assert.Equal(meaning, Told(Assert.IsType<ReadLine.Understood>(Read(words)).Command));

    [Theory]
    [InlineData("frobnicate", "There is no command \"frobnicate\".")]
    [InlineData("Help", "There is no command \"Help\". Commands are written in full and in small letters; there is `/packit help`.")]
    [InlineData("propose", "There is no command \"propose\". Commands are written in full and in small letters; there is `/packit propose-downstream`.")]
    [InlineData("koji-biuld", "There is no command \"koji-biuld\". Commands are written in full and in small letters; there is `/packit koji-build`.")]
    [InlineData("h\u0435lp", "There is no command \"h\u0435lp\". The character \"\u0435\" in it is not a basic Latin one (U+0435). Commands are written in full and in small letters; there is `/packit help`.")]
    [InlineData("--package hello", "It names no command.")]
    [InlineData("--package", "It names no command.")]
    [InlineData("--", "It names no command.")]
    [InlineData("--foo help", "There is no option \"--foo\" here. There is only `--package`.")]
    [InlineData("--re 1 pull-from-upstream", "The option \"--re\" can mean `--revoke` or `--resolve-bug`. Write it in full.")]
    [InlineData("help me", "\"me\" is one word too many. The command is `/packit help`.")]
    [InlineData("koji-build f43", "\"f43\" is one word too many. The command is `/packit koji-build`.")]
    [InlineData("propose-downstream v1 v2", "\"v2\" is one word too many. The command is `/packit propose-downstream [TAG] [--all] [--branch BRANCH[,...]]`.")]
    [InlineData("propose-downstream -- --all", "The value of `TAG` must be the name of a git tag, which \"--all\" is not.")]
    [InlineData("propose-downstream v1..v2", "The value of `TAG` must be the name of a git tag, which \"v1..v2\" is not.")]
    [InlineData("propose-downstream \"v1 v2\"", "The value of `TAG` must be the name of a git tag, which \"v1 v2\" is not.")]
    [InlineData("propose-downstream ''", "The value of `TAG` must be the name of a git tag, which \"\" is not.")]
    [InlineData("propose-downstream --label x", "There is no option \"--label\" here. There are `--package`, `--all` and `--branch`.")]
    [InlineData("propose-downstream --revoke", "There is no option \"--revoke\" here. There are `--package`, `--all` and `--branch`.")]
    [InlineData("propose-downstream --all=yes", "The option `--all` has no value. Write it without one.")]
    [InlineData("propose-downstream --branch", "The option `--branch` needs a value: `--branch BRANCH[,...]`.")]
    [InlineData("propose-downstream --branch=", "The option `--branch` needs a value: `--branch BRANCH[,...]`.")]
    [InlineData("propose-downstream --branch --all", "The option `--branch` needs a value: `--branch BRANCH[,...]`.")]
    [InlineData("propose-downstream --branch f43,../x", "The value of `--branch` must be the name of a dist-git branch, which \"../x\" is not.")]
    [InlineData("propose-downstream -a", "\"-a\" does not begin with two hyphens as options do, and no other word here begins with a dash. There are `--package`, `--all` and `--branch`.")]
    [InlineData("propose-downstream \u2014all", "\"\u2014all\" does not begin with two hyphens as options do, and no other word here begins with a dash. There are `--package`, `--all` and `--branch`.")]
    [InlineData("propose-downstream --branch \"f43", "A quotation mark is opened and not closed. Close it, or leave it out: only values with white space in them need any.")]
    [InlineData("pull-from-upstream --ver 1 --ver 2", "The option `--version` is there twice, and only one value can count. Write it once.")]
    [InlineData("pull-from-upstream --resolve-bug x1", "The value of `--resolve-bug` must be the number of a bug, such as 1234567 or rhbz#1234567, which \"x1\" is not.")]
    [InlineData("pull-from-upstream --version 1%{x}", "The value of `--version` must be a version as rpm may have it, which \"1%{x}\" is not.")]
    [InlineData("preview --tag v1 --tag v1", "The option `--tag` is there twice, and only one value can count. Write it once.")]
    [InlineData("help --package ../x", "The value of `--package` must be the name of a package in the config, which \"../x\" is not.")]
    [InlineData("verify-fas", "`ACCOUNT` is missing, the name of a Fedora account. The command is `/packit verify-fas ACCOUNT`.")]
    [InlineData("verify-fas a b", "\"b\" is one word too many. The command is `/packit verify-fas ACCOUNT`.")]
    [InlineData("verify-fas @ada", "The value of `ACCOUNT` must be the name of a Fedora account, which \"@\u2060ada\" is not.")]
    [InlineData("help --help", "There is no option \"--help\" here. There is only `--package`.")]
    [InlineData("help *x*", "\"\\*x\\*\" is one word too many. The command is `/packit help`.")]
    public void What_is_wrong_is_said_and_what_would_be_right(string words, string reason) =>
        Assert.Equal(reason, Assert.IsType<ReadLine.SyntaxError>(Read(words)).Reason);

    [Theory]
    [InlineData("verify-fas", "verify-fas")]
    [InlineData("verify-fas 'x", "verify-fas")]
    [InlineData("help me", "help")]
    [InlineData("frobnicate", null)]
    public void A_mistake_names_the_command_that_it_is_made_in(string words, string? name) =>
        Assert.Equal(name, Assert.IsType<ReadLine.SyntaxError>(Read(words)).Name);

    [Theory]
    [InlineData(@"a ""b c"" d", "a|b c|d")]
    [InlineData(@"a 'b ""c' d", @"a|b ""c|d")]
    [InlineData(@"a ""b \"" \\ c"" d", @"a|b "" \ c|d")]
    [InlineData(@"a 'it\'s' d", "a|it's|d")]
    [InlineData(@"a b\ c", @"a|b\|c")]
    [InlineData(@"a x=""b c""d", "a|x=b cd")]
    [InlineData(@"a """" ''", "a||")]
    [InlineData(@"a ""b\n""", @"a|b\n")]
    public void Quotes_keep_words_together_and_a_backslash_keeps_quotes(string line, string words) => Assert.Equal(words.Split('|'), CommandWords.Split(line)!);

    [Theory]
    [InlineData("a \"b")]
    [InlineData("a 'b\\'")]
    [InlineData("a \"b'")]
    public void A_quote_that_is_not_closed_leaves_no_words(string line) => Assert.Null(CommandWords.Split(line));

    private static ReadLine Read(string words) => Assert.Single(CommentReader.Read("/packit " + words, "/packit"));

    private static string Told(Command command) => command.Name + (command.Package is { } package ? $" {package}" : "") + command switch
    {
        Command.ProposeDownstream propose => $" {propose.Tag} {propose.All} {string.Join(',', propose.Branches)}",
        Command.PullFromUpstream pull => $" {string.Join(',', pull.ResolveBugs)} {pull.WithPullRequestConfig} {pull.Version}",
        Command.KojiTag tag => $" {tag.AllBranches}",
        Command.VerifyFas verify => $" {verify.Account}",
        Command.Preview preview => $" {preview.Ref} {preview.Tag}",
        Command.AllowUpstream allow => $" {allow.Revoke}",
        _ => "",
    };
}
