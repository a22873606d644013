using System.Buffers;
using Packit.Automation.Reporting.Texts;
using Packit.DistGit;

namespace Packit.Automation.Comments.Grammar;

/// <summary>What a value in a command may be. The rules keep out what could mean something to a program; whether a thing of that name exists is asked later.</summary>
/// <param name="Wanted">What is asked for, to stand behind "must be".</param>
/// <param name="Allows">Whether a value is one.</param>
public sealed record ValueRule(string Wanted, Func<string, bool> Allows)
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.+-_");

    private static readonly SearchValues<char> VersionCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.+-_~^");

    /// <summary>A git tag, branch or commit (git: check-ref-format).</summary>
    public static ValueRule Ref { get; } = new(GrammarTexts.WantedRef, value => value.Length <= 255 && GitName.IsRef(value));

    /// <summary>A git tag.</summary>
    public static ValueRule Tag { get; } = new(GrammarTexts.WantedTag, Ref.Allows);

    /// <summary>A dist-git branch, or an alias of several.</summary>
    public static ValueRule Branch { get; } = new(GrammarTexts.WantedBranch, Ref.Allows);

    /// <summary>A key of <c>packages</c> in the config.</summary>
    public static ValueRule Package { get; } = new(GrammarTexts.WantedPackage, value => IsWord(value, 255, NameCharacters));

    /// <summary>The version of a release, as rpm may have it.</summary>
    public static ValueRule Version { get; } = new(GrammarTexts.WantedVersion, value => IsWord(value, 64, VersionCharacters));

    /// <summary>An account of the Fedora account system; also old ones with other characters than are given out today.</summary>
    public static ValueRule Account { get; } = new(GrammarTexts.WantedAccount, value => IsWord(value, 64, NameCharacters));

    /// <summary>A bug: a number, with or without its tracker (<c>rhbz#1234567</c>).</summary>
    public static ValueRule Bug { get; } = new(GrammarTexts.WantedBug, IsBug);

    private static bool IsWord(string value, int longest, SearchValues<char> characters) =>
        value.Length > 0 && value.Length <= longest && char.IsAsciiLetterOrDigit(value[0]) && !value.AsSpan().ContainsAnyExcept(characters);

    private static bool IsBug(string value)
    {
        var number = value.AsSpan(value.IndexOf('#', StringComparison.Ordinal) + 1);
        var tracker = value.AsSpan(0, Math.Max(0, value.Length - number.Length - 1));
        return number.Length is > 0 and <= 12 && !number.ContainsAnyExceptInRange('0', '9')
            && (value[0] != '#' || tracker.Length == 0) && tracker.Length <= 20 && !tracker.ContainsAnyExceptInRange('a', 'z');
    }
}
