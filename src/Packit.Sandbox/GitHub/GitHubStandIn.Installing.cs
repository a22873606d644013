using System.Text.Json.Nodes;

namespace Packit.Sandbox.GitHub;

/// <summary>What owners do with the App and with names, and what GitHub tells the App of it.</summary>
public sealed partial class GitHubStandIn
{
    /// <summary>Installs the App for an account, on all of its repositories, and sends the <c>installation</c> webhook.</summary>
    /// <param name="owner">The account; made when it is not known.</param>
    /// <param name="sender">Who installs it.</param>
    /// <param name="ct">Ends the sending.</param>
    /// <returns>The delivery's GUID.</returns>
    public Task<string> InstallAppAsync(string owner, string sender, CancellationToken ct = default)
    {
        AddAccount(owner, "Organization");
        lock (State.Gate)
        {
            State.Installations.RemoveAll(known => known.Owner == owner);
            State.Installations.Add(
                new Installation { Id = State.NextId(), Owner = owner, CreatedAt = Time.GetUtcNow(), Permissions = AppPermissions() });
            foreach (var repository in State.Repositories.Where(known => known.Owner == owner))
            {
                repository.Installed = true;
            }
        }

        return TellOfInstallationAsync(owner, sender, "created", withRepositories: true, ct);
    }

    /// <summary>Removes the App from an account: its tokens end, and the <c>installation</c> webhook is the last one.</summary>
    public Task<string> UninstallAppAsync(string owner, string sender, CancellationToken ct = default)
    {
        Installation installation;
        JsonObject payload;
        lock (State.Gate)
        {
            installation = State.Installations.First(known => known.Owner == owner);
            payload = InstallationPayload(installation, "deleted", withRepositories: true);
            State.Installations.Remove(installation);
        }

        Tokens.RevokeOf(installation.Id);
        return SendAsync(installation.Id, sender, "installation", payload, ct);
    }

    /// <summary>Suspends the App at an account: its tokens are refused, and nothing more is told until it is unsuspended.</summary>
    public Task<string> SuspendAppAsync(string owner, string sender, CancellationToken ct = default)
    {
        Suspend(owner);
        return TellOfInstallationAsync(owner, sender, "suspend", withRepositories: false, ct);
    }

    /// <summary>Takes the App up again.</summary>
    public Task<string> UnsuspendAppAsync(string owner, string sender, CancellationToken ct = default)
    {
        Suspend(owner, suspended: false);
        return TellOfInstallationAsync(owner, sender, "unsuspend", withRepositories: false, ct);
    }

    /// <summary>Accepts the permissions that the App asks for today.</summary>
    public Task<string> AcceptPermissionsAsync(string owner, string sender, CancellationToken ct = default)
    {
        lock (State.Gate)
        {
            var permissions = State.Installations.First(known => known.Owner == owner).Permissions;
            foreach (var (name, level) in AppPermissions())
            {
                permissions[name] = level;
            }
        }

        return TellOfInstallationAsync(owner, sender, "new_permissions_accepted", withRepositories: false, ct);
    }

    /// <summary>Puts a repository into the installation of its owner, or takes it out.</summary>
    public Task<string> CoverAsync(UpstreamProject project, string sender, bool covered, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(project);
        Installation installation;
        JsonObject payload;
        lock (State.Gate)
        {
            project.AppInstalled = covered;
            installation = State.Installations.First(known => known.Owner == project.Owner);
            var repository = new JsonArray(Reference(FindRepository(project.Owner, project.Name)!));
            payload = new JsonObject
            {
                ["action"] = covered ? "added" : "removed",
                ["installation"] = Json.Installation(installation),
                ["repository_selection"] = "selected",
                ["repositories_added"] = covered ? repository : new JsonArray(),
                ["repositories_removed"] = covered ? new JsonArray() : repository,
                ["requester"] = null,
            };
        }

        return SendAsync(installation.Id, sender, "installation_repositories", payload, ct);
    }

    /// <summary>
    /// Gives an account another login. Its repositories move along, their old addresses redirect until somebody else takes the name, and the App
    /// hears of it where it is installed.
    /// </summary>
    /// <returns>The delivery's GUID; null when the App is not installed.</returns>
    public async Task<string?> RenameAccountAsync(string login, string newLogin, CancellationToken ct = default)
    {
        Installation? installation;
        JsonObject? payload = null;
        lock (State.Gate)
        {
            var account = State.Accounts.First(known => known.Login == login);
            account.FormerLogins.Add(account.Login);
            account.Login = newLogin;
            Follow(login, newLogin);
            foreach (var repository in State.Repositories.Where(known => known.Owner == login))
            {
                Move(repository, newLogin, repository.Name);
            }

            installation = State.Installations.Find(known => known.Owner == login);
            if (installation is not null)
            {
                installation.Owner = newLogin;
                payload = new JsonObject
                {
                    ["action"] = "renamed",
                    ["account"] = Json.Account(newLogin),
                    ["changes"] = new JsonObject { ["login"] = new JsonObject { ["from"] = login } },
                    ["target_type"] = account.Type,
                };
            }
        }

        return payload is null ? null : await SendAsync(installation!.Id, newLogin, "installation_target", payload, ct);
    }

    /// <summary>Calls a repository something else; the old address redirects to it until somebody else takes the name.</summary>
    internal Task<string?> RenameAsync(Repository repository, string sender, string newName, CancellationToken ct)
    {
        var changes = new JsonObject { ["repository"] = new JsonObject { ["name"] = new JsonObject { ["from"] = repository.Name } } };
        lock (State.Gate)
        {
            Move(repository, repository.Owner, newName);
        }

        return TellAsync(repository, sender, "repository", new JsonObject { ["action"] = "renamed", ["changes"] = changes }, ct);
    }

    /// <summary>Gives a repository to another account.</summary>
    internal Task<string?> TransferAsync(Repository repository, string sender, string newOwner, CancellationToken ct)
    {
        AddAccount(newOwner, "Organization");
        JsonObject changes;
        lock (State.Gate)
        {
            changes = new JsonObject
            {
                ["owner"] = new JsonObject { ["from"] = new JsonObject { ["organization"] = Json.Account(repository.Owner) } },
            };
            Move(repository, newOwner, repository.Name);
        }

        return TellAsync(repository, sender, "repository", new JsonObject { ["action"] = "transferred", ["changes"] = changes }, ct);
    }

    /// <summary>Where a name of old leads to now; null when it never was one, or somebody else has it.</summary>
    internal Repository? FindMoved(string owner, string name)
    {
        lock (State.Gate)
        {
            return FindRepository(owner, name) is null
                ? State.Repositories.Find(known => known.FormerNames.Contains($"{owner}/{name}", StringComparer.OrdinalIgnoreCase))
                : null;
        }
    }

    internal Repository? FindRepository(long id)
    {
        lock (State.Gate)
        {
            return State.Repositories.Find(known => known.Id == id);
        }
    }

    /// <summary>What an account wrote and may do stays its own: whoever takes the name that became free gets nothing of it.</summary>
    private void Follow(string login, string newLogin)
    {
        string Now(string author) => string.Equals(author, login, StringComparison.OrdinalIgnoreCase) ? newLogin : author;
        void FollowIn(List<Comment> comments)
        {
            comments.ForEach(comment => comment.Author = Now(comment.Author));
            comments.ForEach(comment => comment.Reactions.ForEach(reaction => reaction.Author = Now(reaction.Author)));
        }

        foreach (var repository in State.Repositories)
        {
            if (repository.Roles.Remove(login, out string? role))
            {
                repository.Roles[newLogin] = role;
            }

            repository.Releases.ForEach(release => release.Author = Now(release.Author));
            repository.Statuses.ForEach(status => status.Author = Now(status.Author));
            repository.Issues.ForEach(issue => issue.Author = Now(issue.Author));
            repository.Issues.ForEach(issue => issue.Reactions.ForEach(reaction => reaction.Author = Now(reaction.Author)));
            repository.Issues.ForEach(issue => FollowIn(issue.Comments));
            FollowIn(repository.CommitComments);
        }
    }

    private static void Move(Repository repository, string owner, string name)
    {
        // The files stay where they are.
        repository.Folder ??= repository.FullName;
        repository.FormerNames.Add(repository.FullName);
        (repository.Owner, repository.Name) = (owner, name);
        repository.FormerNames.RemoveAll(former => string.Equals(former, repository.FullName, StringComparison.OrdinalIgnoreCase));
    }

    private Task<string> TellOfInstallationAsync(string owner, string sender, string action, bool withRepositories, CancellationToken ct)
    {
        Installation installation;
        JsonObject payload;
        lock (State.Gate)
        {
            installation = State.Installations.First(known => known.Owner == owner);
            payload = InstallationPayload(installation, action, withRepositories);
        }

        return SendAsync(installation.Id, sender, "installation", payload, ct);
    }

    private JsonObject InstallationPayload(Installation installation, string action, bool withRepositories)
    {
        var payload = new JsonObject { ["action"] = action, ["installation"] = Json.Installation(installation) };
        if (withRepositories)
        {
            payload["repositories"] = new JsonArray([.. State.Repositories.Where(known => known.Owner == installation.Owner && known.Installed).Select(Reference)]);
        }

        payload["requester"] = null;
        return payload;
    }

    private static JsonObject Reference(Repository repository) => new()
    {
        ["id"] = repository.Id,
        ["node_id"] = GitHubJson.NodeId("Repository", repository.Id),
        ["name"] = repository.Name,
        ["full_name"] = repository.FullName,
        ["private"] = repository.Private,
    };

    private Task<string> SendAsync(long installation, string sender, string @event, JsonObject payload, CancellationToken ct)
    {
        AddAccount(sender);
        lock (State.Gate)
        {
            payload["sender"] = Json.Account(sender);
            payload["installation"] ??= new JsonObject { ["id"] = installation, ["node_id"] = GitHubJson.NodeId("Integration", installation) };
        }

        return _webhooks.SendAsync(@event, payload, installation, repository: null, ct);
    }
}
