using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Packit.Automation.Limits;
using Packit.Automation.Settings;
using Packit.Bodhi;
using Packit.DistGit;
using Packit.Fasjson;
using Packit.GitHub;
using Packit.Http;
using Packit.Koji;
using Packit.Pagure;

namespace Packit.Automation;

/// <summary>Makes the clients of the remote services from the options.</summary>
internal static class RemoteClients
{
    /// <summary>Pagure answers a wish for a fork when the fork is made, which takes a while for a large package.</summary>
    private static readonly TimeSpan ForkTime = TimeSpan.FromSeconds(90);

    public static GitHubClient GitHub(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<GitHubOptions>>().Value;
        var key = SecretFile.Read(options.PrivateKeyFile, $"{GitHubOptions.Section}:{nameof(GitHubOptions.PrivateKeyFile)}");
        return new GitHubClient(
            Api(services, options.ApiUrl),
            new GitHubAppCredentials(options.AppId, key, options.AppSlug),
            Time(services),
            services.GetRequiredService<IOptions<GitHubLimitSettings>>().Value.ToLimits(),
            services.GetRequiredService<RateNotes>());
    }

    public static PagureClient Pagure(IServiceProvider services) => new(
        Api(services, services.GetRequiredService<IOptions<DistGitOptions>>().Value.Url, ForkTime),
        services.GetRequiredService<DistGitCredentials>().Token,
        Time(services));

    public static BodhiClient Bodhi(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<BodhiOptions>>().Value;
        return new BodhiClient(
            BodhiClients.Api(Root(options.Url), UserAgent(services), Time(services)),
            BodhiClients.Login(new OidcOptions { Issuer = new Uri(options.Issuer.TrimEnd('/')) }, UserAgent(services), Time(services)),
            Time(services));
    }

    public static KojiClient Koji(IServiceProvider services)
    {
        var settings = services.GetRequiredService<IOptions<KojiSettings>>().Value;
        return new KojiClient(
            new KojiOptions
            {
                HubUrl = new Uri(settings.HubUrl),
                WebUrl = new Uri(settings.WebUrl),
                FilesUrl = new Uri(settings.FilesUrl),
                Login = settings.Login,
                ClientCertificateFile = settings.ClientCertificateFile is { Length: > 0 } file ? file : null,
                User = settings.User is { Length: > 0 } user ? user : null,
                Password = settings.Login == KojiLogin.Password
                    ? SecretFile.Read(settings.PasswordFile, $"{KojiSettings.Section}:{nameof(KojiSettings.PasswordFile)}")
                    : null,
            },
            UserAgent(services),
            Time(services));
    }

    public static FasjsonClient Fasjson(IServiceProvider services)
    {
        var settings = services.GetRequiredService<IOptions<FasjsonSettings>>().Value;
        var options = new FasjsonOptions { Root = new Uri(settings.Url.EndsWith('/') ? settings.Url : settings.Url + "/"), Login = settings.Login };
        return new FasjsonClient(FasjsonClients.Create(options, UserAgent(services), Time(services)), Time(services));
    }

    public static LookasideOptions LookasideOptions(IServiceProvider services)
    {
        var settings = services.GetRequiredService<IOptions<LookasideSettings>>().Value;
        return new LookasideOptions
        {
            UploadUrl = new Uri(settings.UploadUrl),
            DownloadUrl = new Uri(settings.DownloadUrl),
            Namespace = services.GetRequiredService<IOptions<DistGitOptions>>().Value.Namespace,
            Login = settings.Login,
            ClientCertificateFile = settings.ClientCertificateFile is { Length: > 0 } file ? file : null,
        };
    }

    public static LookasideCache Lookaside(IServiceProvider services)
    {
        var options = LookasideOptions(services);
        return new LookasideCache(
            LookasideClients.Upload(options, UserAgent(services), Time(services)), LookasideClients.Download(UserAgent(services), Time(services)), options);
    }

    public static ArchiveDownloader Archives(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<ArchiveOptions>>().Value;
        var policy = options.AllowLoopback ? EgressPolicy.Loopback : EgressPolicy.Public;
        var limits = new ArchiveLimits { MaxBytes = options.MaxBytes, TotalTime = options.MaxTime };
        return new ArchiveDownloader(ArchiveDownloader.Client(policy, UserAgent(services), Time(services)), new EgressGuard(policy), limits, Time(services));
    }

    public static GitOptions GitOptions(IServiceProvider services) =>
        new() { AllowHttp = services.GetRequiredService<IOptions<ArchiveOptions>>().Value.AllowLoopback, UserAgent = $"git/{UserAgent(services)}" };

    public static GitProgram Git(IServiceProvider services) => new(
        GitOptions(services),
        Time(services),
        services.GetRequiredService<ILogger<GitProgram>>());

    public static RpmSpecProgram RpmSpec(IServiceProvider services)
    {
        var settings = services.GetRequiredService<IOptions<RpmSpecSettings>>().Value;
        var confined = new ConfinedProgram(Time(services), services.GetRequiredService<ILogger<ConfinedProgram>>(), settings.Bubblewrap);
        var limits = new ConfinedLimits { Time = TimeSpan.FromSeconds(settings.TimeLimitSeconds), MemoryBytes = (long)settings.MemoryMegabytes << 20 };
        return new RpmSpecProgram(confined, new RpmSpecOptions { Program = settings.Program, Limits = limits });
    }

    public static HttpClient Api(IServiceProvider services, string url, TimeSpan? timeout = null)
    {
        var settings = new HttpClientSettings { UserAgent = UserAgent(services) };
        var client = HttpClients.Create(settings with { Timeout = timeout ?? settings.Timeout }, Time(services));
        client.BaseAddress = Root(url);
        return client;
    }

    private static Uri Root(string url) => new(url.EndsWith('/') ? url : url + "/");

    private static TimeProvider Time(IServiceProvider services) => services.GetRequiredService<TimeProvider>();

    // packit.dev/packit-prod (prod+packit@packit.dev): how upstream hosts know the established service.
    public static string UserAgent(IServiceProvider services)
    {
        var deployment = services.GetRequiredService<IOptions<ServiceOptions>>().Value.Deployment;
        return $"packit.dev/packit-{deployment} ({deployment}+packit@packit.dev)";
    }
}
