using System.Text.Json.Nodes;
using Packit.Sandbox.Git;

namespace Packit.Sandbox.GitHub;

/// <summary>GitHub as an App sees it: what the REST API and the web host share, and what a story looks at.</summary>
public sealed partial class GitHubStandIn
{
    private readonly string _folder;
    private readonly Webhooks _webhooks;
    private readonly HttpClient _http;
    private readonly List<FurtherApp> _further = [];

    internal GitHubStandIn(string folder, GitHubState state, AppIdentity app, TimeProvider time, HttpClient http, string secret, bool deliverOwnEvents)
    {
        _folder = folder;
        State = state;
        App = app;
        Time = time;
        _webhooks = new Webhooks(state, http, secret, time);
        DeliverOwnEvents = deliverOwnEvents;
        _http = http;
        Json = new GitHubJson(state, () => Api, () => Web, AppOf);
        Tokens = new TokenStore(app, time);
        Secondary = new SecondaryCounter(time);
        AddAccount(app.BotLogin, "Bot");
        AddAccount("ghost", "User");
    }

    /// <summary>Where the REST API listens.</summary>
    public Uri Api { get; internal set; } = new("http://127.0.0.1/");

    /// <summary>Where the web host listens.</summary>
    public Uri Web { get; internal set; } = new("http://127.0.0.1/");

    /// <summary>The most commits that a <c>push</c> webhook lists, the newest; GitHub has changed it over the years.</summary>
    public int CommitsInPush { get; set; } = 2048;

    /// <summary>The limits beside the hourly one; null for none, so that a story need not go slowly.</summary>
    public SecondaryLimits? SecondaryLimits
    {
        get => Secondary.Limits;
        set => Secondary.Limits = value;
    }

    /// <summary>Every attempt of a delivery, oldest first.</summary>
    public IReadOnlyList<DeliveryView> Deliveries
    {
        get
        {
            lock (State.Gate)
            {
                return [.. State.Deliveries.Select(delivery => new DeliveryView(
                    delivery.Id, delivery.Guid, delivery.Event, delivery.Action, delivery.Redelivery, delivery.StatusCode,
                    delivery.DeliveredAt, delivery.Payload, delivery.Answer))];
            }
        }
    }

    internal GitHubState State { get; }

    internal AppIdentity App { get; }

    internal TimeProvider Time { get; }

    internal GitHubJson Json { get; }

    internal TokenStore Tokens { get; }

    internal SecondaryCounter Secondary { get; }

    internal bool DeliverOwnEvents { get; }

    internal Uri? WebhookTarget
    {
        get => _webhooks.Target;
        set => _webhooks.Target = value;
    }

    /// <summary>The value of <c>X-Hub-Signature-256</c> for a body, for stories that send deliveries of their own.</summary>
    public string Sign(byte[] body) => _webhooks.Sign(body);

    /// <summary>Sends a delivery of the past again with the same GUID, as the button in the App's settings does.</summary>
    public Task RedeliverAsync(string deliveryId, CancellationToken ct = default)
    {
        Delivery delivery;
        lock (State.Gate)
        {
            delivery = State.Deliveries.Last(known => known.Guid == deliveryId);
        }

        return RedeliverAsync(delivery, ct);
    }

    /// <summary>Says how many requests each installation token has left until its hour is over.</summary>
    public void LimitTo(int remaining) => Tokens.LimitTo(remaining);

    /// <summary>Uses up the hour's requests of an owner's installation but for some; its limit stays as it is.</summary>
    public void UseAllBut(string owner, int remaining)
    {
        long installation;
        lock (State.Gate)
        {
            installation = State.Installations.First(known => known.Owner == owner).Id;
        }

        var bucket = Tokens.InstallationBucket(installation);
        bucket.Count(bucket.Remaining - remaining);
    }

    /// <summary>Refuses every request of an installation with a secondary limit for a while, whatever was counted.</summary>
    /// <param name="length">For how long.</param>
    /// <param name="limits">How the answer looks; null for the documented one.</param>
    public void RefuseFor(TimeSpan length, SecondaryLimits? limits = null) => Secondary.Refuse(limits ?? SecondaryLimits.Documented, length);

    /// <summary>Ends the installation of the App at an owner, or (with false) begins it anew: tokens of a suspended installation are refused.</summary>
    public void Suspend(string owner, bool suspended = true)
    {
        lock (State.Gate)
        {
            var installation = State.Installations.First(known => known.Owner == owner);
            installation.SuspendedAt = suspended ? Time.GetUtcNow() : null;
        }
    }

    /// <summary>Takes a permission from the App at an owner or changes it: <c>read</c>, <c>write</c>, or <c>none</c>.</summary>
    public void SetAppPermission(string owner, string permission, string level)
    {
        lock (State.Gate)
        {
            var permissions = State.Installations.First(known => known.Owner == owner).Permissions;
            if (level == "none")
            {
                permissions.Remove(permission);
            }
            else
            {
                permissions[permission] = level;
            }
        }
    }

    /// <summary>Makes an account known, when it is not.</summary>
    public void AddAccount(string login, string type = "User")
    {
        lock (State.Gate)
        {
            if (!State.Accounts.Exists(known => string.Equals(known.Login, login, StringComparison.OrdinalIgnoreCase)))
            {
                State.Accounts.Add(new Account { Id = State.NextId(), Login = login, Type = type });
            }
        }
    }

    /// <summary>GitHub's id of an account, which stays when its login changes; null when nobody is called so.</summary>
    public long? IdOf(string login)
    {
        lock (State.Gate)
        {
            return State.Accounts.Find(known => string.Equals(known.Login, login, StringComparison.OrdinalIgnoreCase))?.Id;
        }
    }

    /// <summary>Deletes an account: what it wrote is shown as that of a ghost, and it is nobody any more.</summary>
    public void RemoveAccount(string login)
    {
        lock (State.Gate)
        {
            State.Accounts.RemoveAll(known => string.Equals(known.Login, login, StringComparison.OrdinalIgnoreCase));
            State.Repositories.ForEach(repository => repository.Roles.Remove(login));
        }
    }

    internal Task RedeliverAsync(Delivery delivery, CancellationToken ct) =>
        (delivery.InstallationId is { } installation ? WebhooksOf(AppOfInstallation(installation)) : _webhooks).RepeatAsync(delivery, ct);

    internal BareRepository GitOf(Repository repository) => new(Path.Combine(_folder, (repository.Folder ?? repository.FullName) + ".git"));

    internal string AssetFile(Repository repository, Asset asset) =>
        Path.Combine(_folder, (repository.Folder ?? repository.FullName) + ".assets", asset.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    internal Repository? FindRepository(string owner, string name)
    {
        lock (State.Gate)
        {
            return State.Repositories.Find(known =>
                string.Equals(known.Owner, owner, StringComparison.OrdinalIgnoreCase) && string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase));
        }
    }

    internal Installation? InstallationOf(Repository repository) => InstallationOf(repository, App);

    /// <summary>The default rights that the App asks for.</summary>
    internal static Dictionary<string, string> AppPermissions() => new()
    {
        ["metadata"] = "read",
        ["contents"] = "read",
        ["checks"] = "write",
        ["statuses"] = "write",
        ["issues"] = "write",
        ["pull_requests"] = "write",
    };
}
