using Packit.Automation.Storage;

namespace Packit.Service.Tests.Support;

/// <summary>Puts rows into the database as the worker would.</summary>
public sealed class Rows(IPackitDbFactory databases)
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    private static int _numbers;

    /// <summary>A release with a run of it.</summary>
    public async Task<SyncReleaseRun> ReleaseAsync(
        string project = "chronicle", string tag = "v1.4.0", bool isPrivate = false, RunTrigger trigger = RunTrigger.Release, params JobDecision[] decisions)
    {
        var number = Interlocked.Increment(ref _numbers);
        await using var db = databases.Create();
        var delivery = new InboxDelivery
        {
            Source = DeliverySource.GitHub, DeliveryId = $"5e1f-{number}", EventType = "release", Body = "{}"u8.ToArray(),
            ReceivedAt = Noon, NextAttemptAt = Noon, State = DeliveryState.Handled, Outcome = "Started for rawhide.",
        };
        foreach (var decision in decisions)
        {
            delivery.Decisions.Add(decision);
        }

        var upstream = Project("github.com", "sundial", $"{project}-{number}", $"https://github.com/sundial/{project}-{number}", isPrivate);
        db.AddRange(delivery, upstream);
        await db.SaveChangesAsync();
        var release = new ProjectRelease { ProjectId = upstream.Id, TagName = tag, CommitHash = new string('a', 40), SeenAt = Noon };
        var config = new StoredPackageConfig { ProjectId = upstream.Id, CommitSha = new string('a', 40), Path = ".packit.yaml", Content = [], TopLevelFiles = "" };
        db.AddRange(release, config);
        await db.SaveChangesAsync();
        var cause = new ProjectEvent { ReleaseId = release.Id, CreatedAt = Noon };
        db.Add(cause);
        await db.SaveChangesAsync();
        var run = new SyncReleaseRun
        {
            ProjectEventId = cause.Id, ProjectEvent = cause, DeliveryId = delivery.Id, Trigger = trigger, PackageName = project, ViewIndex = 0,
            DownstreamPackage = project, ConfigId = config.Id, SubmittedTime = Noon,
        };
        db.Add(run);
        await db.SaveChangesAsync();
        return run;
    }

    /// <summary>A later run of the same release, asked for by a comment.</summary>
    public async Task<SyncReleaseRun> RunAgainAsync(SyncReleaseRun run)
    {
        await using var db = databases.Create();
        var comment = new InboxDelivery
        {
            Source = DeliverySource.GitHub, DeliveryId = $"c0-{Interlocked.Increment(ref _numbers)}", EventType = "issue_comment", Body = "{}"u8.ToArray(),
            ReceivedAt = Noon, NextAttemptAt = Noon, State = DeliveryState.Handled,
        };
        db.Add(comment);
        await db.SaveChangesAsync();
        var again = new SyncReleaseRun
        {
            ProjectEventId = run.ProjectEventId, DeliveryId = comment.Id, Trigger = RunTrigger.Comment, PackageName = run.PackageName, ViewIndex = 0,
            DownstreamPackage = run.DownstreamPackage, ConfigId = run.ConfigId, SubmittedTime = Noon.AddHours(1),
        };
        db.Add(again);
        await db.SaveChangesAsync();
        return again;
    }

    /// <summary>A branch of a run.</summary>
    public async Task<SyncReleaseTarget> TargetAsync(SyncReleaseRun run, string branch, SyncReleaseTargetStatus status, Action<SyncReleaseTarget>? more = null)
    {
        await using var db = databases.Create();
        var target = new SyncReleaseTarget { RunId = run.Id, Branch = branch, Status = status, SubmittedTime = Noon, StartTime = Noon, Attempts = 1 };
        if (status is SyncReleaseTargetStatus.Submitted or SyncReleaseTargetStatus.Skipped or SyncReleaseTargetStatus.Error)
        {
            target.FinishedTime = Noon.AddSeconds(42);
        }

        more?.Invoke(target);
        db.Add(target);
        await db.SaveChangesAsync();
        return target;
    }

    /// <summary>A pull request of a branch.</summary>
    public async Task<SyncReleasePullRequest> PullRequestAsync(
        SyncReleaseTarget target, string title, string? url = null, PullRequestState state = PullRequestState.Open)
    {
        var number = Interlocked.Increment(ref _numbers);
        await using var db = databases.Create();
        var project = Project("src.fedoraproject.org", "rpms", $"p{number}", $"https://src.fedoraproject.org/rpms/p{number}", isPrivate: false);
        db.Add(project);
        await db.SaveChangesAsync();
        var pull = new SyncReleasePullRequest
        {
            ProjectId = project.Id, PrId = number, TargetBranch = target.Branch, Title = title, Url = url ?? $"{project.ProjectUrl}/pull-request/{number}",
            State = state, ClosedAt = state == PullRequestState.Open ? null : Noon.AddHours(2),
        };
        db.Attach(target);
        target.PullRequests.Add(pull);
        await db.SaveChangesAsync();
        return pull;
    }

    /// <summary>Another branch of a release for which a pull request was taken over.</summary>
    public async Task LinkAsync(SyncReleaseTarget target, SyncReleasePullRequest pull)
    {
        await using var db = databases.Create();
        db.Attach(target);
        db.Attach(pull);
        target.PullRequests.Add(pull);
        await db.SaveChangesAsync();
    }

    /// <summary>A build, of what was merged or pushed by hand.</summary>
    public async Task<KojiBuildTarget> BuildAsync(
        SyncReleasePullRequest? pull, string branch, KojiBuildStatus status, Action<KojiBuildTarget>? more = null, params JobDecision[] decisions)
    {
        var number = Interlocked.Increment(ref _numbers);
        await using var db = databases.Create();
        var (delivery, project, config) = await DistGitAsync(db, number, "pagure.git.receive", decisions);
        var cause = new ProjectEvent { Type = ProjectEventType.BranchPush, ProjectId = project.Id, Branch = branch, CommitSha = new string('b', 40), CreatedAt = Noon };
        db.Add(cause);
        await db.SaveChangesAsync();
        var group = new KojiBuildGroup
        {
            ProjectEventId = cause.Id, DeliveryId = delivery.Id, ProjectId = project.Id, PackageName = "chronicle", DownstreamPackage = "chronicle", ViewIndex = 0,
            ConfigId = config.Id, RequestedBy = "packager", PullRequestId = pull?.Id, SubmittedTime = Noon.AddHours(2),
        };
        db.Add(group);
        await db.SaveChangesAsync();
        var build = new KojiBuildTarget
        {
            GroupId = group.Id, Branch = branch, BuildTarget = $"{branch}-candidate", CommitSha = new string('b', 40), Status = status,
            Nvr = $"chronicle-1.4.0-{number}.fc43", SubmittedTime = Noon.AddHours(2),
        };
        more?.Invoke(build);
        db.Add(build);
        await db.SaveChangesAsync();
        return build;
    }

    /// <summary>An update, of a build of ours or of somebody else's.</summary>
    public async Task<BodhiUpdateTarget> UpdateAsync(KojiBuildTarget? build, string branch, BodhiUpdateStatus status, Action<BodhiUpdateTarget>? more = null)
    {
        var number = Interlocked.Increment(ref _numbers);
        await using var db = databases.Create();
        var (delivery, project, config) = await DistGitAsync(db, number, "buildsys.build.state.change", []);
        var cause = new ProjectEvent { Type = ProjectEventType.KojiBuild, ProjectId = project.Id, Branch = branch, BuildId = number, CreatedAt = Noon };
        db.Add(cause);
        await db.SaveChangesAsync();
        var group = new BodhiUpdateGroup
        {
            ProjectEventId = cause.Id, DeliveryId = delivery.Id, ProjectId = project.Id, PackageName = "chronicle", DownstreamPackage = "chronicle", ViewIndex = 0,
            ConfigId = config.Id, RequestedBy = "packit", SubmittedTime = Noon.AddHours(3),
        };
        db.Add(group);
        await db.SaveChangesAsync();
        var update = new BodhiUpdateTarget
        {
            GroupId = group.Id, Branch = branch, KojiNvrs = build?.Nvr ?? $"other-1-{number}.fc43", BuildTargetId = build?.Id, Status = status,
            SubmittedTime = Noon.AddHours(3),
        };
        more?.Invoke(update);
        db.Add(update);
        await db.SaveChangesAsync();
        return update;
    }

    private static async Task<(InboxDelivery Delivery, GitProject Project, StoredPackageConfig Config)> DistGitAsync(
        PackitDb db, int number, string topic, JobDecision[] decisions)
    {
        var delivery = new InboxDelivery
        {
            Source = DeliverySource.FedoraMessaging, DeliveryId = $"b05-{number}", EventType = topic, Body = "{}"u8.ToArray(), ReceivedAt = Noon,
            NextAttemptAt = Noon, State = DeliveryState.Handled,
        };
        foreach (var decision in decisions)
        {
            delivery.Decisions.Add(decision);
        }

        var project = Project("src.fedoraproject.org", "rpms", $"d{number}", $"https://src.fedoraproject.org/rpms/d{number}", isPrivate: false);
        db.AddRange(delivery, project);
        await db.SaveChangesAsync();
        var config = new StoredPackageConfig { ProjectId = project.Id, CommitSha = new string('b', 40), Path = ".packit.yaml", Content = [], TopLevelFiles = "" };
        db.Add(config);
        await db.SaveChangesAsync();
        return (delivery, project, config);
    }

    /// <summary>A line of a branch's log.</summary>
    public async Task LogAsync(int targetId, string text, LogLevelName level = LogLevelName.Info)
    {
        await using var db = databases.Create();
        db.Add(new TargetLogLine { TargetId = targetId, At = Noon.AddSeconds(1), Level = level, Text = text });
        await db.SaveChangesAsync();
    }

    /// <summary>Changes a branch.</summary>
    public async Task ChangeAsync(int targetId, Action<SyncReleaseTarget> change)
    {
        await using var db = databases.Create();
        var target = await db.Targets.FindAsync(targetId);
        change(target!);
        await db.SaveChangesAsync();
    }

    private static GitProject Project(string host, string owner, string name, string url, bool isPrivate) =>
        new() { InstanceUrl = host, Namespace = owner, RepoName = name, ProjectUrl = url, IsPrivate = isPrivate };
}
