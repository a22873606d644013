namespace Packit.Automation.Access;

/// <summary>Who may give commands in pull requests of dist-git: the members of the group of packagers.</summary>
public interface IPackagers
{
    /// <summary>Whether an account is a packager.</summary>
    /// <exception cref="Http.RemoteException">The account system does not answer: that is an outage, and no refusal.</exception>
    Task<bool> IsPackagerAsync(string login, CancellationToken cancellationToken);
}
