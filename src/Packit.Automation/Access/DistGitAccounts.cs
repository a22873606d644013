using Microsoft.Extensions.Options;
using Packit.Automation.Settings;
using Packit.Pagure;

namespace Packit.Automation.Access;

/// <summary>
/// Whether an account of dist-git is one of those that a package config names: by login, as <c>@group</c>, <c>all_admins</c> or
/// <c>all_committers</c> of the package.
/// </summary>
public sealed class DistGitAccounts(PagureClient pagure, IOptions<DistGitOptions> options)
{
    private const string AllAdmins = "all_admins";
    private const string AllCommitters = "all_committers";

    /// <summary>How package configs call the service itself. Deployments have accounts of their own, such as <c>packit-stg</c>.</summary>
    private const string TheService = "packit";

    /// <summary>Decides. Names compare letter by letter; only as many questions are asked as are needed.</summary>
    /// <param name="login">The account.</param>
    /// <param name="allowed">The list of the config.</param>
    /// <param name="project">The package whose admins and committers count.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <exception cref="Http.RemoteException">dist-git does not answer: that is no refusal.</exception>
    public async Task<bool> IsAllowedAsync(
        string login, IReadOnlyList<string> allowed, PagureProject project, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        // Nobody becomes all of them by being called so.
        if ((login is not (AllAdmins or AllCommitters) && allowed.Contains(login)) || (login == options.Value.User && allowed.Contains(TheService)))
        {
            return true;
        }

        if ((allowed.Contains(AllAdmins) || allowed.Contains(AllCommitters))
            && await pagure.ProjectAccessAsync(project, cancellationToken) is { } access
            && (allowed.Contains(AllCommitters) ? access.Committers : access.Admins).Contains(login))
        {
            return true;
        }

        foreach (var group in allowed.Where(name => name.Length > 1 && name[0] == '@'))
        {
            if (await pagure.GroupMembersAsync(group[1..], cancellationToken) is { } members && members.Contains(login))
            {
                return true;
            }
        }

        return false;
    }
}
