using Microsoft.Extensions.Logging;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.Pagure;

namespace Packit.Automation.KojiBuild;

/// <summary>Shows how far a build is as a flag on its commit in dist-git.</summary>
public sealed partial class CommitFlags(PagureClient pagure, DistGitAddresses addresses, DashboardAddresses dashboard, ILogger<CommitFlags> logger)
{
    private const string Name = "Packit";

    /// <summary>Sets the flag of the present state; repeating it changes nothing.</summary>
    public async Task ShowAsync(KojiBuildContext build, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(build);
        var target = build.Target;
        if (StatusOf(target.Status) is not { } status)
        {
            return;
        }

        var check = $"{(target.Scratch ? "scratch-" : "")}koji-build:{target.Branch}{(build.View.Identifier is { } identifier ? $":{identifier}" : "")}";
        var flag = new PagureFlag(
            $"{Name} - {check}", KojiBuildTexts.Flag(target), new Uri(target.WebUrl ?? dashboard.KojiBuild(target.Id)), status, PagureFlag.UidOf(check));
        var project = addresses.Project(build.Package);
        try
        {
            await pagure.FlagCommitAsync(project, target.CommitSha, flag, cancellationToken);
        }
        catch (PagureException refused) when (refused.MissingAcl is { } acl)
        {
            // Ordinary tokens may flag pull requests only; the pull request of the commit is the next best place.
            LogNoAcl(acl, build.Package);
            if (build.Event.PrId is { } pull)
            {
                await pagure.FlagPullRequestAsync(project, pull, flag, cancellationToken);
            }
        }
    }

    // Nothing is promised before Koji has the build, so nothing has to be taken back when there is none.
    private static PagureFlagStatus? StatusOf(KojiBuildStatus status) => status switch
    {
        KojiBuildStatus.Pending or KojiBuildStatus.Running => PagureFlagStatus.Pending,
        KojiBuildStatus.Success => PagureFlagStatus.Success,
        KojiBuildStatus.Failure => PagureFlagStatus.Failure,
        KojiBuildStatus.Canceled => PagureFlagStatus.Canceled,
        KojiBuildStatus.Error => PagureFlagStatus.Error,
        KojiBuildStatus.Queued or KojiBuildStatus.Retry or KojiBuildStatus.Skipped => null,
    };

    [LoggerMessage(EventId = 4621, Level = LogLevel.Warning, Message = "The token for dist-git lacks the ACL {Acl}: commits of {Package} are not flagged")]
    private partial void LogNoAcl(string acl, string package);
}
