using Microsoft.EntityFrameworkCore;
using Packit.Automation.Engine;
using Packit.Automation.Failures;
using Packit.Automation.Matching;
using Packit.Automation.Releases;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.GitHub;
using Packit.PackageConfig;
using Packit.Pagure;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Makes the rows of a run and its branches, shows the first sign of each, and puts them to work.</summary>
public sealed class RunStarter(
    IPackitDbFactory databases,
    DistributionReleases releases,
    PagureClient pagure,
    DistGitAddresses addresses,
    TargetReporter reporter,
    IJobQueue queue,
    TimeProvider time)
{
    /// <summary>Starts the matched jobs. A comment starts only branches that are not done.</summary>
    public async Task<ReleaseAnswer> StartAsync(
        ReleaseRequest request, ProjectRelease release, int configId, IReadOnlyList<JobMatch> matched, GitHubRepository forge,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(release);
        ArgumentNullException.ThrowIfNull(matched);
        var cause = await databases.GetOrCreateAsync(
            row => row.ReleaseId == release.Id,
            () => new ProjectEvent { Type = ProjectEventType.Release, ReleaseId = release.Id, CreatedAt = time.GetUtcNow() },
            cancellationToken);

        var configured = await ConfiguredAsync(matched, cancellationToken);
        var wanted = await WantedAsync(request.Branches, cancellationToken);
        var all = configured.SelectMany(job => job.Branches).Distinct(StringComparer.Ordinal).ToList();
        if (wanted.Where(name => !name.Value.Any(all.Contains)).Select(name => name.Key).ToList() is { Count: > 0 } unknown)
        {
            return new ReleaseAnswer.NotConfigured(unknown, all);
        }

        List<JobBranch> started = [];
        List<BusyBranch> busy = [];
        foreach (var (match, named) in configured)
        {
            var branches = named.Where(branch => wanted.Count == 0 || wanted.Any(name => name.Value.Contains(branch))).ToList();
            if (request.Again is { } again)
            {
                branches = [.. branches.Where(branch => again.Contains(new JobBranch(match.Index, branch)))];
            }

            if (request.Trigger == RunTrigger.Comment)
            {
                var earlier = await EarlierAsync(request, cause.Id, match.Index, cancellationToken);
                busy.AddRange(branches.Where(branch => earlier.TryGetValue(branch, out var state) && state.IsOpen)
                    .Select(branch => new BusyBranch(match.View.Settings.DownstreamPackageName, branch, earlier[branch].Awaits)));
                branches = [.. branches.Where(branch => !earlier.TryGetValue(branch, out var state) || state.IsWanted(request.AllBranches))];
            }

            if (branches.Count > 0)
            {
                await StartRunAsync(request, cause.Id, configId, match, branches, forge, cancellationToken);
                started.AddRange(branches.Select(branch => new JobBranch(match.Index, branch)));
            }
        }

        return (started.Count, busy.Count) switch
        {
            ( > 0, _) => new ReleaseAnswer.Started(started),
            (_, > 0) => new ReleaseAnswer.InProgress(busy),
            _ => new ReleaseAnswer.AllDone(await PullRequestsAsync(cause.Id, cancellationToken)),
        };
    }

    private async Task StartRunAsync(
        ReleaseRequest request, int eventId, int configId, JobMatch match, IReadOnlyList<string> branches, GitHubRepository forge,
        CancellationToken cancellationToken)
    {
        var ids = await StoreAsync(request, eventId, configId, match, branches, cancellationToken);

        // The first sign is given before the work begins, so that no late "accepted" overwrites a result.
        await Task.WhenAll(ids.Select(async id =>
        {
            var target = await TargetContext.LoadAsync(databases, id, cancellationToken);
            if (target.Target is { Status: SyncReleaseTargetStatus.Queued, Attempts: 0 })
            {
                await reporter.AcceptedAsync(target, forge, cancellationToken);
            }

            if (SyncReleaseTargetStates.Open.Contains(target.Target.Status))
            {
                await queue.EnqueueAsync(ProposeDownstreamJob.Next(target.Target, target.Package), cancellationToken);
            }
        }));
    }

    /// <summary>Makes the rows in one transaction: a run never stands there with a part of its branches.</summary>
    private async Task<IReadOnlyList<int>> StoreAsync(
        ReleaseRequest request, int eventId, int configId, JobMatch match, IReadOnlyList<string> branches, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var run = await database.GetOrCreateAsync(
            row => row.DeliveryId == request.DeliveryId && row.ViewIndex == match.Index && row.CommandId == request.CommandId,
            () => new SyncReleaseRun
            {
                ProjectEventId = eventId, DeliveryId = request.DeliveryId, CommandId = request.CommandId, JobType = SyncReleaseJobType.ProposeDownstream, Trigger = request.Trigger,
                PackageName = match.View.PackageName, ViewIndex = match.Index, DownstreamPackage = match.View.Settings.DownstreamPackageName,
                Identifier = match.View.Identifier, ConfigId = configId, Status = SyncReleaseStatus.Running, SubmittedTime = now,
            },
            cancellationToken);
        List<int> ids = [];
        foreach (var branch in branches)
        {
            var target = await database.GetOrCreateAsync(
                row => row.RunId == run.Id && row.Branch == branch,
                () => new SyncReleaseTarget { RunId = run.Id, Branch = branch, Status = SyncReleaseTargetStatus.Queued, SubmittedTime = now },
                cancellationToken);
            ids.Add(target.Id);
        }

        await transaction.CommitAsync(cancellationToken);
        return ids;
    }

    private async Task<IReadOnlyList<(JobMatch Job, IReadOnlyList<string> Branches)>> ConfiguredAsync(
        IReadOnlyList<JobMatch> matched, CancellationToken cancellationToken)
    {
        List<(JobMatch, IReadOnlyList<string>)> configured = [];
        foreach (var match in matched)
        {
            configured.Add((match, await BranchesAsync(match.View, cancellationToken)));
        }

        return configured;
    }

    /// <summary>What the names mean that a person gave: branches, or aliases for several.</summary>
    private async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> WantedAsync(
        IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        if (names.Count == 0)
        {
            return new Dictionary<string, IReadOnlyList<string>>();
        }

        var aliases = (await releases.CurrentAsync(cancellationToken)).Aliases;
        return names.Distinct(StringComparer.Ordinal)
            .ToDictionary(name => name, name => (IReadOnlyList<string>)[name, .. aliases.Resolve([name], AliasDefaults.ReleaseSync(ReleaseBranches.Rawhide))], StringComparer.Ordinal);
    }

    private async Task<IReadOnlyList<string>> BranchesAsync(JobView view, CancellationToken cancellationToken)
    {
        var aliases = (await releases.CurrentAsync(cancellationToken)).Aliases;
        var project = await pagure.BranchesAsync(addresses.Project(view.Settings.DownstreamPackageName), cancellationToken);
        return ReleaseBranches.Of(view.Settings, aliases, project?.Default);
    }

    /// <summary>How far each branch of a job is by earlier requests: the state of the last attempt.</summary>
    private async Task<Dictionary<string, EarlierState>> EarlierAsync(
        ReleaseRequest request, int eventId, int viewIndex, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var targets = await database.Targets.AsNoTracking()
            .Where(row => row.Run.ProjectEventId == eventId && row.Run.ViewIndex == viewIndex
                && !(row.Run.DeliveryId == request.DeliveryId && row.Run.CommandId == request.CommandId))
            .OrderBy(row => row.Id)
            .Select(row => new { row.Branch, State = new EarlierState(row.Status, row.FailureCode, row.Message) })
            .ToListAsync(cancellationToken);
        return targets.GroupBy(target => target.Branch).ToDictionary(group => group.Key, group => group.Last().State);
    }

    private async Task<IReadOnlyList<string>> PullRequestsAsync(int eventId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        return await database.PullRequests.Where(pull => pull.Targets.Any(target => target.Run.ProjectEventId == eventId))
            .OrderBy(pull => pull.Id).Select(pull => pull.Url).ToListAsync(cancellationToken);
    }

    private sealed record EarlierState(SyncReleaseTargetStatus Status, string? FailureCode, string? Message)
    {
        /// <summary>Failed, or was left alone because nobody on the package's side agreed.</summary>
        private bool IsNotDone => Status == SyncReleaseTargetStatus.Error || FailureCode == FailureCodes.AgreementMissing;

        public string? Awaits => Status == SyncReleaseTargetStatus.Retry && FailureCode == FailureCodes.AgreementAwaited ? Message : null;

        public bool IsOpen => SyncReleaseTargetStates.Open.Contains(Status);

        public bool IsWanted(bool allBranches) => IsNotDone || (allBranches && !IsOpen);
    }
}
