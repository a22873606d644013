using System.Security.Cryptography;
using Packit.Sandbox.Bus;
using Packit.Sandbox.Git;

namespace Packit.Sandbox.Pagure;

/// <summary>dist-git as its users see it: projects, forks, pull requests, raw files and git over http.</summary>
public sealed class PagureStandIn
{
    /// <summary>What Fedora lets ordinary users put on a token, and <c>commit</c>, by which the sandbox lets its one service push over http.</summary>
    private static readonly string[] ServiceAcls =
    [
        "fork_project", "modify_project", "pull_request_create", "pull_request_comment", "pull_request_update",
        "pull_request_close", "pull_request_flag", "commit", "commit_flag",
    ];

    private readonly string _folder;

    internal PagureStandIn(string folder, PagureState state, TimeProvider time, string serviceUser, MessageBus bus)
    {
        _folder = folder;
        State = state;
        Time = time;
        ServiceUser = serviceUser;
        News = new PagureNews(this, bus);
        AddUser(serviceUser);
        Token = state.Tokens.Find(token => token.User == serviceUser)?.Value ?? AddToken(serviceUser, ServiceAcls);
        PushRules = new PushRules(folder);
    }

    /// <summary>Where it listens, with a trailing slash.</summary>
    public Uri Address { get; internal set; } = new("http://127.0.0.1/");

    /// <summary>The service's API token; its password for git too.</summary>
    public string Token { get; }

    internal PagureState State { get; }

    internal TimeProvider Time { get; }

    internal string ServiceUser { get; }

    internal PushRules PushRules { get; }

    internal PagureNews News { get; }

    /// <summary>One fork is made after the other.</summary>
    internal SemaphoreSlim Forking { get; } = new(1);

    /// <summary>Told of everybody who is given rights on a package: in Fedora these are packagers.</summary>
    internal Action<string>? Trusted { get; set; }

    /// <summary>Makes an account known, when it is not.</summary>
    public void AddUser(string name, string? fullName = null)
    {
        lock (State.Gate)
        {
            if (!State.Users.Exists(user => user.Name == name))
            {
                State.Users.Add(new User { Name = name, FullName = fullName ?? char.ToUpperInvariant(name[0]) + name[1..] });
            }
        }
    }

    /// <summary>Sets the members of a group.</summary>
    public void SetGroup(string name, params string[] members)
    {
        Array.ForEach(members, member => AddUser(member));
        lock (State.Gate)
        {
            State.Groups[name] = [.. members];
        }
    }

    /// <summary>Makes a token for a user with these ACLs.</summary>
    /// <param name="life">How long it is valid; a negative time makes an expired one. Null: 60 days.</param>
    /// <returns>Its value.</returns>
    public string AddToken(string user, IEnumerable<string> acls, TimeSpan? life = null)
    {
        AddUser(user);
        string value = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 64);
        lock (State.Gate)
        {
            State.Tokens.Add(new Token { Value = value, User = user, Acls = [.. acls], Expires = Time.GetUtcNow() + (life ?? TimeSpan.FromDays(60)) });
        }

        return value;
    }

    /// <summary>Makes a further account for a deployment of the service, with the rights of the first.</summary>
    /// <returns>Its token.</returns>
    public string AddServiceAccount(string user) => AddToken(user, ServiceAcls);

    /// <summary>Whether a project of that full name, such as <c>rpms/hello</c>, is there.</summary>
    public bool Has(string fullName)
    {
        lock (State.Gate)
        {
            return State.Projects.Exists(project => project.FullName == fullName);
        }
    }

    /// <summary>The address of an account, by which its commits are known.</summary>
    internal static string EmailOf(string user) => user + "@fedora.example";

    internal BareRepository GitOf(Project project) => GitOf(project.FullName);

    internal BareRepository GitOf(string fullName) => new(Path.Combine(_folder, fullName + ".git"));

    internal Project? Find(string @namespace, string name, string? forkOf = null)
    {
        lock (State.Gate)
        {
            return State.Projects.Find(project => project.Namespace == @namespace && project.Name == name && project.ForkOf == forkOf);
        }
    }

    internal Project ById(int id)
    {
        lock (State.Gate)
        {
            return State.Projects.First(project => project.Id == id);
        }
    }

    /// <summary>Owner, admins and committers, by themselves or through a group.</summary>
    internal bool MayCommit(Project project, string? user)
    {
        if (user is null)
        {
            return false;
        }

        lock (State.Gate)
        {
            return project.Owner == user
                || (project.Users.TryGetValue(user, out string? acl) && acl is "admin" or "commit")
                || project.Groups.Any(group => group.Value is "admin" or "commit"
                    && State.Groups.TryGetValue(group.Key, out var members) && members.Contains(user));
        }
    }

    internal bool MayAdminister(Project project, string user)
    {
        lock (State.Gate)
        {
            return project.Owner == user || (project.Users.TryGetValue(user, out string? acl) && acl == "admin");
        }
    }

    /// <summary>Registers a project; its repository is the caller's matter.</summary>
    internal Project Add(string @namespace, string name, string owner, Project? forkOf = null)
    {
        AddUser(owner);
        lock (State.Gate)
        {
            var now = Time.GetUtcNow();
            var project = new Project
            {
                Id = ++State.LastProject,
                Namespace = @namespace,
                Name = name,
                Owner = owner,
                ForkOf = forkOf is null ? null : owner,
                Parent = forkOf?.Id,
                Description = forkOf?.Description ?? $"The {name} package",
                Created = now,
                Modified = now,
            };
            State.Projects.Add(project);
            return project;
        }
    }
}
