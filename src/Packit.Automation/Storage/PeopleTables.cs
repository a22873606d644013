using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Packit.Automation.Storage;

// The tables of what people say and ask for; see Tables.cs.
internal sealed class CommandCommentTable : IEntityTypeConfiguration<CommandComment>
{
    public void Configure(EntityTypeBuilder<CommandComment> builder)
    {
        builder.ToTable("command_comments");
        builder.HasIndex(row => new { row.ProjectId, row.ForgeId }).IsUnique();
        builder.HasIndex(row => new { row.AuthorId, row.SeenAt });
        builder.HasMany(row => row.Commands).WithOne(command => command.Comment).HasForeignKey(command => command.CommentId);
    }
}

internal sealed class CommentCommandTable : IEntityTypeConfiguration<CommentCommand>
{
    public void Configure(EntityTypeBuilder<CommentCommand> builder)
    {
        builder.ToTable("comment_commands");
        builder.HasIndex(row => new { row.CommentId, row.Position }).IsUnique();
        builder.HasIndex(row => row.State);
        builder.HasOne<InboxDelivery>().WithMany().HasForeignKey(row => row.DeliveryId);
    }
}

internal sealed class GitHubInstallationTable : IEntityTypeConfiguration<GitHubInstallation>
{
    public void Configure(EntityTypeBuilder<GitHubInstallation> builder)
    {
        builder.ToTable("github_installations");
        builder.HasIndex(row => row.AccountId).IsUnique();
        builder.HasIndex(row => row.InstallationId);
    }
}

internal sealed class PackageAgreementTable : IEntityTypeConfiguration<PackageAgreement>
{
    public void Configure(EntityTypeBuilder<PackageAgreement> builder)
    {
        builder.ToTable("package_agreements");
        builder.HasIndex(row => new { row.Package, row.ProjectId });
        builder.HasIndex(row => new { row.Package, row.ProjectId, row.RepositoryId, row.OwnerId, row.Branch, row.Kind }).IsUnique()
            .HasFilter("revoked_at IS NULL").HasDatabaseName("ix_package_agreements_valid");
    }
}

internal sealed class AgreementAskTable : IEntityTypeConfiguration<AgreementAsk>
{
    public void Configure(EntityTypeBuilder<AgreementAsk> builder)
    {
        builder.ToTable("agreement_asks");
        builder.HasIndex(row => new { row.Package, row.ProjectId }).IsUnique();
    }
}

internal sealed class ReleasePreviewTable : IEntityTypeConfiguration<ReleasePreview>
{
    public void Configure(EntityTypeBuilder<ReleasePreview> builder)
    {
        builder.ToTable("release_previews");
        builder.HasIndex(row => row.CommandId).IsUnique();
        builder.HasIndex(row => row.State);
    }
}

internal sealed class RateStateTable : IEntityTypeConfiguration<RateState>
{
    public void Configure(EntityTypeBuilder<RateState> builder)
    {
        builder.ToTable("rate_states");
        builder.HasKey(row => new { row.InstallationId, row.Resource });
    }
}
