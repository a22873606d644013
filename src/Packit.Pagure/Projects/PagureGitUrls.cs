namespace Packit.Pagure;

/// <summary>Where git finds a project.</summary>
/// <param name="Git">To read, over https; null when the instance names none.</param>
/// <param name="Ssh">To write; null when the instance names none. May hold the literal <c>{username}</c>, see <see cref="SshFor"/>.</param>
public sealed record PagureGitUrls(string? Git, string? Ssh)
{
    /// <summary>The ssh address for a user. Pagure fills the name in only when it is asked with that user's token.</summary>
    public string? SshFor(string user) => Ssh?.Replace("{username}", user, StringComparison.Ordinal);
}

internal sealed record GitUrlList(IReadOnlyDictionary<string, string> Urls);
