using System.Text.Json.Nodes;

namespace Packit.Sandbox.GitHub;

/// <content>More Apps than one: each with a key, installations and deliveries of its own.</content>
public sealed partial class GitHubStandIn
{
    internal IEnumerable<AppIdentity> Apps => _further.Select(app => app.Identity).Prepend(App);

    /// <summary>Registers a further App, such as that of a staging deployment, and installs it for an owner.</summary>
    /// <param name="slug">Its name in URLs; its bot is <c>slug[bot]</c>.</param>
    /// <param name="owner">Where it is installed: on all repositories that the first App is installed on.</param>
    public FurtherApp AddApp(string slug, string owner)
    {
        var identity = new AppIdentity(_folder, slug, AppIdentity.FirstId + _further.Count + 1);
        Directory.CreateDirectory(_folder);
        var app = new FurtherApp(identity, secret => new Webhooks(State, _http, secret, Time));
        AddAccount(identity.BotLogin, "Bot");
        _further.Add(app);
        lock (State.Gate)
        {
            State.Installations.Add(
                new Installation { Id = State.NextId(), Owner = owner, App = identity.Id, CreatedAt = Time.GetUtcNow(), Permissions = AppPermissions() });
        }

        return app;
    }

    internal AppIdentity AppOf(long id) => Apps.First(app => app.Id == id);

    internal Installation? InstallationOf(Repository repository, AppIdentity app) =>
        repository.Installed ? State.Installations.Find(known => known.Owner == repository.Owner && known.App == app.Id) : null;

    /// <summary>The App whose installation this is.</summary>
    internal AppIdentity AppOfInstallation(long installation)
    {
        lock (State.Gate)
        {
            return AppOf(State.Installations.Find(known => known.Id == installation)?.App ?? AppIdentity.FirstId);
        }
    }

    internal bool Covers(InstallationToken token, Repository repository) =>
        Apps.Any(app => InstallationOf(repository, app)?.Id == token.Installation) && (token.Repositories?.Contains(repository.Id) ?? true);

    /// <summary>Sends an event of a repository to every App that is installed there, or to the one that it concerns.</summary>
    /// <returns>The GUID of the delivery to the first of them; null when nothing is sent.</returns>
    internal async Task<string?> TellAsync(
        Repository repository, string sender, string @event, JsonObject payload, CancellationToken ct, AppIdentity? only = null)
    {
        string? first = null;
        foreach (var app in Apps.Where(app => only is null || app.Id == only.Id).ToList())
        {
            if (Address(repository, sender, payload, app) is { } told)
            {
                string guid = await WebhooksOf(app).SendAsync(@event, told, (long)told["installation"]!["id"]!, repository.Id, ct);
                first ??= guid;
            }
        }

        return first;
    }

    private Webhooks WebhooksOf(AppIdentity app) => _further.Find(known => known.Identity == app)?.Webhooks ?? _webhooks;

    private JsonObject? Address(Repository repository, string sender, JsonObject payload, AppIdentity app)
    {
        lock (State.Gate)
        {
            if (InstallationOf(repository, app) is not { SuspendedAt: null } found)
            {
                return null;
            }

            var told = payload.DeepClone().AsObject();
            told["repository"] ??= Json.Repository(repository);
            told["sender"] = Json.Account(sender);
            told["installation"] = new JsonObject { ["id"] = found.Id, ["node_id"] = GitHubJson.NodeId("Integration", found.Id) };
            return told;
        }
    }
}

/// <summary>An App beside the first one.</summary>
public sealed class FurtherApp
{
    internal FurtherApp(AppIdentity identity, Func<string, Webhooks> webhooks)
    {
        Identity = identity;
        Webhooks = webhooks(WebhookSecret);
    }

    public long Id => Identity.Id;

    public string Slug => Identity.Slug;

    public string PrivateKeyPem => Identity.PrivateKeyPem;

    /// <summary>The key with which its deliveries are signed.</summary>
    public string WebhookSecret => $"webhook-secret-of-{Identity.Slug}";

    /// <summary>Where its deliveries go; null while nobody listens.</summary>
    public Uri? WebhookTarget
    {
        get => Webhooks.Target;
        set => Webhooks.Target = value;
    }

    internal AppIdentity Identity { get; }

    internal Webhooks Webhooks { get; }
}
