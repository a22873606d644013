using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Packit.Automation.ProposeDownstream;
using Packit.Automation.Settings;
using Packit.Bodhi;
using Packit.DistGit;
using Packit.Http;
using Packit.Koji;
using Packit.Pagure;

namespace Packit.Automation.Previewing;

/// <summary>Makes what previews read with: clients without credentials, and a git that pushes nothing.</summary>
internal static class PreviewReaders
{
    /// <summary>The longest time of one git command: a preview has time for some of them.</summary>
    private static readonly TimeSpan GitTime = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LookTime = TimeSpan.FromSeconds(15);

    public static FedoraReader Fedora(IServiceProvider services)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var distGit = services.GetRequiredService<IOptions<DistGitOptions>>();
        var koji = services.GetRequiredService<IOptions<KojiSettings>>().Value;
        var bodhi = services.GetRequiredService<IOptions<BodhiOptions>>().Value;
        var userAgent = RemoteClients.UserAgent(services);
        return new FedoraReader(
            new PagureClient(RemoteClients.Api(services, distGit.Value.Url), token: null, time),
            new KojiClient(
                new KojiOptions
                {
                    HubUrl = new Uri(koji.HubUrl), WebUrl = new Uri(koji.WebUrl), FilesUrl = new Uri(koji.FilesUrl), Login = KojiLogin.None,
                    Timeout = TimeSpan.FromSeconds(30), Retries = 1,
                },
                userAgent, time),
            new BodhiClient(RemoteClients.Api(services, bodhi.Url), time),
            new DistGitPlaces(distGit),
            distGit);
    }

    public static GitProgram Git(IServiceProvider services, bool ofThisMachineToo) => new(
        RemoteClients.GitOptions(services) with { MayPush = false, AllowFile = ofThisMachineToo, Timeout = GitTime },
        services.GetRequiredService<TimeProvider>(),
        services.GetRequiredService<ILogger<GitProgram>>());

    public static SourcePreviewer Sources(IServiceProvider services)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var archives = services.GetRequiredService<IOptions<ArchiveOptions>>().Value;
        var policy = archives.AllowLoopback ? EgressPolicy.Loopback : EgressPolicy.Public;
        var userAgent = RemoteClients.UserAgent(services);
        var probe = new ArchiveProbe(
            ArchiveDownloader.Client(policy, userAgent, time), new EgressGuard(policy), new ArchiveLimits { MaxBytes = archives.MaxBytes, IdleTime = LookTime }, time);
        return new SourcePreviewer(probe, new LookasideReader(LookasideClients.Download(userAgent, time), RemoteClients.LookasideOptions(services)));
    }

    /// <summary>Puts the parts of a preview together.</summary>
    public static ReleasePreviewer Previewer(IServiceProvider services, bool ofThisMachineToo)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var distGit = services.GetRequiredService<IOptions<DistGitOptions>>();
        var files = services.GetRequiredService<BranchFiles>();
        var fedora = services.GetRequiredService<FedoraReader>();
        var standing = services.GetRequiredService<IPreviewStanding>();
        var branches = new BranchPreviewer(
            files, services.GetRequiredService<SpecQuestions>(), new ChangePreviewer(Sources(services), distGit, time), new ConflictPreviewer(fedora, distGit),
            fedora, distGit, time);
        return new ReleasePreviewer(
            Git(services, ofThisMachineToo), services.GetRequiredService<IAliasSource>(), standing,
            new PackagePreviewer(fedora, services.GetRequiredService<IResolvedBugs>(), standing, branches), new TagOfCommit(files),
            services.GetRequiredService<IOptions<ServiceOptions>>(), time);
    }
}
