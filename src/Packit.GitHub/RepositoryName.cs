using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Packit.GitHub;

/// <summary>
/// Owner and name of a repository, in GitHub's grammar: an owner has letters, digits, <c>-</c> and <c>_</c> (up to 100), a name also
/// <c>.</c>. Compared without regard to case, as GitHub does.
/// </summary>
public sealed record RepositoryName
{
    private const int MaxLength = 100;
    private const string AsciiLettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static readonly SearchValues<char> OwnerCharacters = SearchValues.Create(AsciiLettersAndDigits + "-_");
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(AsciiLettersAndDigits + "-_.");

    /// <exception cref="ArgumentException">A part is outside the grammar.</exception>
    public RepositoryName(string owner, string name)
    {
        if (!IsOwner(owner) || !IsName(name))
        {
            throw new ArgumentException("This is not the owner and name of a GitHub repository.", IsOwner(owner) ? nameof(name) : nameof(owner));
        }

        Owner = owner;
        Name = name;
    }

    public string Owner { get; }

    public string Name { get; }

    /// <summary>Reads <c>owner/name</c>.</summary>
    /// <returns>Whether the text is one owner and one name in the grammar.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out RepositoryName? name)
    {
        name = null;
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash < 0 || !IsOwner(text![..slash]) || !IsName(text[(slash + 1)..]))
        {
            return false;
        }

        name = new RepositoryName(text[..slash], text[(slash + 1)..]);
        return true;
    }

    public bool Equals(RepositoryName? other) =>
        other is not null
        && string.Equals(Owner, other.Owner, StringComparison.OrdinalIgnoreCase)
        && string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => HashCode.Combine(
        Owner.GetHashCode(StringComparison.OrdinalIgnoreCase), Name.GetHashCode(StringComparison.OrdinalIgnoreCase));

    /// <returns><c>owner/name</c></returns>
    public override string ToString() => $"{Owner}/{Name}";

    private static bool IsOwner([NotNullWhen(true)] string? owner) =>
        owner is { Length: > 0 and <= MaxLength } && owner[0] != '-' && !owner.AsSpan().ContainsAnyExcept(OwnerCharacters);

    private static bool IsName([NotNullWhen(true)] string? name) =>
        name is { Length: > 0 and <= MaxLength } and not ("." or "..") && !name.AsSpan().ContainsAnyExcept(NameCharacters);
}
