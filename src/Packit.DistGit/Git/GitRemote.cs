using Packit.Http;

namespace Packit.DistGit;

/// <summary>Where to fetch from or push to.</summary>
/// <param name="Url">https without user information, or ssh with a key. http and file where the options allow them.</param>
/// <param name="Credentials">Null for anonymous access.</param>
/// <param name="Egress">
/// Set when the address was chosen by others: it is resolved and checked first, and git is bound to the checked address.
/// Null for a host named in the configuration.
/// </param>
public sealed record GitRemote(Uri Url, GitCredentials? Credentials = null, EgressPolicy? Egress = null)
{
    /// <summary>The key for an <c>ssh</c> address; such an address is not called without one.</summary>
    public GitSshKey? SshKey { get; init; }

    /// <summary>Scheme, host and port, for messages and for the scope of credentials.</summary>
    internal string Origin => Url.GetLeftPart(UriPartial.Authority);

    /// <summary>The address as people may see it.</summary>
    internal string Shown => Url.IsFile ? Url.LocalPath : Url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
