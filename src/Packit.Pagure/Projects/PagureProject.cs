using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Packit.Pagure;

/// <summary>
/// Which project: namespace, name and, for a fork, its owner. Pagure writes forks in two ways: <c>fork/USER/…</c> in addresses
/// and in the API, <c>forks/USER/…</c> in names and git addresses.
/// </summary>
public sealed record PagureProject
{
    private const int MaxLength = 255;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+");

    /// <param name="ns">The namespace, such as <c>rpms</c>; null for a project without one.</param>
    /// <param name="name">The name; in dist-git that of the package.</param>
    /// <param name="forkUser">The owner of the fork; null for the main project.</param>
    /// <exception cref="ArgumentException">A part has other characters than letters, digits and <c>- _ . +</c>, or begins with a dash or dot.</exception>
    public PagureProject(string? ns, string name, string? forkUser = null)
    {
        Namespace = Checked(ns, nameof(ns));
        Name = Checked(name, nameof(name)) ?? throw new ArgumentNullException(nameof(name));
        ForkUser = Checked(forkUser, nameof(forkUser));
    }

    public string? Namespace { get; }

    public string Name { get; }

    public string? ForkUser { get; }

    public bool IsFork => ForkUser is not null;

    /// <summary>As in web addresses and in the API: <c>rpms/x</c>, <c>fork/packit/rpms/x</c>.</summary>
    public string ApiPath => Path("fork");

    /// <summary>As in git addresses: <c>rpms/x.git</c>, <c>forks/packit/rpms/x.git</c>.</summary>
    public string GitPath => FullName + ".git";

    /// <summary>As Pagure names it: <c>rpms/x</c>, <c>forks/packit/rpms/x</c>.</summary>
    public string FullName => Path("forks");

    /// <summary>A package in Fedora's dist-git.</summary>
    public static PagureProject Rpm(string package) => new("rpms", package);

    /// <summary>Reads <see cref="FullName"/> or <see cref="ApiPath"/>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PagureProject? project)
    {
        var parts = text?.Split('/') ?? [];
        project = Array.TrueForAll(parts, IsValid)
            ? parts switch
            {
                ["fork" or "forks", var user, var name] => new PagureProject(null, name, user),
                ["fork" or "forks", var user, var ns, var name] => new PagureProject(ns, name, user),
                [var ns, var name] => new PagureProject(ns, name),
                [var name] => new PagureProject(null, name),
                _ => null,
            }
            : null;
        return project is not null;
    }

    /// <summary>The fork of the main project that belongs to a user, whether it exists or not.</summary>
    public PagureProject ForkOf(string user) => new(Namespace, Name, user);

    public override string ToString() => FullName;

    private string Path(string forkWord) => string.Join(
        '/', new[] { ForkUser is null ? null : forkWord, ForkUser, Namespace, Name }.Where(part => part is not null));

    private static bool IsValid(string part) =>
        part.Length is > 0 and <= MaxLength && part[0] is not ('-' or '.') && !part.AsSpan().ContainsAnyExcept(Allowed);

    private static string? Checked(string? part, string parameter) => part is null || IsValid(part)
        ? part
        : throw new ArgumentException("This is not part of the path of a Pagure project.", parameter);
}
