using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Packit.Http;

namespace Packit.Koji;

/// <summary>
/// The source of a build in a git repository: <c>git+https://src.fedoraproject.org/rpms/rust-foo.git#6fab…</c>. It names a commit;
/// what else may stand there (a branch, a tag) is accepted when it is read from the hub.
/// </summary>
/// <remarks>Koji: <c>koji/daemon.py</c>, class <c>SCM</c>.</remarks>
public sealed record ScmUrl
{
    private const int MaxLength = 2000;
    private static readonly SearchValues<char> Unfit = SearchValues.Create(" \t\r\n\\\"'<>`$;|");
    private static readonly string[] Schemes = ["git", "git+http", "git+https", "git+rsync", "git+ssh"];

    private ScmUrl(Uri repository, string scheme, string reference)
    {
        Repository = repository;
        Scheme = scheme;
        Reference = reference;
    }

    /// <summary>The repository as git takes it, without <c>git+</c> and the reference: <c>https://src.fedoraproject.org/rpms/rust-foo.git</c>.</summary>
    public Uri Repository { get; }

    /// <summary><c>git+https</c>, <c>git</c> …</summary>
    public string Scheme { get; }

    /// <summary>What stands after the number sign: a commit, or the name of a branch or tag.</summary>
    public string Reference { get; }

    /// <summary>The whole commit in lower case; null when the reference is something else.</summary>
    public string? Commit => IsCommit(Reference) ? Reference.ToLowerInvariant() : null;

    /// <summary>The last part of the repository's path, without <c>.git</c>: in dist-git the package.</summary>
    public string Name
    {
        get
        {
            var last = Uri.UnescapeDataString(Repository.AbsolutePath.TrimEnd('/')[(Repository.AbsolutePath.TrimEnd('/').LastIndexOf('/') + 1)..]);
            return last.EndsWith(".git", StringComparison.Ordinal) ? last[..^4] : last;
        }
    }

    /// <summary>A commit of a repository.</summary>
    /// <param name="repository">An http or https address without query, such as <c>https://src.fedoraproject.org/rpms/rust-foo.git</c>.</param>
    /// <param name="commit">The whole commit, 40 or 64 hexadecimal digits.</param>
    /// <exception cref="ArgumentException">The address or the commit is none.</exception>
    public static ScmUrl Of(Uri repository, string commit)
    {
        ArgumentNullException.ThrowIfNull(repository);
        if (!IsCommit(commit))
        {
            throw new ArgumentException($"'{RemoteText.Clean(commit)}' is not a whole commit.", nameof(commit));
        }

        return repository.IsAbsoluteUri && TryParse($"git+{repository.AbsoluteUri}#{commit.ToLowerInvariant()}", out var url)
            ? url
            : throw new ArgumentException($"'{RemoteText.Clean(repository.ToString())}' is not the address of a git repository.", nameof(repository));
    }

    /// <summary>Reads the form that the hub uses.</summary>
    /// <returns>False for anything else, such as the path of an uploaded source package.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ScmUrl? url)
    {
        url = null;
        if (text is null or { Length: > MaxLength } || text.IndexOf('#', StringComparison.Ordinal) is var hash && hash <= 0)
        {
            return false;
        }

        var (address, reference) = (text[..hash], text[(hash + 1)..]);
        var colon = address.IndexOf("://", StringComparison.Ordinal);
        if (colon < 0 || !Schemes.Contains(address[..colon]) || !IsReference(reference))
        {
            return false;
        }

        var plain = address.StartsWith("git+", StringComparison.Ordinal) ? address[4..] : address;
        var isAddress = Uri.TryCreate(plain, UriKind.Absolute, out var repository)
            && repository.Host.Length > 0
            && repository.AbsolutePath.Trim('/').Length > 0
            && !plain.AsSpan().ContainsAny(Unfit)
            && !plain.Contains("/../", StringComparison.Ordinal)
            // A name and a password do not belong into what everybody can read on the task's page.
            && !repository.UserInfo.Contains(':', StringComparison.Ordinal);
        if (isAddress)
        {
            url = new ScmUrl(repository!, address[..colon], reference);
        }

        return isAddress;
    }

    /// <summary>The form that the hub uses.</summary>
    public override string ToString() => $"{(Scheme.StartsWith("git+", StringComparison.Ordinal) ? "git+" : "")}{Repository.AbsoluteUri}#{Reference}";

    private static bool IsCommit(string text) => text.Length is 40 or 64 && text.All(char.IsAsciiHexDigit);

    private static bool IsReference(string text) =>
        text.Length is > 0 and <= 250
        && text[0] is not ('-' or '/' or '.')
        && text.All(static character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-' or '/' or '+' or '~' or '^' or '@');
}
