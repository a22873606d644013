using Microsoft.EntityFrameworkCore;

namespace Packit.Automation.Storage;

/// <summary>The service's database. One subclass per provider holds that provider's migrations.</summary>
public abstract class PackitDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<InboxDelivery> Deliveries => Set<InboxDelivery>();

    public DbSet<JobDecision> Decisions => Set<JobDecision>();

    public DbSet<DeliverySubject> Subjects => Set<DeliverySubject>();

    public DbSet<GitProject> Projects => Set<GitProject>();

    public DbSet<ProjectRelease> Releases => Set<ProjectRelease>();

    public DbSet<ProjectEvent> Events => Set<ProjectEvent>();

    public DbSet<StoredPackageConfig> PackageConfigs => Set<StoredPackageConfig>();

    public DbSet<SyncReleaseRun> Runs => Set<SyncReleaseRun>();

    public DbSet<SyncReleaseTarget> Targets => Set<SyncReleaseTarget>();

    public DbSet<SyncReleasePullRequest> PullRequests => Set<SyncReleasePullRequest>();

    public DbSet<KojiBuildGroup> BuildGroups => Set<KojiBuildGroup>();

    public DbSet<KojiBuildTarget> Builds => Set<KojiBuildTarget>();

    public DbSet<BodhiUpdateGroup> UpdateGroups => Set<BodhiUpdateGroup>();

    public DbSet<BodhiUpdateTarget> Updates => Set<BodhiUpdateTarget>();

    public DbSet<NvrClaim> NvrClaims => Set<NvrClaim>();

    public DbSet<TargetLogLine> LogLines => Set<TargetLogLine>();

    public DbSet<RemoteEffect> Effects => Set<RemoteEffect>();

    public DbSet<PushedBranch> PushedBranches => Set<PushedBranch>();

    public DbSet<StoredCheck> Checks => Set<StoredCheck>();

    public DbSet<ReleaseArchive> Archives => Set<ReleaseArchive>();

    public DbSet<FailureIssue> FailureIssues => Set<FailureIssue>();

    public DbSet<ReleaseListSnapshot> ReleaseLists => Set<ReleaseListSnapshot>();

    public DbSet<AllowlistEntry> Allowlist => Set<AllowlistEntry>();

    public DbSet<CommandComment> CommandComments => Set<CommandComment>();

    public DbSet<CommentCommand> CommentCommands => Set<CommentCommand>();

    public DbSet<GitHubInstallation> Installations => Set<GitHubInstallation>();

    public DbSet<PackageAgreement> Agreements => Set<PackageAgreement>();

    public DbSet<AgreementAsk> AgreementAsks => Set<AgreementAsk>();

    public DbSet<ReleasePreview> Previews => Set<ReleasePreview>();

    public DbSet<RateState> RateStates => Set<RateState>();

    public DbSet<MessagePosition> MessagePositions => Set<MessagePosition>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PackitDb).Assembly);
        SnakeCaseNames.Apply(modelBuilder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<DeliverySource>().HaveConversion<WireNameConverter<DeliverySource>>();
        configurationBuilder.Properties<DeliveryState>().HaveConversion<WireNameConverter<DeliveryState>>();
        configurationBuilder.Properties<SyncReleaseStatus>().HaveConversion<WireNameConverter<SyncReleaseStatus>>();
        configurationBuilder.Properties<SyncReleaseTargetStatus>().HaveConversion<WireNameConverter<SyncReleaseTargetStatus>>();
        configurationBuilder.Properties<SyncReleaseJobType>().HaveConversion<WireNameConverter<SyncReleaseJobType>>();
        configurationBuilder.Properties<RunTrigger>().HaveConversion<WireNameConverter<RunTrigger>>();
        configurationBuilder.Properties<FailureKind>().HaveConversion<WireNameConverter<FailureKind>>();
        configurationBuilder.Properties<EffectState>().HaveConversion<WireNameConverter<EffectState>>();
        configurationBuilder.Properties<ProjectEventType>().HaveConversion<WireNameConverter<ProjectEventType>>();
        configurationBuilder.Properties<PullRequestState>().HaveConversion<WireNameConverter<PullRequestState>>();
        configurationBuilder.Properties<KojiBuildStatus>().HaveConversion<WireNameConverter<KojiBuildStatus>>();
        configurationBuilder.Properties<BodhiUpdateStatus>().HaveConversion<WireNameConverter<BodhiUpdateStatus>>();
        configurationBuilder.Properties<BodhiUpdateState>().HaveConversion<WireNameConverter<BodhiUpdateState>>();
        configurationBuilder.Properties<NvrClaimKind>().HaveConversion<WireNameConverter<NvrClaimKind>>();
        configurationBuilder.Properties<AllowlistStatus>().HaveConversion<WireNameConverter<AllowlistStatus>>();
        configurationBuilder.Properties<DecisionGround>().HaveConversion<WireNameConverter<DecisionGround>>();
        configurationBuilder.Properties<CommandState>().HaveConversion<WireNameConverter<CommandState>>();
        configurationBuilder.Properties<CommandPlace>().HaveConversion<WireNameConverter<CommandPlace>>();
        configurationBuilder.Properties<AgreementKind>().HaveConversion<WireNameConverter<AgreementKind>>();
        configurationBuilder.Properties<PreviewState>().HaveConversion<WireNameConverter<PreviewState>>();
        configurationBuilder.Properties<RateCause>().HaveConversion<WireNameConverter<RateCause>>();
        configurationBuilder.Properties<LogLevelName>().HaveConversion<WireNameConverter<LogLevelName>>();
    }
}

/// <summary>PostgreSQL, for production.</summary>
public sealed class PostgresDb(DbContextOptions<PostgresDb> options) : PackitDb(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        // JSON bodies shrink to a fraction; lz4 does it at a tenth of the CPU of PostgreSQL's own method (since version 14).
        modelBuilder.Entity<InboxDelivery>().Property(row => row.Body).UseCompressionMethod("lz4");
    }
}

/// <summary>SQLite, the embedded default.</summary>
public sealed class SqliteDb(DbContextOptions<SqliteDb> options) : PackitDb(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        // SQLite has no type for instants: microseconds since 1970 sort and compare as they should.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMicrosecondsConverter>();
    }
}
