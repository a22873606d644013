using System.Buffers;

namespace Packit.DistGit;

/// <summary>
/// The grammar of names that may reach git. It is stricter than git's own (git-check-ref-format): printable ASCII from a short
/// list, no leading dash, so that no name can ever be an option, a range or a pattern.
/// </summary>
public static class GitName
{
    private const int MaxLength = 200;

    private static readonly SearchValues<char> RefCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-+/@#=,%!");

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    /// <summary>Whether this is a branch or tag name that the service works with, such as <c>rawhide</c> or <c>v1.2/rc-1</c>.</summary>
    public static bool IsRef(string? name)
    {
        if (name is null || name.Length is 0 or > MaxLength || name.AsSpan().ContainsAnyExcept(RefCharacters))
        {
            return false;
        }

        return name != "@"
            && name != "HEAD"
            && !name.Contains("..", StringComparison.Ordinal)
            && Array.TrueForAll(name.Split('/'), static part =>
                part.Length > 0 && part[0] is not ('.' or '-') && part[^1] != '.' && !part.EndsWith(".lock", StringComparison.Ordinal));
    }

    /// <summary>Whether this is the full name of an object: 40 lower-case hexadecimal digits.</summary>
    public static bool IsObject(string? name) => name is { Length: 40 } && !name.AsSpan().ContainsAnyExcept(Hex);

    /// <summary>Whether this is a path that may stand in a tree: relative, no empty, dot or <c>.git</c> part, no control characters.</summary>
    public static bool IsPath(string? path)
    {
        if (path is null || path.Length is 0 or > 4096 || path.Any(char.IsControl))
        {
            return false;
        }

        return Array.TrueForAll(path.Split('/'), static part => part is not ("" or "." or "..") && !IsGitFolder(part));
    }

    internal static string Ref(string name) => IsRef(name)
        ? name
        : throw new GitException(GitFailure.Refused, $"'{Clip(name)}' is not a name of a branch or tag that this service works with.");

    internal static string Object(string name) => IsObject(name)
        ? name
        : throw new GitException(GitFailure.Refused, $"'{Clip(name)}' is not a full object name of 40 hexadecimal digits.");

    internal static string Clip(string name) =>
        new([.. name.Take(80).Select(static letter => char.IsControl(letter) ? '?' : letter)]);

    // Also the spellings that file systems of other people's machines take for .git (CVE-2014-9390).
    private static bool IsGitFolder(string part)
    {
        var plain = part.TrimEnd('.', ' ');
        return plain.Equals(".git", StringComparison.OrdinalIgnoreCase) || plain.Equals("git~1", StringComparison.OrdinalIgnoreCase);
    }
}
