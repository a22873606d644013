using Microsoft.AspNetCore.Routing;
using Packit.Http;
using Packit.Sandbox.Archives;
using Packit.Sandbox.Bodhi;
using Packit.Sandbox.Bugzilla;
using Packit.Sandbox.Bus;
using Packit.Sandbox.Datagrepper;
using Packit.Sandbox.Fasjson;
using Packit.Sandbox.Git;
using Packit.Sandbox.GitHub;
using Packit.Sandbox.Hosting;
using Packit.Sandbox.Identity;
using Packit.Sandbox.Koji;
using Packit.Sandbox.Lookaside;
using Packit.Sandbox.Pagure;

namespace Packit.Sandbox;

/// <summary>
/// Fedora's release chain in one process: stand-ins with memory for GitHub, dist-git, the lookaside cache, Koji, Bodhi, the accounts,
/// the message bus with its archive, and Bugzilla, over real HTTP and git on loopback. A test or the demo drives it as people would.
/// </summary>
public sealed class World : IAsyncDisposable
{
    /// <summary>What <see cref="KerberosLogin.Token"/> wants to see.</summary>
    public const string KerberosToken = KerberosGate.Token;

    private const string StateFile = "state.json";
    private readonly WorldOptions _options;
    private readonly WorldState _state;
    private readonly HttpClient _http;
    private readonly StateKeeper _keeper;
    private readonly BrokerBridge? _bridge;
    private readonly List<StandInServer> _servers = [];

    private World(WorldOptions options, WorldState state, AppIdentity app)
    {
        _options = options;
        _state = state;
        _http = HttpClients.Create(new HttpClientSettings { Retries = 0, Timeout = TimeSpan.FromSeconds(10) }, TimeProvider.System);
        _keeper = new StateKeeper(() => state.Save(Path.Combine(options.Folder, StateFile)));
        Bus = new MessageBus(options.Time, Path.Combine(options.Folder, "bus.jsonl"));
        GitHub = new GitHubStandIn(
            Path.Combine(options.Folder, "github"), state.GitHub, app, options.Time, _http, options.WebhookSecret, options.DeliverOwnEvents);
        Pagure = new PagureStandIn(Path.Combine(options.Folder, "dist-git"), state.Pagure, options.Time, options.ServiceUser, Bus);
        Lookaside = new LookasideStandIn(Path.Combine(options.Folder, "lookaside"), options.LookasideLogin, Pagure.Has);
        Koji = new KojiStandIn(Path.Combine(options.Folder, "koji"), state.Koji, options, Bus, Pagure, Lookaside);
        var gate = new KerberosGate(options.KerberosLogin, options.ServiceUser);
        Fasjson = new FasjsonStandIn(state.Fasjson, options.Time, gate);
        Pagure.Trusted = user => Fasjson.AddToGroup(user, FasjsonStandIn.Packagers);
        Identity = new IdentityStandIn(state.Identity, options.Time, gate, user => [.. Fasjson.GroupsOf(user), "ipausers"]);
        Bodhi = new BodhiStandIn(
            state.Bodhi, options.Time, Bus, Identity, (package, user) => Pagure.Find("rpms", package) is { } project && Pagure.MayCommit(project, user));
        Bodhi.Builds = new KojiBuildTags(Koji);
        Datagrepper = new DatagrepperStandIn(Bus, options.Time);
        _bridge = options.Broker is { } broker ? new BrokerBridge(Bus, broker) : null;
        Bugzilla = new BugzillaStandIn();
        Archives = new ArchiveHost(Path.Combine(options.Folder, "archives"));
    }

    public GitHubStandIn GitHub { get; }

    public PagureStandIn Pagure { get; }

    public LookasideStandIn Lookaside { get; }

    public KojiStandIn Koji { get; }

    public BodhiStandIn Bodhi { get; }

    /// <summary>The OpenID Connect provider through which one logs in to Bodhi.</summary>
    public IdentityStandIn Identity { get; }

    /// <summary>The account system: who there is, and who is in which group.</summary>
    public FasjsonStandIn Fasjson { get; }

    /// <summary>The archive of the message bus.</summary>
    public DatagrepperStandIn Datagrepper { get; }

    public BugzillaStandIn Bugzilla { get; }

    public ArchiveHost Archives { get; }

    /// <summary>Where stand-ins publish what happened, as Fedora's do on its message bus.</summary>
    public MessageBus Bus { get; }

    /// <summary>Every request that a stand-in got.</summary>
    public RequestLog Requests { get; } = new();

    /// <summary>Troubles on demand.</summary>
    public FaultList Faults { get; } = new();

    /// <summary>GitHub's REST API, in the place of <c>https://api.github.com/</c>.</summary>
    public Uri GitHubApi => GitHub.Api;

    /// <summary>GitHub's web host, in the place of <c>https://github.com/</c>.</summary>
    public Uri GitHubWeb => GitHub.Web;

    /// <summary>In the place of <c>https://src.fedoraproject.org/</c>; the API is under <c>api/0/</c>.</summary>
    public Uri DistGit => Pagure.Address;

    /// <summary>In the place of <c>https://src.fedoraproject.org/repo/pkgs/upload.cgi</c>.</summary>
    public Uri LookasideUpload => new(Lookaside.Address, "repo/pkgs/upload.cgi");

    /// <summary>In the place of <c>https://src.fedoraproject.org/repo/pkgs</c>.</summary>
    public Uri LookasideDownload => new(Lookaside.Address, "repo/pkgs");

    /// <summary>In the place of <c>https://koji.fedoraproject.org/kojihub</c>.</summary>
    public Uri KojiHub => Koji.Hub;

    /// <summary>In the place of <c>https://koji.fedoraproject.org/koji/</c>.</summary>
    public Uri KojiWeb => Koji.Web;

    /// <summary>In the place of <c>https://kojipkgs.fedoraproject.org/</c>.</summary>
    public Uri KojiFiles => Koji.Address;

    /// <summary>In the place of <c>https://bodhi.fedoraproject.org/</c>.</summary>
    public Uri BodhiApi => Bodhi.Address;

    /// <summary>In the place of <c>https://id.fedoraproject.org/openidc</c>.</summary>
    public Uri OpenIdIssuer => Identity.Issuer;

    /// <summary>In the place of <c>https://fasjson.fedoraproject.org/</c>.</summary>
    public Uri FasjsonApi => Fasjson.Address;

    /// <summary>In the place of <c>https://apps.fedoraproject.org/datagrepper/</c>.</summary>
    public Uri DatagrepperApi => new(Datagrepper.Address, "datagrepper/");

    /// <summary>In the place of <c>https://bugzilla.redhat.com/</c>.</summary>
    public Uri BugzillaApi => Bugzilla.Address;

    /// <summary>An upstream's own download host.</summary>
    public Uri ArchiveAddress => Archives.Address;

    /// <summary>The App's numeric id.</summary>
    public long AppId => GitHub.App.Id;

    /// <summary>The App's slug; its bot is <c>slug[bot]</c>.</summary>
    public string AppSlug => GitHub.App.Slug;

    /// <summary>The App's private key, PKCS#1 in PEM as GitHub hands it out.</summary>
    public string AppPrivateKeyPem => GitHub.App.PrivateKeyPem;

    /// <summary>The service's API token in dist-git, which is its password for git over http too.</summary>
    public string PagureToken => Pagure.Token;

    /// <summary>The service's account in dist-git.</summary>
    public string ServiceUser => _options.ServiceUser;

    public string WebhookSecret => _options.WebhookSecret;

    /// <summary>Where GitHub sends its deliveries: the service under test. Null: nobody listens, and attempts are remembered as failed.</summary>
    public Uri? WebhookTarget
    {
        get => GitHub.WebhookTarget;
        set => GitHub.WebhookTarget = value;
    }

    /// <summary>Starts the servers on free loopback ports (on those of the last start on this folder, when they are free).</summary>
    public static async Task<World> StartAsync(WorldOptions options, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options = options with { Folder = Path.GetFullPath(options.Folder) };
        Directory.CreateDirectory(options.Folder);
        var world = new World(options, WorldState.Load(Path.Combine(options.Folder, StateFile)), new AppIdentity(options.Folder, options.AppSlug));
        try
        {
            await world.ListenAsync(ct);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes an upstream project with a first commit and its owner as administrator; the App is there already unless told otherwise.</summary>
    public async Task<UpstreamProject> CreateUpstreamAsync(
        string owner, string name, FileSet files, string defaultBranch = "main", bool installed = true, CancellationToken ct = default)
    {
        GitHub.AddAccount(owner, "Organization");
        Repository repository;
        lock (GitHub.State.Gate)
        {
            var now = _options.Time.GetUtcNow();
            long id = GitHub.State.NextId();
            bool isTaken = GitHub.State.Repositories.Exists(known => known.Folder == $"{owner}/{name}");
            repository = new Repository
            {
                Id = id, Owner = owner, Name = name, DefaultBranch = defaultBranch, CreatedAt = now, Installed = installed,
                Folder = isTaken ? $"{owner}/{name}-{id}" : null,
            };
            if (installed && !GitHub.State.Installations.Exists(known => known.Owner == owner))
            {
                GitHub.State.Installations.Add(
                    new Installation { Id = GitHub.State.NextId(), Owner = owner, CreatedAt = now, Permissions = GitHubStandIn.AppPermissions() });
            }
        }

        await BareRepository.InitAsync(GitHub.GitOf(repository).Folder, defaultBranch, ct);
        lock (GitHub.State.Gate)
        {
            GitHub.State.Repositories.Add(repository);
        }

        var project = new UpstreamProject(this, repository);
        project.SetPermission(owner, "admin");
        await project.CommitAsync(files, "First commit", ct: ct);
        _keeper.Changed();
        return project;
    }

    /// <summary>An upstream project that is there already, or null.</summary>
    public UpstreamProject? FindUpstream(string owner, string name) =>
        GitHub.FindRepository(owner, name) is { } repository ? new UpstreamProject(this, repository) : null;

    /// <summary>Makes a package in dist-git with these branches, all at one first commit; the first maintainer owns it, the others may commit.</summary>
    public Task<DistGitPackage> CreatePackageAsync(
        string name, IReadOnlyList<string> branches, FileSet files, IReadOnlyList<string>? maintainers = null, CancellationToken ct = default) =>
        CreatePackageAsync(name, branches.ToDictionary(branch => branch, _ => files), maintainers, ct);

    /// <summary>Makes a package in dist-git whose branches hold different files.</summary>
    public async Task<DistGitPackage> CreatePackageAsync(
        string name, IReadOnlyDictionary<string, FileSet> branches, IReadOnlyList<string>? maintainers = null, CancellationToken ct = default)
    {
        string owner = maintainers is [var first, ..] ? first : "maintainer";
        var project = Pagure.Add("rpms", name, owner);
        string defaultBranch = branches.ContainsKey("rawhide") ? "rawhide" : branches.Keys.FirstOrDefault("rawhide");
        var git = await BareRepository.InitAsync(Pagure.GitOf(project).Folder, defaultBranch, ct);
        var package = new DistGitPackage(Pagure, project);
        Fasjson.AddToGroup(owner, FasjsonStandIn.Packagers);
        foreach (string other in maintainers?.Skip(1) ?? [])
        {
            package.SetAccess(other, "commit");
        }

        using var import = new FastImport();
        var marks = new Dictionary<FileSet, string>();
        foreach (var (branch, files) in branches)
        {
            if (marks.TryGetValue(files, out string? mark))
            {
                import.Reset("refs/heads/" + branch, mark);
            }
            else
            {
                var author = new Person("A Maintainer", "maintainer@fedora.example");
                marks[files] = import.Commit("refs/heads/" + branch, from: null, files, "Initial import", author, _options.Time.GetUtcNow());
            }
        }

        await git.ImportAsync(import, ct);
        _keeper.Changed();
        return package;
    }

    /// <summary>A package that is there already, or null.</summary>
    public DistGitPackage? FindPackage(string name) =>
        Pagure.Find("rpms", name) is { } project ? new DistGitPackage(Pagure, project) : null;

    /// <summary>Writes <c>state.json</c> now; it is written by itself soon after each change and at the end.</summary>
    public void Save() => _keeper.Save();

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_servers.Select(server => server.DisposeAsync().AsTask()));
        await Koji.DisposeAsync();
        if (_bridge is not null)
        {
            await _bridge.DisposeAsync();
        }

        await Bus.DisposeAsync();
        await _keeper.DisposeAsync();
        _http.Dispose();
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        var traffic = new Traffic(Requests, Faults, _options.Time) { Changed = _keeper.Changed };
        var starts = new (string Name, Action<IEndpointRouteBuilder> Map, Action<Uri> Tell)[]
        {
            (Servers.GitHubApi, routes => GitHubApiRoutes.Map(routes, GitHub), uri => GitHub.Api = uri),
            (Servers.GitHubWeb, routes => GitHubWebRoutes.Map(routes, GitHub), uri => GitHub.Web = uri),
            (Servers.Pagure, routes => PagureRoutes.Map(routes, Pagure), uri => Pagure.Address = uri),
            (Servers.Lookaside, routes => LookasideRoutes.Map(routes, Lookaside), uri => Lookaside.Address = uri),
            (Servers.Koji, routes => HubRoutes.Map(routes, Koji), uri => Koji.Address = uri),
            (Servers.Bodhi, routes => BodhiRoutes.Map(routes, Bodhi), uri => Bodhi.Address = uri),
            (Servers.Identity, routes => IdentityRoutes.Map(routes, Identity), uri => Identity.Address = uri),
            (Servers.Fasjson, routes => FasjsonRoutes.Map(routes, Fasjson), uri => Fasjson.Address = uri),
            (Servers.Datagrepper, routes => DatagrepperRoutes.Map(routes, Datagrepper), uri => Datagrepper.Address = uri),
            (Servers.Bugzilla, routes => BugzillaRoutes.Map(routes, Bugzilla), uri => Bugzilla.Address = uri),
            (Servers.Archives, routes => ArchiveRoutes.Map(routes, Archives), uri => Archives.Address = uri),
        };
        foreach (var (name, map, tell) in starts)
        {
            var server = await StandInServer.StartAsync(name, _state.Ports.GetValueOrDefault(name), traffic, map, ct);
            _servers.Add(server);
            tell(server.Address);
            _state.Ports[name] = server.Address.Port;
        }

        Koji.Changed = _keeper.Changed;
        Koji.Builder.Resume();
    }
}
