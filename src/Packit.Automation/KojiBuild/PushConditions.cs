using Packit.Automation.Access;
using Packit.Automation.Reporting.Texts;
using Packit.FedoraMessaging;
using Packit.PackageConfig;
using Packit.Pagure;

namespace Packit.Automation.KojiBuild;

/// <summary>The conditions of a push that dist-git has to be asked about. What the message says is taken for a hint.</summary>
public sealed class PushConditions(PagureClient pagure, DistGitAccounts accounts)
{
    /// <summary>Largest spec file that is compared, in bytes.</summary>
    private const int SpecCap = 8 * 1024 * 1024;

    /// <summary>Whether the push changed the spec file of the package: what it was before is compared with what it is now.</summary>
    /// <returns>Changed also when it cannot be known what was before, as for a new branch.</returns>
    public async Task<SpecChange> SpecChangeAsync(PagureProject project, GitReceive push, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(push);
        var path = $"{project.Name}.spec";
        var before = push.OldCommit is { } old ? pagure.RawFileAsync(project, old, path, SpecCap, cancellationToken) : Task.FromResult<byte[]?>(null);
        var after = pagure.RawFileAsync(project, push.EndCommit, path, SpecCap, cancellationToken);
        await Task.WhenAll(before, after);
        return (await before, await after) switch
        {
            ({ } was, { } isNow) => was.AsSpan().SequenceEqual(isNow) ? SpecChange.None : SpecChange.Changed,
            (null, not null) => SpecChange.Changed,
            // A server may be late to show what it has told of.
            _ => await pagure.CommitAsync(project, push.EndCommit, cancellationToken) is null ? SpecChange.NotVisible : SpecChange.None,
        };
    }

    /// <summary>
    /// The pull request that was merged by a push: dist-git says that it is merged into this branch, and that the pushed commit is its head
    /// or merges it. Who claims to have merged a pull request, and has not, is treated as who pushed.
    /// </summary>
    public async Task<PushedPull> PullRequestAsync(PagureProject project, GitReceive push, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(push);
        if (push.PullRequestId is not { } id || id is <= 0 or > int.MaxValue
            || await pagure.PullRequestAsync(project, (int)id, cancellationToken) is not { } pull
            || pull.Branch != push.Branch || pull.CommitStop is not { } head)
        {
            return new PushedPull(null, IsPending: false);
        }

        // The first parent of a merge is the branch as it was; an ordinary commit on top of the merged head has no other.
        if (head != push.EndCommit
            && (await pagure.CommitAsync(project, push.EndCommit, cancellationToken))?.ParentIds.Skip(1).Contains(head) != true)
        {
            return new PushedPull(null, IsPending: false);
        }

        // The push is told before the pull request is stored as merged.
        return pull.Status == PullRequestStatus.Merged ? new PushedPull(pull, IsPending: false) : new PushedPull(null, IsPending: true);
    }

    /// <summary>Why a job does not run for a push; null when it does.</summary>
    public async Task<string?> WhyNotAsync(
        PackageSettings settings, PagureProject project, GitReceive push, PagurePullRequest? merged, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(push);
        if (merged is null)
        {
            return await accounts.IsAllowedAsync(push.Agent, settings.AllowedCommitters, project, cancellationToken)
                ? null
                : MatchTexts.NotCommitter(push.Agent, settings.AllowedCommitters);
        }

        if (!await accounts.IsAllowedAsync(merged.User.Name, settings.AllowedPrAuthors, project, cancellationToken))
        {
            return MatchTexts.NotAuthor(merged.User.Name, merged.Id, settings.AllowedPrAuthors);
        }

        return WhyNotByLabel(settings.RequiredLabels, merged);
    }

    private static string? WhyNotByLabel(LabelRequirements required, PagurePullRequest merged)
    {
        if (required.Present.Count > 0 && !required.Present.Intersect(merged.Tags).Any())
        {
            return MatchTexts.NoLabel(merged.Id, required.Present);
        }

        return required.Absent.Intersect(merged.Tags).FirstOrDefault() is { } label
            ? MatchTexts.LabelAgainst(merged.Id, label)
            : null;
    }
}

/// <summary>The pull request behind a push.</summary>
/// <param name="Merged">The merged pull request; null when nobody merged one.</param>
/// <param name="IsPending">Whether dist-git is about to say that it is merged.</param>
public sealed record PushedPull(PagurePullRequest? Merged, bool IsPending);

/// <summary>What a push did to the spec file.</summary>
public enum SpecChange
{
    /// <summary>It is as it was, or it is gone.</summary>
    None,

    Changed,

    /// <summary>dist-git does not show the pushed commit (yet).</summary>
    NotVisible,
}
