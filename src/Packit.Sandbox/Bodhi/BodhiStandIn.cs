using System.Security.Cryptography;
using Packit.Sandbox.Bus;
using Packit.Sandbox.Fasjson;
using Packit.Sandbox.Identity;

namespace Packit.Sandbox.Bodhi;

/// <summary>Bodhi: releases, and updates from the candidate tag to stable. Composes happen when a story says so.</summary>
public sealed class BodhiStandIn
{
    /// <summary>The name under which Bodhi comments and publishes.</summary>
    internal const string Itself = "bodhi";

    internal const string Packagers = FasjsonStandIn.Packagers;

    private readonly Func<string, string, bool> _mayCommit;

    internal BodhiStandIn(BodhiState state, TimeProvider time, MessageBus bus, IdentityStandIn identity, Func<string, string, bool> mayCommit)
    {
        _mayCommit = mayCommit;
        State = state;
        Time = time;
        Identity = identity;
        Cookies = new Cookies(this);
        Work = new UpdateWork(this, new BodhiMessages(this, bus));
        lock (state.Gate)
        {
            UserOf(Itself);
        }

        bus.Subscribe(new AutomaticUpdates(this).TakeAsync, faithful: true);
    }

    /// <summary>Rawhide, two stable Fedora releases and one past, two EPEL majors, and the container releases that real answers are full of.</summary>
    public static IReadOnlyList<BodhiRelease> Usual { get; } =
    [
        BodhiRelease.Epel("9"),
        BodhiRelease.Epel("10.1"),
        BodhiRelease.Epel("10.2", "epel10"),
        BodhiRelease.Fedora(41, "archived"),
        BodhiRelease.Fedora(42),
        BodhiRelease.Fedora(43),
        new("F43C", "Fedora 43 Containers", "43", "FEDORA-CONTAINER", "f43", "current"),
        new("F43F", "Fedora 43 Flatpaks", "43", "FEDORA-FLATPAK", "f43", "current"),
        BodhiRelease.Rawhide(44),
        new("ELN", "Fedora ELN", "eln", "FEDORA-ELN", "eln", "current", ComposedByBodhi: false, AutomaticUpdates: true),
    ];

    /// <summary>Where it listens, with a trailing slash.</summary>
    public Uri Address { get; internal set; } = new("http://127.0.0.1/");

    /// <summary>The releases that are answered, in this order.</summary>
    public IReadOnlyList<BodhiRelease> Releases { get; private set; } = Usual;

    /// <summary>The Koji behind it; at first a table that a story fills.</summary>
    public IBuildTags Builds { get; set; } = new BuildTable();

    /// <summary>Whether it cannot ask dist-git who may commit.</summary>
    public bool DistGitIsAway { get; set; }

    /// <summary>All updates, oldest first.</summary>
    public IReadOnlyList<UpdateView> Updates
    {
        get
        {
            lock (State.Gate)
            {
                return [.. State.Updates.Select(View)];
            }
        }
    }

    internal BodhiState State { get; }

    internal TimeProvider Time { get; }

    internal IdentityStandIn Identity { get; }

    internal Cookies Cookies { get; }

    internal UpdateWork Work { get; }

    public void SetReleases(params BodhiRelease[] releases) => Releases = [.. releases];

    /// <summary>The update of an alias, or null.</summary>
    public UpdateView? Find(string alias)
    {
        lock (State.Gate)
        {
            return Lookup(alias) is { } update ? View(update) : null;
        }
    }

    /// <summary>The update is composed into the testing repository.</summary>
    public void PushToTesting(string alias) => Work.Push(Known(alias), "testing");

    /// <summary>The update is composed into the stable repository.</summary>
    public void PushToStable(string alias) => Work.Push(Known(alias), "stable");

    /// <summary>Somebody takes the update back: the submitter when <paramref name="by"/> is null.</summary>
    public void Unpush(string alias, string? by = null) => Work.Request(Known(alias), "unpush", by ?? Known(alias).User);

    /// <summary>Somebody declares the update obsolete: the submitter when <paramref name="by"/> is null.</summary>
    public void Obsolete(string alias, string? by = null) => Work.Request(Known(alias), "obsolete", by ?? Known(alias).User);

    /// <summary>The update has been in testing for long enough.</summary>
    public void MeetRequirements(string alias) => Work.MeetRequirements(Known(alias));

    /// <summary>Somebody comments on an update.</summary>
    public void Comment(string alias, string user, string text, int karma = 0) => Work.Comment(Known(alias), user, text, karma);

    /// <summary>A compose takes the update in, or lets it go: meanwhile neither builds nor request change.</summary>
    public void SetLocked(string alias, bool locked)
    {
        lock (State.Gate)
        {
            Known(alias).Locked = locked;
        }
    }

    /// <summary>Ends all logins: every cookie that was handed out is worth nothing.</summary>
    public void EndSessions()
    {
        lock (State.Gate)
        {
            State.CookieKey = RandomNumberGenerator.GetHexString(64, lowercase: true);
        }
    }

    internal bool MayCommit(string package, string user) => _mayCommit(package, user);

    internal Update? Lookup(string alias)
    {
        lock (State.Gate)
        {
            return State.Updates.Find(update => update.Alias == alias);
        }
    }

    /// <summary>Whether a build is in another update already; one that was taken back does not count.</summary>
    internal bool BlockingUpdateOf(string nvr, Update? except)
    {
        lock (State.Gate)
        {
            return State.Updates.Exists(update => update != except && update.Status != "unpushed" && update.Builds.Exists(build => build.Nvr == nvr));
        }
    }

    internal Update? UpdateOfSideTag(string tag)
    {
        lock (State.Gate)
        {
            return State.Updates.Find(update => update.Fields.FromTag == tag && update.Status is not ("unpushed" or "obsolete"));
        }
    }

    /// <summary>The user of a name, who comes to be when he is not known. Call under the gate.</summary>
    internal BodhiUser UserOf(string name)
    {
        if (State.Users.Find(user => user.Name == name) is { } known)
        {
            return known;
        }

        var user = new BodhiUser { Id = State.Users.Count + 1, Name = name };
        State.Users.Add(user);
        return user;
    }

    internal BodhiRelease ReleaseOf(Update update) =>
        Releases.FirstOrDefault(release => release.Name == update.Release) ?? Usual.First(release => release.Name == update.Release);

    internal string UrlOf(Update update) => $"{Address}updates/{update.Alias}";

    private Update Known(string alias) => Lookup(alias) ?? throw new InvalidOperationException($"There is no update {alias}.");

    private UpdateView View(Update update) => new(
        update.Alias, UrlOf(update), update.Release, update.User, update.Status, update.Request, update.Fields.Type, update.Fields.Severity, update.Fields.Notes,
        [.. update.Builds.Select(build => build.Nvr)], update.Fields.Bugs, update.Karma, update.Fields.StableKarma, update.Fields.Autokarma,
        update.Fields.FromTag, [.. update.Comments.Select(comment => comment.Text)]);
}
