using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Packit.Automation.Storage;

// One configuration per table: its name and the constraints that make "get or create" safe under concurrency.
internal sealed class DeliveryTable : IEntityTypeConfiguration<InboxDelivery>
{
    public void Configure(EntityTypeBuilder<InboxDelivery> builder)
    {
        builder.ToTable("inbox_deliveries");
        builder.HasIndex(row => new { row.Source, row.DeliveryId }).IsUnique();
        builder.HasIndex(row => new { row.Source, row.NextAttemptAt, row.Id }).IsDescending(true, false, false)
            .HasFilter("state = 'received'").HasDatabaseName("ix_inbox_deliveries_due");
        builder.HasMany(row => row.Decisions).WithOne().HasForeignKey(decision => decision.DeliveryId);
    }
}

internal sealed class DecisionTable : IEntityTypeConfiguration<JobDecision>
{
    public void Configure(EntityTypeBuilder<JobDecision> builder)
    {
        builder.ToTable("job_decisions");
        builder.Property(row => row.Step).HasDefaultValue("");
        builder.Property(row => row.Ground).HasDefaultValue(DecisionGround.Other);
        builder.HasIndex(row => new { row.DeliveryId, row.Step, row.Position }).IsUnique();
    }
}

internal sealed class DeliverySubjectTable : IEntityTypeConfiguration<DeliverySubject>
{
    public void Configure(EntityTypeBuilder<DeliverySubject> builder)
    {
        builder.ToTable("delivery_subjects");
        builder.HasKey(row => row.DeliveryId);
        builder.Property(row => row.DeliveryId).ValueGeneratedNever();
        builder.HasIndex(row => new { row.ProjectKey, row.DeliveryId });
        builder.HasOne(row => row.Delivery).WithOne().HasForeignKey<DeliverySubject>(row => row.DeliveryId);
    }
}

internal sealed class ProjectTable : IEntityTypeConfiguration<GitProject>
{
    public void Configure(EntityTypeBuilder<GitProject> builder)
    {
        builder.ToTable("git_projects");
        builder.HasIndex(row => row.ProjectUrl).IsUnique();
        builder.HasIndex(row => new { row.InstanceUrl, row.ForgeId }).IsUnique();
    }
}

internal sealed class ReleaseTable : IEntityTypeConfiguration<ProjectRelease>
{
    public void Configure(EntityTypeBuilder<ProjectRelease> builder)
    {
        builder.ToTable("project_releases");
        builder.HasIndex(row => new { row.ProjectId, row.TagName, row.CommitHash }).IsUnique();
    }
}

internal sealed class EventTable : IEntityTypeConfiguration<ProjectEvent>
{
    public void Configure(EntityTypeBuilder<ProjectEvent> builder)
    {
        builder.ToTable("project_events");
        builder.Property(row => row.Type).HasDefaultValue(ProjectEventType.Release);
        builder.HasIndex(row => row.ReleaseId).IsUnique();
        builder.HasIndex(row => new { row.ProjectId, row.Branch, row.CommitSha }).IsUnique()
            .HasFilter("type = 'branch_push'").HasDatabaseName("ix_project_events_branch_push");
        builder.HasIndex(row => new { row.ProjectId, row.PrId, row.CommitSha }).IsUnique()
            .HasFilter("type = 'pull_request'").HasDatabaseName("ix_project_events_pull_request");
        builder.HasIndex(row => row.BuildId).IsUnique().HasFilter("type = 'koji_build'").HasDatabaseName("ix_project_events_koji_build");
    }
}

internal sealed class PackageConfigTable : IEntityTypeConfiguration<StoredPackageConfig>
{
    public void Configure(EntityTypeBuilder<StoredPackageConfig> builder)
    {
        builder.ToTable("package_configs");
        builder.HasIndex(row => new { row.ProjectId, row.CommitSha }).IsUnique();
        builder.HasOne<GitProject>().WithMany().HasForeignKey(row => row.ProjectId);
    }
}

internal sealed class RunTable : IEntityTypeConfiguration<SyncReleaseRun>
{
    public void Configure(EntityTypeBuilder<SyncReleaseRun> builder)
    {
        builder.ToTable("sync_release_runs");
        builder.HasIndex(row => new { row.DeliveryId, row.ViewIndex, row.CommandId }).IsUnique();
        builder.HasIndex(row => row.Status);
        builder.HasOne<InboxDelivery>().WithMany().HasForeignKey(row => row.DeliveryId);
        builder.HasMany(row => row.Targets).WithOne(target => target.Run).HasForeignKey(target => target.RunId);
    }
}

internal sealed class TargetTable : IEntityTypeConfiguration<SyncReleaseTarget>
{
    public void Configure(EntityTypeBuilder<SyncReleaseTarget> builder)
    {
        builder.ToTable("sync_release_run_targets");
        builder.HasIndex(row => new { row.RunId, row.Branch }).IsUnique();
        builder.HasIndex(row => new { row.Status, row.NextAttemptAt });
        builder.HasMany(row => row.PullRequests).WithMany(pull => pull.Targets)
            .UsingEntity("sync_release_target_pull_requests");
    }
}

internal sealed class PullRequestTable : IEntityTypeConfiguration<SyncReleasePullRequest>
{
    public void Configure(EntityTypeBuilder<SyncReleasePullRequest> builder)
    {
        builder.ToTable("sync_release_pull_requests");
        builder.Property(row => row.State).HasDefaultValue(PullRequestState.Open);
        builder.HasIndex(row => new { row.ProjectId, row.PrId }).IsUnique();
    }
}

internal sealed class LogLineTable : IEntityTypeConfiguration<TargetLogLine>
{
    public void Configure(EntityTypeBuilder<TargetLogLine> builder)
    {
        builder.ToTable("target_log_lines");
        builder.HasIndex(row => new { row.TargetId, row.Id });
        builder.HasOne<SyncReleaseTarget>().WithMany().HasForeignKey(row => row.TargetId);
    }
}

internal sealed class EffectTable : IEntityTypeConfiguration<RemoteEffect>
{
    public void Configure(EntityTypeBuilder<RemoteEffect> builder)
    {
        builder.ToTable("remote_effects");
        builder.HasIndex(row => row.Key).IsUnique();
    }
}

internal sealed class PushedBranchTable : IEntityTypeConfiguration<PushedBranch>
{
    public void Configure(EntityTypeBuilder<PushedBranch> builder)
    {
        builder.ToTable("pushed_branches");
        builder.HasIndex(row => new { row.ProjectId, row.Branch }).IsUnique();
        builder.HasOne<GitProject>().WithMany().HasForeignKey(row => row.ProjectId);
    }
}

internal sealed class CheckTable : IEntityTypeConfiguration<StoredCheck>
{
    public void Configure(EntityTypeBuilder<StoredCheck> builder)
    {
        builder.ToTable("checks");
        builder.HasIndex(row => new { row.ProjectId, row.HeadSha, row.Name }).IsUnique();
        builder.HasOne<GitProject>().WithMany().HasForeignKey(row => row.ProjectId);
    }
}

internal sealed class ArchiveTable : IEntityTypeConfiguration<ReleaseArchive>
{
    public void Configure(EntityTypeBuilder<ReleaseArchive> builder)
    {
        builder.ToTable("release_archives");
        builder.HasIndex(row => new { row.ReleaseId, row.Url }).IsUnique();
        builder.HasOne<ProjectRelease>().WithMany().HasForeignKey(row => row.ReleaseId);
    }
}

internal sealed class FailureIssueTable : IEntityTypeConfiguration<FailureIssue>
{
    public void Configure(EntityTypeBuilder<FailureIssue> builder)
    {
        builder.ToTable("failure_issues");
        builder.HasIndex(row => new { row.ProjectId, row.Kind, row.Subject }).IsUnique();
        builder.HasOne<GitProject>().WithMany().HasForeignKey(row => row.ProjectId);
    }
}

internal sealed class ReleaseListTable : IEntityTypeConfiguration<ReleaseListSnapshot>
{
    public void Configure(EntityTypeBuilder<ReleaseListSnapshot> builder)
    {
        builder.ToTable("distribution_releases");
        builder.Property(row => row.Id).ValueGeneratedNever();
    }
}

internal sealed class AllowlistTable : IEntityTypeConfiguration<AllowlistEntry>
{
    public void Configure(EntityTypeBuilder<AllowlistEntry> builder)
    {
        builder.ToTable("allowlist");
        builder.HasKey(row => row.Namespace);
    }
}

internal sealed class MessagePositionTable : IEntityTypeConfiguration<MessagePosition>
{
    public void Configure(EntityTypeBuilder<MessagePosition> builder)
    {
        builder.ToTable("message_positions");
        builder.HasKey(row => row.Listener);
    }
}
