using System.Globalization;
using Microsoft.Extensions.Logging;
using Packit.Automation.Effects;
using Packit.Automation.Settings;
using Packit.Http;
using Packit.Pagure;

namespace Packit.Automation.ProposeDownstream;

/// <summary>
/// Lets those who may commit to a package push to the service's fork of it too, since pull requests invite them to.
/// Done once a day for a package; trouble with it is logged and stops nothing.
/// </summary>
public sealed partial class ForkAccess(
    PagureClient pagure, DistGitAddresses addresses, EffectLedger ledger, TimeProvider time, ILogger<ForkAccess> logger)
{
    public async Task SyncAsync(string package, CancellationToken cancellationToken)
    {
        var day = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        try
        {
            await ledger.OnceAsync(
                $"fork-access:{addresses.WebUrl(package)}:{day}",
                find: static _ => Task.FromResult<string?>(null),
                make: async token =>
                {
                    await CopyAsync(package, token);
                    return day;
                },
                cancellationToken);
        }
        catch (RemoteException remote)
        {
            LogNotSynced(package, remote.Message);
        }
    }

    private async Task CopyAsync(string package, CancellationToken cancellationToken)
    {
        var fork = addresses.Fork(package);
        var wanted = await pagure.ProjectAccessAsync(addresses.Project(package), cancellationToken);
        var present = await pagure.ProjectAccessAsync(fork, cancellationToken);
        if (wanted is null || present is null)
        {
            return;
        }

        foreach (var (holder, name, acl) in Differences(AclHolder.User, wanted.Users, present.Users, fork.ForkUser)
            .Concat(Differences(AclHolder.Group, wanted.Groups, present.Groups, keep: null)))
        {
            await pagure.ModifyAclAsync(fork, holder, name, acl, cancellationToken);
        }
    }

    private static IEnumerable<(AclHolder Holder, string Name, Acl Acl)> Differences(
        AclHolder holder, IReadOnlySet<string> wanted, IReadOnlySet<string> present, string? keep) =>
        wanted.Except(present).Where(name => name != keep).Select(name => (holder, name, Acl.Commit))
            .Concat(present.Except(wanted).Where(name => name != keep).Select(name => (holder, name, Acl.None)));

    [LoggerMessage(EventId = 4401, Level = LogLevel.Warning, Message = "The rights of the fork of {Package} were not brought up to date: {Reason}")]
    private partial void LogNotSynced(string package, string reason);
}
