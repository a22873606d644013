using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Packit.Automation.Tests.Architecture;

/// <summary>Every sentence that a user can read stands in one folder, where it can be looked through.</summary>
public sealed partial class TextPlaceTests
{
    private const string Folder = "Reporting/Texts/";

    /// <summary>Files with sentences that have to stand elsewhere, each with the reason.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["Access/AccessRules.cs"] = "the table of who may what; docs/security.md is made from it",
        ["BodhiUpdate/UpdateReportJob.cs"] = "the name of an occasion, hidden in the comment",
        ["KojiBuild/KojiBuildReportJob.cs"] = "the name of an occasion, hidden in the comment",
        ["Listening/ListenerServices.cs"] = "what an operator reads whose settings do not fit",
        ["ProposeDownstream/PlanInput.cs"] = "an entry of an RPM changelog, in the form that packages have",
        ["Reporting/FailureIssueReader.cs"] = "titles that issues of the established service have; they are looked for and never written",
    };

    private static readonly string Root = Path.Combine(FindRoot(), "src", "Packit.Automation");

    [Fact]
    public void No_sentence_for_users_stands_outside_the_folder_of_texts()
    {
        var strays = Sources().SelectMany(Sentences).Where(stray => !Elsewhere.ContainsKey(stray.File)).ToList();

        Assert.True(strays.Count == 0, string.Join('\n', strays.Select(stray => $"{stray.File}:{stray.Line}: {stray.Text}")));
    }

    [Fact]
    public void Each_exception_is_still_one()
    {
        var used = Sources().SelectMany(Sentences).Select(stray => stray.File).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(Elsewhere.Keys.Except(used));
    }

    [Theory]
    [InlineData("""class A { string B => "The build failed in Koji."; }""", true)]
    [InlineData("""class A { string B(int n) => $"{n} builds have failed"; }""", true)]
    [InlineData("""class A { string B => "two words"; }""", false)]
    [InlineData("""class A { void B() => throw new System.InvalidOperationException("This is a bug."); }""", false)]
    [InlineData("""[System.Obsolete("It is not used any more.")] class A { }""", false)]
    [InlineData("""class A { string B => "SELECT id FROM deliveries WHERE claimed"; }""", false)]
    [InlineData("""class A { string B => "<!-- packit-service: report of today -->"; }""", false)]
    public void A_sentence_is_told_from_what_is_none(string code, bool isSentence) =>
        Assert.Equal(isSentence, Sentences(new Source("A.cs", CSharpSyntaxTree.ParseText(code))).Any());

    private static IEnumerable<Source> Sources() => Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories)
        .Select(path => (Path: path, Name: Path.GetRelativePath(Root, path).Replace('\\', '/')))
        .Where(file => !file.Name.StartsWith(Folder, StringComparison.Ordinal) && !file.Name.StartsWith("Storage/Migrations/", StringComparison.Ordinal)
            && !file.Name.StartsWith("obj/", StringComparison.Ordinal) && !file.Name.StartsWith("bin/", StringComparison.Ordinal))
        .Where(file => !IsOfSettings(file.Name))
        .Select(file => new Source(file.Name, CSharpSyntaxTree.ParseText(File.ReadAllText(file.Path))));

    // What is wrong with settings stands beside them: operators read it when the service starts.
    private static bool IsOfSettings(string file) =>
        file.StartsWith("Settings/", StringComparison.Ordinal) || file.EndsWith("Options.cs", StringComparison.Ordinal);

    private static IEnumerable<Stray> Sentences(Source source) =>
        from node in source.Tree.GetRoot().DescendantNodes()
        let text = TextOf(node)
        where text is not null && Words().IsMatch(text) && !IsSomethingElse(text) && !node.Ancestors().Any(IsForProgrammers)
        select new Stray(source.File, node.GetLocation().GetLineSpan().StartLinePosition.Line + 1, text);

    private static string? TextOf(SyntaxNode node) => node switch
    {
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal => literal.Token.ValueText,
        InterpolatedStringExpressionSyntax filled => string.Concat(filled.Contents.Select(part => part is InterpolatedStringTextSyntax words ? words.TextToken.ValueText : "0")),
        _ => null,
    };

    private static bool IsSomethingElse(string text) => text.StartsWith("<!--", StringComparison.Ordinal) || Sql().IsMatch(text);

    // Attributes hold what logs say, exceptions what a bug is.
    private static bool IsForProgrammers(SyntaxNode around) => around switch
    {
        AttributeSyntax or ThrowStatementSyntax or ThrowExpressionSyntax => true,
        ObjectCreationExpressionSyntax { Type: var type } => type.ToString().EndsWith("Exception", StringComparison.Ordinal),
        InvocationExpressionSyntax { Expression: var called } => called.ToString().Contains("LoggerMessage.Define", StringComparison.Ordinal),
        _ => false,
    };

    private static string FindRoot([CallerFilePath] string here = "")
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(here)! })
        {
            for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
            {
                if (File.Exists(Path.Combine(at.FullName, "Packit.Service.sln")))
                {
                    return at.FullName;
                }
            }
        }

        throw new InvalidOperationException("The repository of these tests was not found.");
    }

    // Three words one after the other, the first ones perhaps with a sign behind them.
    [GeneratedRegex(@"(?:^|[\s(])[\p{L}'’]+[,:;)]? [\p{L}'’]+[,:;)]? [\p{L}'’]+", RegexOptions.NonBacktracking)]
    private static partial Regex Words();

    [GeneratedRegex(@"^\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|LISTEN|PRAGMA|VALUES|[a-z_]+ IS NOT) ", RegexOptions.NonBacktracking)]
    private static partial Regex Sql();

    private sealed record Source(string File, SyntaxTree Tree);

    private sealed record Stray(string File, int Line, string Text);
}
