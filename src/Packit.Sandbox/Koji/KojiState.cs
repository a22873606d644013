using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Packit.Sandbox.Koji;

/// <summary>What the Koji stand-in remembers. Guarded by <see cref="Gate"/>; written to disk as JSON.</summary>
internal sealed class KojiState
{
    [JsonIgnore]
    public Lock Gate { get; } = new();

    public int LastSession { get; set; }

    public int LastTask { get; set; }

    public int LastBuild { get; set; }

    /// <summary>Tags and events count in their own sequences, as in the hub's database.</summary>
    public int LastTag { get; set; }

    public int LastEvent { get; set; }

    public int LastRepo { get; set; }

    public List<KojiUser> Users { get; init; } = [];

    public List<KojiSession> Sessions { get; init; } = [];

    public List<KojiTag> Tags { get; init; } = [];

    public List<KojiTarget> Targets { get; init; } = [];

    /// <summary>The names of packages; the id is the place in the list, from 1.</summary>
    public List<string> Packages { get; init; } = [];

    public List<PackageRule> PackageRules { get; init; } = [];

    public SortedDictionary<int, KojiTask> Tasks { get; init; } = [];

    public SortedDictionary<int, KojiBuild> Builds { get; init; } = [];

    public List<KojiTagging> Taggings { get; init; } = [];

    public List<KojiRepo> Repos { get; init; } = [];
}

internal sealed class KojiUser
{
    public required int Id { get; init; }

    public required string Name { get; init; }

    public bool IsAdmin { get; init; }
}

internal sealed class KojiSession
{
    public required int Id { get; init; }

    public required string Key { get; set; }

    public required int User { get; init; }

    /// <summary>Koji's <c>AUTHTYPES</c>: 0 password, 2 certificate, 3 GSSAPI.</summary>
    public required int AuthType { get; init; }

    public required DateTimeOffset Started { get; set; }

    /// <summary>The number of the last call that changed something.</summary>
    public int? CallNumber { get; set; }

    public bool Expired { get; set; }
}

internal sealed class KojiTag
{
    public required int Id { get; init; }

    public required string Name { get; init; }

    public string Arches { get; init; } = "";

    public bool Locked { get; set; }

    /// <summary>The tags that it inherits from, the first before the others.</summary>
    public List<string> Parents { get; init; } = [];

    public JsonObject Extra { get; init; } = [];

    /// <summary>Set on the tag at the root of a release: the dist-git branch whose packages are in its list.</summary>
    public string? Branch { get; init; }

    /// <summary>Set on a side tag: whose it is.</summary>
    public int? SideTagOwner { get; init; }
}

internal sealed class KojiTarget
{
    public required int Id { get; init; }

    public required string Name { get; init; }

    public required string BuildTag { get; init; }

    public required string DestTag { get; init; }
}

/// <summary>What was said of a package in a tag by hand; without such a rule dist-git's branches tell.</summary>
/// <param name="Kind">listed, blocked or absent.</param>
internal sealed record PackageRule(string Tag, string Package, string Kind);

internal sealed class KojiTask
{
    public required int Id { get; init; }

    public required string Method { get; init; }

    public required JsonArray Request { get; init; }

    public required int Owner { get; init; }

    public required DateTimeOffset Created { get; init; }

    public HubTaskState State { get; set; }

    public string Arch { get; init; } = "noarch";

    public string? Label { get; init; }

    public int? Parent { get; init; }

    public int Priority { get; init; } = 20;

    public int? Host { get; set; }

    public DateTimeOffset? Started { get; set; }

    public DateTimeOffset? Completed { get; set; }

    public JsonNode? Result { get; set; }

    public int? FaultCode { get; set; }

    public string? FaultText { get; set; }

    [JsonIgnore]
    public bool IsOver => State is HubTaskState.Closed or HubTaskState.Canceled or HubTaskState.Failed;

    [JsonIgnore]
    public bool IsScratch => Method == "build" && Option("scratch");

    /// <summary>Whether a build was asked for with this option.</summary>
    public bool Option(string name) =>
        Request.Count > 2 && Request[2] is JsonObject options && options.TryGetPropertyValue(name, out var value)
        && value?.GetValueKind() == System.Text.Json.JsonValueKind.True;
}

internal sealed class KojiBuild
{
    public required int Id { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    public required string Release { get; init; }

    public int? Epoch { get; init; }

    public HubBuildState State { get; set; }

    public int? Task { get; set; }

    public required int Owner { get; set; }

    public string? Source { get; set; }

    public string? OriginalUrl { get; set; }

    public required int CreationEvent { get; set; }

    public required DateTimeOffset Created { get; set; }

    public DateTimeOffset? Started { get; set; }

    public DateTimeOffset? Completed { get; set; }

    public List<ChangelogRow> Changelog { get; set; } = [];

    [JsonIgnore]
    public string Nvr => $"{Name}-{Version}-{Release}";
}

/// <summary>One entry of a build's changelog.</summary>
/// <param name="Time">Unix seconds: noon of the entry's day in UTC.</param>
/// <param name="Author">As rpm keeps it: with the version after the address.</param>
internal sealed record ChangelogRow(long Time, string Author, string Text);

/// <summary>A build in a tag.</summary>
internal sealed record KojiTagging(int Tag, int Build, int Event, DateTimeOffset At);

/// <summary>A repository that builders of a tag take packages from.</summary>
internal sealed record KojiRepo(int Id, int Tag, int Event, DateTimeOffset At);
