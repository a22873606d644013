using Packit.Sandbox.Bodhi;
using Packit.Sandbox.Bus;
using Packit.Sandbox.Hosting;
using Packit.Sandbox.Lookaside;
using Packit.Sandbox.Pagure;

namespace Packit.Sandbox.Koji;

/// <summary>
/// Koji as its users see it: the hub over XML-RPC, builders that read the sandbox's dist-git and finish or fail on request,
/// logs where the real ones are, and a message on the bus for each step.
/// </summary>
public sealed class KojiStandIn : IAsyncDisposable
{
    internal const string Version = "1.35.3";
    internal const string HostName = "buildvm-x86-01.sandbox.example";

    internal KojiStandIn(string folder, KojiState state, WorldOptions options, MessageBus bus, PagureStandIn pagure, LookasideStandIn lookaside)
    {
        State = state;
        Time = options.Time;
        Gate = options.KojiGate;
        ServiceUser = options.ServiceUser;
        DistGit = pagure;
        Accounts = new KojiAccounts(state);
        Sessions = new HubSessions(state, options.Time);
        Tags = new TagTree(state, pagure);
        Files = new LogFiles(Path.Combine(folder, "work"));
        Views = new KojiViews(state, Accounts);
        Messages = new KojiMessages(this, bus);
        Steps = new TaskSteps(this);
        BuildSteps = new BuildSteps(this);
        Sources = new SourceReader(pagure, lookaside);
        Builder = new Builder(this);
        MassRebuild = new MassRebuild(this, bus, options.Time);
        Accounts.Ensure("kojiadmin", admin: true);
        Accounts.Ensure(options.ServiceUser);
        Accounts.Ensure("bodhi", admin: true);
        KojiReleases.Ensure(Tags, BodhiStandIn.Usual);
    }

    /// <summary>Where it listens, with a trailing slash; the site of pages, of logs and of the hub at once.</summary>
    public Uri Address { get; internal set; } = new("http://127.0.0.1/");

    /// <summary>In the place of <c>https://koji.fedoraproject.org/kojihub</c>.</summary>
    public Uri Hub => new(Address, "kojihub");

    /// <summary>In the place of <c>https://koji.fedoraproject.org/koji/</c>.</summary>
    public Uri Web => new(Address, "koji/");

    /// <summary>What <see cref="KojiGate.Token"/> wants to see.</summary>
    public string Token { get; } = "sandbox-koji-token";

    /// <summary>The service account's password, for the login with name and password.</summary>
    public string Password { get; } = "sandbox-koji-password";

    /// <summary>Further accounts that log in with name and password, such as that of a staging deployment.</summary>
    public IDictionary<string, string> FurtherLogins { get; } = new Dictionary<string, string>();

    /// <summary>Whether every call is answered with the fault of a hub that is down for maintenance.</summary>
    public bool IsOffline { get; set; }

    /// <summary>Whether builders take tasks as they come; otherwise they stay free until <see cref="StartAsync"/>.</summary>
    public bool StartsByItself
    {
        get => Builder.StartsByItself;
        set => Builder.StartsByItself = value;
    }

    /// <summary>How long builds take by the world's clock; null (the default): until <see cref="FinishAsync"/> or another end.</summary>
    public TimeSpan? BuildTime
    {
        get => Builder.BuildTime;
        set
        {
            Builder.BuildTime = value;
            Builder.Resume();
        }
    }

    /// <summary>
    /// The time from complete to tagged: zero (the default) for at once, null for "not before <see cref="TagNowAsync"/>". In between is the race of
    /// a build that is complete and cannot be used by an update yet.
    /// </summary>
    public TimeSpan? TagDelay
    {
        get => Builder.TagDelay;
        set
        {
            Builder.TagDelay = value;
            Builder.Resume();
        }
    }

    /// <summary>The header from which the call number is read: <c>Koji-Session-Callnum</c>, or <c>Koji-Callnum</c> as hubs from 1.31 to 1.35.3 do.</summary>
    public string CallNumberHeader
    {
        get => Sessions.NumberHeader;
        set => Sessions.NumberHeader = value;
    }

    /// <summary>Messages of builds that nobody here has anything to do with, by the thousand.</summary>
    public MassRebuild MassRebuild { get; }

    /// <summary>All builds, oldest first.</summary>
    public IReadOnlyList<KojiBuildView> Builds
    {
        get
        {
            lock (State.Gate)
            {
                return [.. State.Builds.Values.Select(Views.Of)];
            }
        }
    }

    /// <summary>All tasks, children included, oldest first.</summary>
    public IReadOnlyList<KojiTaskView> Tasks
    {
        get
        {
            lock (State.Gate)
            {
                return [.. State.Tasks.Values.Select(Views.Of)];
            }
        }
    }

    public IReadOnlyList<KojiSideTagView> SideTags
    {
        get
        {
            lock (State.Gate)
            {
                return [.. State.Tags.Where(tag => tag.SideTagOwner is not null).Select(Views.Of)];
            }
        }
    }

    /// <summary>Told after every step of a builder: it may have changed something after its call was answered.</summary>
    internal Action? Changed { get; set; }

    internal KojiState State { get; }
    internal TimeProvider Time { get; }
    internal KojiGate Gate { get; }
    internal string ServiceUser { get; }
    internal PagureStandIn DistGit { get; }
    internal KojiAccounts Accounts { get; }
    internal HubSessions Sessions { get; }
    internal TagTree Tags { get; }
    internal LogFiles Files { get; }
    internal KojiViews Views { get; }
    internal KojiMessages Messages { get; }
    internal TaskSteps Steps { get; }
    internal BuildSteps BuildSteps { get; }
    internal SourceReader Sources { get; }
    internal Builder Builder { get; }

    /// <summary>A build by NVR, or null.</summary>
    public KojiBuildView? Build(string nvr) => Builds.LastOrDefault(build => build.Nvr == nvr);

    /// <summary>A task, or null.</summary>
    public KojiTaskView? Task(int id) => Tasks.FirstOrDefault(task => task.Id == id);

    /// <summary>The tasks that belong to one, such as its architectures.</summary>
    public IReadOnlyList<KojiTaskView> Children(int id) => [.. Tasks.Where(task => task.Parent == id)];

    /// <summary>The NVRs in a tag itself, the last tagged last.</summary>
    public IReadOnlyList<string> Tagged(string tag) => [.. Builds.Where(build => build.Tags.Contains(tag)).Select(build => build.Nvr)];

    /// <summary>Makes tags and targets for further releases; those of the usual ones are there from the beginning.</summary>
    public void AddReleases(params BodhiRelease[] releases)
    {
        lock (State.Gate)
        {
            KojiReleases.Ensure(Tags, releases);
        }
    }

    /// <summary>Says by hand whether a package is in a tag's list, against what dist-git's branches say.</summary>
    public void SetPackage(string tag, string package, KojiPackageListing listing)
    {
        lock (State.Gate)
        {
            State.PackageRules.RemoveAll(rule => rule.Tag == tag && rule.Package == package);
            State.PackageRules.Add(new PackageRule(tag, package, listing.ToString().ToLowerInvariant()));
        }
    }

    /// <summary>The key of every session since the start.</summary>
    public IReadOnlyList<string> SessionKeys
    {
        get
        {
            lock (State.Gate)
            {
                return [.. Sessions.HandedOut];
            }
        }
    }

    /// <summary>Ends the life of every session, as 24 hours do: calls get fault 1007 until a new login.</summary>
    public void ExpireSessions()
    {
        lock (State.Gate)
        {
            State.Sessions.ForEach(session => session.Expired = true);
        }
    }

    /// <summary>Forgets every session, as the hub's purge does: calls get fault 1002.</summary>
    public void DropSessions()
    {
        lock (State.Gate)
        {
            State.Sessions.Clear();
        }
    }

    /// <summary>An answer for the world's faults: the call is not run, and gets this fault of the hub with HTTP 200.</summary>
    public static FaultKind Answer(int faultCode, string text) =>
        new FaultKind.Status(200, XmlRpcWriter.Fault(faultCode, text), new Dictionary<string, string> { ["Content-Type"] = "text/xml", ["Koji-Version"] = Version });

    /// <summary>Waits until builders have done all that they do by themselves.</summary>
    public Task QuietAsync()
    {
        Builder.Wake();
        return Builder.QuietAsync();
    }

    /// <summary>A builder takes a task that was held back, see <see cref="StartsByItself"/>.</summary>
    public Task StartAsync(int taskId) => Builder.Enqueue(ct => Builder.StartAsync(Known(taskId), ct));

    /// <summary>Ends a build well: its architectures, the build, and (see <see cref="TagDelay"/>) its tagging.</summary>
    /// <exception cref="InvalidOperationException">No architecture is at work: the task has failed, waits for its tag, or is over.</exception>
    public async Task FinishAsync(int taskId)
    {
        await StartAsync(taskId);
        await Builder.Enqueue(() => Builder.Finish(AtWork(taskId)));
    }

    /// <summary>One architecture of a build fails, and the build with it.</summary>
    /// <param name="taskId">The build's own task.</param>
    /// <param name="arch">Which architecture; null: the first.</param>
    /// <param name="log">What stands at the end of <c>build.log</c> before rpm's own last words.</param>
    public async Task FailAsync(int taskId, string? arch = null, string log = "make: *** [Makefile:5: all] Error 1")
    {
        await StartAsync(taskId);
        await Builder.Enqueue(() => BuildSteps.Fail(AtWork(taskId), arch, log));
    }

    /// <summary>Somebody cancels a task with all that belongs to it.</summary>
    public Task CancelAsync(int taskId) => Builder.Enqueue(() => Steps.Cancel(Known(taskId)));

    /// <summary>Ends every build that is at work or waits well.</summary>
    public async Task CompleteAllAsync()
    {
        foreach (var task in Tasks.Where(task => task is { Parent: null, IsOver: false }))
        {
            await StartAsync(task.Id);
            await Builder.Enqueue(() => Builder.Finish(Known(task.Id)));
        }
    }

    /// <summary>Tags a complete build that waits for it, see <see cref="TagDelay"/>.</summary>
    public Task TagNowAsync(int taskId) => Builder.Enqueue(() =>
        BuildSteps.Tag(BuildSteps.WaitingTag(Known(taskId)) ?? throw new InvalidOperationException($"Task {taskId} does not wait for its tag.")));

    /// <summary>Somebody (Bodhi, a release engineer) puts a build into a tag.</summary>
    /// <returns>Whether it was not in there before.</returns>
    public bool Tag(string nvr, string tag, string user = "bodhi")
    {
        lock (State.Gate)
        {
            return Steps.Tag(Tags.Required(tag), KnownBuild(nvr), Accounts.Ensure(user));
        }
    }

    /// <summary>Somebody takes a build out of a tag.</summary>
    /// <returns>Whether it was in there.</returns>
    public bool Untag(string nvr, string tag, string user = "bodhi")
    {
        lock (State.Gate)
        {
            return Steps.Untag(Tags.Required(tag), KnownBuild(nvr), Accounts.Ensure(user));
        }
    }

    /// <summary>A build of somebody else, with its task, its messages and (when complete) its tag.</summary>
    /// <param name="nvr">Name, version and release.</param>
    /// <param name="owner">Whose build it is.</param>
    /// <param name="target">The target it was built for; null for one that was imported, without task and tag.</param>
    /// <param name="source">Its SCM URL; null makes one up.</param>
    /// <param name="state">How far it is.</param>
    public KojiBuildView AddForeignBuild(
        string nvr, string owner, string? target = null, string? source = null, HubBuildState state = HubBuildState.Complete)
    {
        lock (State.Gate)
        {
            return Views.Of(new ForeignBuild(this).Add(nvr, Accounts.Ensure(owner), target, source, state));
        }
    }

    public ValueTask DisposeAsync() => Builder.DisposeAsync();

    private KojiTask Known(int taskId)
    {
        lock (State.Gate)
        {
            return State.Tasks.GetValueOrDefault(taskId) ?? throw new InvalidOperationException($"There is no task {taskId}.");
        }
    }

    private KojiTask AtWork(int taskId) => Known(taskId) is var task && BuildSteps.AtWork(task).Count > 0
        ? task
        : throw new InvalidOperationException($"Nothing is at work for task {taskId}: {Task(taskId)}");

    private KojiBuild KnownBuild(string nvr) =>
        State.Builds.Values.LastOrDefault(build => build.Nvr == nvr) ?? throw new InvalidOperationException($"There is no build {nvr}.");
}
