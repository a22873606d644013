using Packit.Sandbox.Hosting;

namespace Packit.Sandbox.Fasjson;

/// <summary>Fedora's account system behind its REST front: who there is, and who is in which group.</summary>
public sealed class FasjsonStandIn
{
    /// <summary>The group of everybody who may maintain packages.</summary>
    public const string Packagers = "packager";

    private readonly TimeProvider _time;

    internal FasjsonStandIn(FasjsonState state, TimeProvider time, KerberosGate gate)
    {
        _time = time;
        State = state;
        Gate = gate;
        lock (state.Gate)
        {
            state.Groups.TryAdd(Packagers, []);
            state.Groups.TryAdd("provenpackager", []);
            if (!state.Accounts.Exists(account => account.Name == gate.User))
            {
                AddToGroup(gate.User, Packagers);
            }
        }
    }

    /// <summary>Where it listens, with a trailing slash; the API is under <c>v1/</c>.</summary>
    public Uri Address { get; internal set; } = new("http://127.0.0.1/");

    internal FasjsonState State { get; }

    internal KerberosGate Gate { get; }

    /// <summary>Makes an account known, or changes one.</summary>
    /// <param name="name">The account.</param>
    /// <param name="gitHubName">The name on GitHub that its owner gave.</param>
    /// <param name="isPrivate">Whether strangers see the name only.</param>
    public void AddUser(string name, string? gitHubName = null, bool isPrivate = false)
    {
        lock (State.Gate)
        {
            var account = Known(name);
            account.GitHubName = gitHubName ?? account.GitHubName;
            account.Private = isPrivate;
        }
    }

    /// <summary>Puts an account into a group; both come to be when they are not there.</summary>
    public void AddToGroup(string name, string group)
    {
        lock (State.Gate)
        {
            Known(name);
            State.Groups.TryAdd(group, []);
            State.Groups[group].Add(name);
        }
    }

    /// <summary>Takes an account out of a group.</summary>
    public void RemoveFromGroup(string name, string group)
    {
        lock (State.Gate)
        {
            State.Groups.GetValueOrDefault(group)?.Remove(name);
        }
    }

    /// <summary>The groups of an account, by name.</summary>
    public IReadOnlyList<string> GroupsOf(string name)
    {
        lock (State.Gate)
        {
            return [.. State.Groups.Where(group => group.Value.Contains(name)).Select(group => group.Key)];
        }
    }

    private Account Known(string name)
    {
        if (State.Accounts.Find(account => account.Name == name) is { } known)
        {
            return known;
        }

        var account = new Account { Name = name, Created = _time.GetUtcNow() };
        State.Accounts.Add(account);
        return account;
    }
}
