using System.Reflection;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Markdig;
using Packit.Automation.Comments.Grammar;
using Packit.Automation.Reporting.Texts;

namespace Packit.Automation.Tests.Reporting;

/// <summary>
/// Whatever others have named or said: a text of the service mentions nobody by it, gives no command, refers to no issue, brings no markup and
/// stays short enough to be taken.
/// </summary>
public sealed partial class HostileTextTests
{
    private const string Prefix = "/packit";

    /// <summary>GitHub: the longest body of a comment or issue, in characters.</summary>
    private const int Longest = 65_536;

    private static readonly string[] Values =
    [
        "@everyone", "@org/team", "see @everyone", "a\n/packit propose-downstream\nb", "/packit propose-downstream", "#1", "owner/repo#1", "GH-1",
        "<script>alert(1)</script>", "</code><img src=x onerror=alert(1)>", "![x](https://evil.example/y)", "[x](javascript:alert(1))", "```\n/packit propose-downstream",
        "` @everyone `", "safe\u202Egnp.\u200Bexe", "a\r\n\r\n# @everyone\r\n- #1", "| --- |\n| @org/team |", "-->\n@everyone", new('x', 100_000),
        string.Concat(Enumerable.Repeat("@a #1 ", 17_000)),
    ];

    /// <summary>
    /// Classes whose texts are plain: pages show them as they are, and whoever puts one into Markdown escapes it there, which the texts of the
    /// other classes are held to.
    /// </summary>
    private static readonly HashSet<Type> Plain =
    [
        typeof(MatchTexts), typeof(SubjectTexts), typeof(ExplanationTexts), typeof(EventTexts), typeof(DeliveryTexts), typeof(RemoteTexts), typeof(TargetLogTexts),
        typeof(IntakeTexts), typeof(MarkdownText), typeof(PreviewTexts), typeof(PreviewLines), typeof(KojiBuildTexts),
    ];

    /// <summary>In these classes only the named texts are Markdown; the others are plain.</summary>
    private static readonly Dictionary<Type, string[]> MarkdownAmong = new()
    {
        [typeof(ProposeDownstreamTexts)] = ["CheckSummary"],
        [typeof(BodhiUpdateTexts)] = ["NoBuild", "NoCommitRights", "Accepted", "Ended"],
        [typeof(InstallingTexts)] = ["AlreadyApproved", "Denied", "Approved", "NoMatch", "Settled", "NotAnApprovalIssue", "VerifyFormat"],
        [typeof(PullRequestTexts)] = [],
    };

    /// <summary>Single plain texts of other classes: titles, reasons that are stored, and what the page of a delivery says.</summary>
    private static readonly HashSet<string> PlainAmong = new(StringComparer.Ordinal)
    {
        "AccessTexts.Entry", "AccessTexts.HasInstalled", "AccessTexts.IsAdministrator", "AccessTexts.IsPackager", "AccessTexts.IsPullRequestAuthor",
        "AccessTexts.MayCommit", "AccessTexts.MayMerge", "AccessTexts.TooMuch", "AgreementTexts.Agreed", "AgreementTexts.Closed", "AgreementTexts.NobodyAgreed",
        "AgreementTexts.InTheWay", "AgreementTexts.NotAgreed", "AgreementTexts.Waits", "AgreementTexts.WaitsForAnswer", "AnswerTexts.NotShown", "CheckRerunTexts.ConfigRead", "CheckRerunTexts.Started",
        "CommentTexts.ByProgram", "CommentTexts.CarriedOut", "CommentTexts.EditedByOther", "CommentTexts.Gave", "CommentTexts.GivenUp", "CommentTexts.OfOthers",
        "ConfigCheckTexts.Checked", "ConfigTexts.Line", "FailureIssueTexts.Title", "KojiIssueTexts.Title", "UpdateIssueTexts.Title",
    };

    /// <summary>Texts that are put together from Markdown which other texts have made, or from names of the service's own tables; each with the reason.</summary>
    private static readonly Dictionary<string, string> Composed = new(StringComparer.Ordinal)
    {
        ["AccessTexts.WithNext"] = "a refusal and its next step, both texts of this folder",
        ["AnswerTexts.Of"] = "the answers of commands, texts of this folder",
        ["CheckRerunTexts.NotDone"] = "the reason is a text of this folder",
        ["CommandLineTexts.SyntaxError"] = "the reason is a text of this folder",
        ["CommandSyntaxTexts.AmbiguousOption"] = "options are of the grammar's own table",
        ["CommandSyntaxTexts.GivenTwice"] = "options are of the grammar's own table",
        ["CommandSyntaxTexts.BadValue"] = "values have rules of the grammar's own table; the tests of commands hold them to hostile words",
        ["CommandSyntaxTexts.TooManyWords"] = "commands are of the grammar's own table; the tests of commands hold them to hostile words",
        ["CommandSyntaxTexts.MissingArgument"] = "commands are of the grammar's own table",
        ["CommandSyntaxTexts.MissingValue"] = "options are of the grammar's own table",
        ["CommandSyntaxTexts.NoValueWanted"] = "options are of the grammar's own table",
        ["CommandSyntaxTexts.UnknownOption"] = "options are of the grammar's own table",
        ["FailureIssueTexts.Marker"] = "kinds and subjects of the service, in a comment of HTML",
        ["IssueCommandTexts.NotHere"] = "commands are of the grammar's own table",
        ["HelpTexts.Of"] = "holds nothing foreign; its address of Mastodon is a phrase of the established service",
    };

    public static TheoryData<string> Texts() => [.. Methods().Select(Name).Distinct()];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_stays_one_whatever_is_put_into_it(string name)
    {
        List<string> faults = [];
        foreach (var method in Methods().Where(method => Name(method) == name))
        {
            foreach (var value in Values)
            {
                if (Say(method, value) is { } text && Fault(text) is { } fault)
                {
                    faults.Add($"{name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.Name))}) with \"{Short(value)}\": {fault}\n  {Short(text, 300)}");
                }
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static IEnumerable<MethodInfo> Methods() => typeof(MarkdownText).Assembly.GetExportedTypes()
        .Where(type => type.Namespace == typeof(MarkdownText).Namespace && type is { IsAbstract: true, IsSealed: true } && !Plain.Contains(type))
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(method => method.ReturnType == typeof(string) && !method.IsSpecialName && method.GetParameters().Length > 0)
        .Where(method => MarkdownAmong.GetValueOrDefault(method.DeclaringType!)?.Contains(method.Name) ?? !PlainAmong.Contains(Name(method)))
        .Where(method => !Composed.ContainsKey(Name(method)));

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    /// <returns>Null when the method refuses what it is given.</returns>
    private static string? Say(MethodInfo method, string value)
    {
        try
        {
            return (string?)method.Invoke(null, [.. method.GetParameters().Select(parameter => Hostile.Make(parameter.ParameterType, parameter.Name!, value))]);
        }
        catch (TargetInvocationException refused) when (refused.InnerException is ArgumentException)
        {
            return null;
        }
    }

    private static string? Fault(string text)
    {
        if (text.Length > Longest)
        {
            return $"{text.Length} characters are too many";
        }

        if (text.Any(character => character is '\u202E' or '\u200B'))
        {
            return "a hidden character";
        }

        if (CommentReader.Read(text, Prefix).Count > 0)
        {
            return "a command";
        }

        using var document = new HtmlParser().ParseDocument(Markdown.ToHtml(text, Pipeline));
        if (document.QuerySelector("img, script, style, iframe, [onerror], a[href^='javascript:']") is { } element)
        {
            return $"an element {element.LocalName}";
        }

        foreach (var words in document.Body!.Descendants<IText>().Where(node => !IsQuoted(node)).Select(node => node.Data))
        {
            if (Mention().Match(words) is { Success: true } mention)
            {
                return $"a mention {mention.Value}";
            }

            if (Reference().Match(words) is { Success: true } reference)
            {
                return $"a reference {reference.Value}";
            }
        }

        return null;
    }

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().UseEmphasisExtras().Build();

    // GitHub looks for neither in code nor in links.
    private static bool IsQuoted(INode node)
    {
        for (var around = node.ParentElement; around is not null; around = around.ParentElement)
        {
            if (around.LocalName is "code" or "pre" or "a")
            {
                return true;
            }
        }

        return false;
    }

    private static string Short(string text, int most = 60) => (text.Length > most ? text[..most] + "…" : text).Replace("\n", "\\n", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<![\w/])@[A-Za-z0-9]", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Mention();

    [GeneratedRegex(@"(?<![&\w])(?:[\w.-]+/[\w.-]+)?#[0-9]|\bGH-[0-9]", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Reference();
}
