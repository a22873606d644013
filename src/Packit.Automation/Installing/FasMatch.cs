using Packit.Fasjson;

namespace Packit.Automation.Installing;

/// <summary>Whether an account of Fedora's account system says that it belongs to a GitHub user.</summary>
public sealed class FasMatch(FasjsonClient fasjson)
{
    /// <summary>Asks. A private profile says nothing about itself, and a locked one speaks for nobody.</summary>
    /// <param name="account">Name of the account; anything that is no such name matches nobody.</param>
    /// <param name="gitHubLogin">The GitHub user; case does not count.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <returns>The account's name as it is written there; null when there is no match.</returns>
    /// <exception cref="Http.RemoteException">The account system does not answer: that is an outage, and no "no match".</exception>
    public async Task<string?> FindAsync(string account, string gitHubLogin, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        var user = await fasjson.UserAsync(account.ToLowerInvariant(), cancellationToken);
        return user is { IsPrivate: not true, Locked: not true }
            && string.Equals(user.GitHubUsername, gitHubLogin, StringComparison.OrdinalIgnoreCase)
            ? user.Username
            : null;
    }
}
