using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Packit.Automation.Access;
using Packit.Automation.Agreements;
using Packit.Automation.BodhiUpdate;
using Packit.Automation.Comments;
using Packit.Automation.ConfigCheck;
using Packit.Automation.Downstream;
using Packit.Automation.Effects;
using Packit.Automation.Engine;
using Packit.Automation.Explaining;
using Packit.Automation.Installing;
using Packit.Automation.Intake;
using Packit.Automation.KojiBuild;
using Packit.Automation.Limits;
using Packit.Automation.Matching;
using Packit.Automation.Previewing;
using Packit.Automation.ProposeDownstream;
using Packit.Automation.Releases;
using Packit.Automation.Reporting;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.Automation.Workspaces;
using Packit.Bodhi;
using Packit.DistGit;
using Packit.GitHub;
using Packit.Http;
using Packit.Pagure;

namespace Packit.Automation;

/// <summary>Registers the heart of the service: from stored deliveries to pull requests.</summary>
public static class AutomationServices
{
    /// <summary>What every role needs to know. Options are bound and validated at start, all problems at once.</summary>
    public static IServiceCollection AddServiceOptions(this IServiceCollection services, IConfiguration configuration)
    {
        Bind<ServiceOptions>(services, configuration, ServiceOptions.Section);
        return services;
    }

    /// <summary>What the role needs that takes webhooks in.</summary>
    public static IServiceCollection AddWebhookOptions(this IServiceCollection services, IConfiguration configuration)
    {
        Bind<WebhookOptions>(services, configuration, WebhookOptions.Section);
        return services;
    }

    /// <summary>What the worker needs: it alone holds credentials for publishing.</summary>
    public static IServiceCollection AddWorkerOptions(this IServiceCollection services, IConfiguration configuration)
    {
        Bind<GitHubOptions>(services, configuration, GitHubOptions.Section);
        Bind<GitHubLimitSettings>(services, configuration, GitHubLimitSettings.Section);
        Bind<CommandOptions>(services, configuration, CommandOptions.Section);
        Bind<InstallingOptions>(services, configuration, InstallingOptions.Section);
        Bind<DistGitOptions>(services, configuration, DistGitOptions.Section);
        Bind<LookasideSettings>(services, configuration, LookasideSettings.Section);
        Bind<BodhiOptions>(services, configuration, BodhiOptions.Section);
        Bind<KojiSettings>(services, configuration, KojiSettings.Section);
        Bind<FasjsonSettings>(services, configuration, FasjsonSettings.Section);
        Bind<BugzillaOptions>(services, configuration, BugzillaOptions.Section);
        Bind<ArchiveOptions>(services, configuration, ArchiveOptions.Section);
        Bind<RpmSpecSettings>(services, configuration, RpmSpecSettings.Section);
        Bind<AgreementOptions>(services, configuration, AgreementOptions.Section);
        return services;
    }

    /// <summary>The clients of the remote services. They live as long as the process.</summary>
    public static IServiceCollection AddRemoteClients(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<RateNotes>().AddSingleton<DistGitCredentials>();
        services.AddSingleton<DistGitAddresses>();
        services.AddSingleton<DashboardAddresses>();
        services.AddSingleton(RemoteClients.GitHub);
        services.AddSingleton(RemoteClients.Pagure);
        services.AddSingleton(RemoteClients.Bodhi);
        services.AddSingleton(RemoteClients.Koji);
        services.AddSingleton(RemoteClients.Fasjson);
        services.AddSingleton(RemoteClients.Lookaside);
        services.AddSingleton(RemoteClients.Archives);
        services.AddSingleton(RemoteClients.Git);
        services.AddSingleton(RemoteClients.RpmSpec);
        return services;
    }

    /// <summary>Reading deliveries and running jobs: the worker.</summary>
    public static IServiceCollection AddAutomation(this IServiceCollection services)
    {
        services.AddSingleton<IDeliveryReader, DeliveryReader>();
        services.AddSingleton<DeliverySubjects>();
        services.AddSingleton<ReleaseIntake>().AddSingleton<ConfigLoader>().AddSingleton<DecisionRows>();
        services.AddSingleton<IssueComments>().AddSingleton<IssueCommandRuns>().AddSingleton<CommandRows>().AddSingleton<AnswerQueue>().AddSingleton<AnswerComment>();
        services.AddSingleton<IJobHandler, AnswerJob>().AddSingleton<FailureIssues>().AddSingleton<ReleaseChoice>();
        services.AddSingleton<IIssueCommand, HelpCommand>().AddSingleton<ProposeDownstreamCommand>();
        services.AddSingleton<IIssueCommand>(provider => provider.GetRequiredService<ProposeDownstreamCommand>());
        services.AddSingleton<ICommandProgress>(provider => provider.GetRequiredService<ProposeDownstreamCommand>());
        services.AddSingleton<ConfigCheckIntake>().AddSingleton<ConfigSight>();
        services.AddSingleton<Allowlist>().AddSingleton<EffectLedger>().AddSingleton<DistributionReleases>();
        services.AddHostedService<ReleaseListRefresh>().AddHostedService<RateExchange>();
        services.AddSingleton<CheckReporter>().AddSingleton<IssueReporter>().AddSingleton<IJobHandler, CheckResendJob>();
        services.AddSingleton<CheckReruns>().AddSingleton<ReleaseReruns>().AddSingleton<AccessGate>().AddSingleton<AccessFacts>().AddSingleton<ServedRepositories>().AddSingleton<CommandRate>();
        services.TryAddSingleton<ShownProjects>();
        AddInstalling(services);
        services.AddSingleton<ProcessFolder>().AddHostedService<LeftoverSweep>().AddSingleton<WorkspaceFactory>().AddSingleton<WorkspacePool>();

        services.AddSingleton<PackageAgreements>().AddSingleton<UpstreamIdentities>().AddSingleton<AgreementAsks>().AddSingleton<AgreementTurns>();
        services.AddSingleton<WaitingTargets>().AddSingleton<IPullRequestCommand, AllowUpstreamCommand>().AddSingleton<IJobHandler, AgreementWatchJob>();

        services.AddSingleton<RunStarter>().AddSingleton<TargetRows>().AddSingleton<TargetReporter>().AddSingleton<DistGitProjects>();
        services.AddSingleton<BranchFiles>().AddSingleton<BranchMaterial>().AddSingleton<SpecQuestions>().AddSingleton<ArchiveStep>().AddSingleton<PushStep>().AddSingleton<PullRequestStep>();
        services.AddSingleton<FastForwardStep>().AddSingleton<ForkAccess>().AddSingleton<ProposeDownstreamWork>();
        services.AddSingleton<IResolvedBugs, BugzillaBugs>();
        services.AddSingleton<IJobHandler, ProposeDownstreamHandler>().AddSingleton<IJobHandler, RunReportJob>();

        services.AddSingleton<DistGitConfigs>().AddSingleton<DistGitAccounts>().AddSingleton<IssueRepositories>();
        services.AddSingleton<PullRequestCommands>().AddSingleton<PullRequestCommandRuns>().AddSingleton<PullRequestAnswers>().AddSingleton<IJobHandler, PullRequestAnswerJob>().AddSingleton<PullRequestThread>().AddSingleton<PullRequestRows>();
        services.AddSingleton<KojiBuildIntake>().AddSingleton<PushConditions>().AddSingleton<KojiBuildStarter>().AddSingleton<KojiBuildRows>();
        services.AddSingleton<PackageCheckout>().AddSingleton<KojiBuildWork>().AddSingleton<KojiWatchRows>().AddSingleton<BuildLogTail>();
        services.AddSingleton<KojiBuildFollower>().AddSingleton<KnownBuilds>().AddSingleton<CommitFlags>().AddSingleton<KojiBuildIssues>();
        services.AddSingleton<IPackagers, FasjsonPackagers>().AddSingleton<IPullRequestCommand, KojiBuildCommand>();
        services.AddSingleton<IJobHandler, KojiBuildHandler>().AddSingleton<IJobHandler, KojiWatchJob>().AddSingleton<IJobHandler, KojiBuildReportJob>();

        services.AddSingleton<UpdateEvents>().AddSingleton<UpdateIntake>().AddSingleton<CompleteBuilds>().AddSingleton<OwnBuilds>().AddSingleton<UpdateStarter>();
        services.AddSingleton<UpdateRows>().AddSingleton<WaitingUpdates>().AddSingleton<UpdatesInBodhi>().AddSingleton<ChangelogNews>();
        services.AddSingleton<BodhiUpdateWork>().AddSingleton<UpdateIssues>().AddSingleton<UpdateFollower>();
        services.AddSingleton<IPullRequestCommand, CreateUpdateCommand>();
        services.AddSingleton<IJobHandler, BodhiUpdateHandler>().AddSingleton<IJobHandler, UpdateReportJob>().AddSingleton<IJobHandler, MissedBuildsJob>();
        services.AddSingleton<IJobHandler>(provider => provider.GetRequiredService<UpdateFollower>());

        services.AddSingleton<IssuePackages>().AddSingleton<RetryBuildsCommand>().AddSingleton<RetryUpdatesCommand>();
        services.AddSingleton<IIssueCommand>(provider => provider.GetRequiredService<RetryBuildsCommand>());
        services.AddSingleton<ICommandProgress>(provider => provider.GetRequiredService<RetryBuildsCommand>());
        services.AddSingleton<IIssueCommand>(provider => provider.GetRequiredService<RetryUpdatesCommand>());
        services.AddSingleton<ICommandProgress>(provider => provider.GetRequiredService<RetryUpdatesCommand>());

        services.AddPreviewsByComment();

        services.AddSingleton<TargetLogSink>().AddHostedService(provider => provider.GetRequiredService<TargetLogSink>());
        return services;
    }

    private static void AddInstalling(IServiceCollection services)
    {
        services.AddSingleton<Installations>().AddSingleton<InstallationRows>().AddSingleton<Renaming>().AddSingleton<KnownRepositories>();
        services.AddSingleton<InstalledWork>().AddSingleton<Approval>().AddSingleton<ApprovalIssues>().AddSingleton<FasMatch>().AddSingleton<Refusals>();
        services.AddSingleton<AllowlistChanges>().AddSingleton<RefusedReleaseJob>().AddSingleton<IIssueCommand, VerifyFasCommand>();
        services.AddSingleton<IJobHandler, ApprovalIssueJob>().AddSingleton<IJobHandler>(provider => provider.GetRequiredService<RefusedReleaseJob>());
        services.AddSingleton(provider => new Rereading(
            provider.GetRequiredService<IPackitDbFactory>(), provider.GetRequiredService<WakeUps>(), provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>What pages need to follow a target while it moves.</summary>
    public static IServiceCollection AddTargetSignals(this IServiceCollection services) => services.AddSingleton<TargetSignals>();

    private static void Bind<T>(IServiceCollection services, IConfiguration configuration, string section)
        where T : class =>
        services.AddOptions<T>().Bind(configuration.GetSection(section)).ValidateDataAnnotations().ValidateOnStart();
}
