using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Packit.Automation.Storage;

// The tables of builds and updates; see Tables.cs.
internal sealed class KojiBuildGroupTable : IEntityTypeConfiguration<KojiBuildGroup>
{
    public void Configure(EntityTypeBuilder<KojiBuildGroup> builder)
    {
        builder.ToTable("koji_build_groups");
        builder.HasIndex(row => new { row.DeliveryId, row.ViewIndex, row.CommandId }).IsUnique();
        builder.HasOne<InboxDelivery>().WithMany().HasForeignKey(row => row.DeliveryId);
        builder.HasOne(row => row.PullRequest).WithMany(pull => pull.BuildGroups).HasForeignKey(row => row.PullRequestId);
        builder.HasMany(row => row.Targets).WithOne(target => target.Group).HasForeignKey(target => target.GroupId);
    }
}

internal sealed class KojiBuildTargetTable : IEntityTypeConfiguration<KojiBuildTarget>
{
    public void Configure(EntityTypeBuilder<KojiBuildTarget> builder)
    {
        builder.ToTable("koji_build_targets");
        builder.HasIndex(row => new { row.GroupId, row.Branch }).IsUnique();
        builder.HasIndex(row => row.TaskId);
        builder.HasIndex(row => row.Nvr);
        builder.HasIndex(row => new { row.Status, row.NextAttemptAt });
        builder.HasIndex(row => row.NextCheckAt).HasFilter("status IN ('pending', 'running')");
        builder.HasMany(row => row.Updates).WithOne(update => update.BuildTarget).HasForeignKey(update => update.BuildTargetId);
    }
}

internal sealed class BodhiUpdateGroupTable : IEntityTypeConfiguration<BodhiUpdateGroup>
{
    public void Configure(EntityTypeBuilder<BodhiUpdateGroup> builder)
    {
        builder.ToTable("bodhi_update_groups");
        builder.HasIndex(row => new { row.DeliveryId, row.ViewIndex, row.CommandId }).IsUnique();
        builder.HasOne<InboxDelivery>().WithMany().HasForeignKey(row => row.DeliveryId);
        builder.HasMany(row => row.Targets).WithOne(target => target.Group).HasForeignKey(target => target.GroupId);
    }
}

internal sealed class BodhiUpdateTargetTable : IEntityTypeConfiguration<BodhiUpdateTarget>
{
    public void Configure(EntityTypeBuilder<BodhiUpdateTarget> builder)
    {
        builder.ToTable("bodhi_update_targets");
        builder.HasIndex(row => new { row.GroupId, row.Branch, row.KojiNvrs }).IsUnique();
        builder.HasIndex(row => row.Alias);
        builder.HasIndex(row => row.KojiNvrs);
        builder.HasIndex(row => new { row.Status, row.NextAttemptAt });
        builder.HasIndex(row => row.NextCheckAt).HasFilter("next_check_at IS NOT NULL");
    }
}

internal sealed class NvrClaimTable : IEntityTypeConfiguration<NvrClaim>
{
    public void Configure(EntityTypeBuilder<NvrClaim> builder)
    {
        builder.ToTable("nvr_claims");
        builder.HasIndex(row => new { row.Kind, row.Nvr }).IsUnique();
        builder.HasIndex(row => new { row.Kind, row.TargetId });
    }
}
