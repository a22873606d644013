using System.Text.Json.Serialization;

namespace Packit.Pagure;

/// <summary>A person.</summary>
public sealed record PagureUser(string Name, string? Fullname = null);

/// <summary>Who has which rights, by login or by name of group.</summary>
public sealed record PagureAccess
{
    /// <summary>One login; empty for groups.</summary>
    public IReadOnlyList<string> Owner { get; init; } = [];

    public IReadOnlyList<string> Admin { get; init; } = [];

    public IReadOnlyList<string> Commit { get; init; } = [];

    /// <summary>May push to some branches only.</summary>
    public IReadOnlyList<string> Collaborator { get; init; } = [];

    public IReadOnlyList<string> Ticket { get; init; } = [];
}

/// <summary>What Pagure tells about a project.</summary>
/// <param name="Fullname"><c>rpms/x</c>, or <c>forks/USER/rpms/x</c>.</param>
/// <param name="Parent">What it was forked from.</param>
public sealed record PagureProjectFacts(
    long Id,
    string Name,
    string Fullname,
    PagureUser User,
    Uri? FullUrl = null,
    string? Namespace = null,
    PagureProjectFacts? Parent = null,
    DateTimeOffset? DateCreated = null)
{
    public PagureAccess AccessUsers { get; init; } = new();

    public PagureAccess AccessGroups { get; init; } = new();

    /// <summary>Group to logins of its members; present when it was asked for.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> GroupDetails { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The project in the validated grammar; null when the name is outside it.</summary>
    [JsonIgnore]
    public PagureProject? Project => PagureProject.TryParse(Fullname, out var project) ? project : null;
}

internal sealed record WhoAmI(string Username);
