using System.Text.Json.Serialization;

namespace Packit.Bodhi;

/// <summary>An update as Bodhi knows it.</summary>
/// <param name="Alias"><c>FEDORA-2026-1a2ee2a084</c>: its name in addresses, at most 64 letters, digits, dots and dashes.</param>
public sealed record BodhiUpdate(string Alias, UpdateStatus Status, IReadOnlyList<UpdateBuild> Builds, BodhiRelease Release)
{
    /// <summary>The NVRs, or what <see cref="DisplayName"/> says instead.</summary>
    public string Title { get; init => field = value ?? ""; } = "";

    public string DisplayName { get; init => field = value ?? ""; } = "";

    /// <summary>What it brings, in Markdown. Notes of updates that it made obsolete stand below a line of dashes.</summary>
    public string Notes { get; init => field = value ?? ""; } = "";

    public UpdateType Type { get; init; }

    /// <summary>The step it waits for, if any.</summary>
    public UpdateRequest? Request { get; init; }

    public UpdateSeverity Severity { get; init; }

    public UpdateSuggestion Suggest { get; init; }

    /// <summary>In a compose; it cannot be changed meanwhile.</summary>
    public bool Locked { get; init; }

    public bool Pushed { get; init; }

    public bool Critpath { get; init; }

    public bool CloseBugs { get; init; }

    /// <summary>Goes to stable when its karma reaches <see cref="StableKarma"/>.</summary>
    public bool Autokarma { get; init; }

    /// <summary>Goes to stable after <see cref="StableDays"/> days in testing.</summary>
    public bool Autotime { get; init; }

    public int Karma { get; init; }

    public int? StableKarma { get; init; }

    public int? UnstableKarma { get; init; }

    public int? StableDays { get; init; }

    public bool RequireBugs { get; init; }

    public bool RequireTestcases { get; init; }

    /// <summary>Whether it may go to stable now.</summary>
    public bool MeetsTestingRequirements { get; init; }

    public GatingStatus? TestGatingStatus { get; init; }

    /// <summary>The side tag its builds come from.</summary>
    public string? FromTag { get; init; }

    public DateTimeOffset? DateSubmitted { get; init; }

    public DateTimeOffset? DateModified { get; init; }

    public DateTimeOffset? DateApproved { get; init; }

    public DateTimeOffset? DateTesting { get; init; }

    public DateTimeOffset? DateStable { get; init; }

    public DateTimeOffset? DatePushed { get; init; }

    /// <summary><c>rpm</c>, <c>module</c>, <c>container</c>, <c>flatpak</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>Changes with builds and state.</summary>
    public string? VersionHash { get; init; }

    public BodhiUser? User { get; init; }

    public IReadOnlyList<UpdateBug> Bugs { get; init => field = value ?? []; } = [];

    /// <summary>What people and Bodhi itself wrote below it, oldest first.</summary>
    public IReadOnlyList<BodhiComment> Comments { get; init => field = value ?? []; } = [];

    /// <summary>Whether it is on its way or there: neither taken back nor replaced by a newer one.</summary>
    public bool IsLive => Status is not (UpdateStatus.Unpushed or UpdateStatus.Obsolete);
}

/// <summary>A build in an update.</summary>
public sealed record UpdateBuild(string Nvr)
{
    [JsonPropertyName("signed")]
    public bool IsSigned { get; init; }

    public int? Epoch { get; init; }
}

/// <summary>A bug in the tracker that an update is about.</summary>
public sealed record UpdateBug(long BugId)
{
    public string? Title { get; init; }

    public bool Security { get; init; }
}

/// <summary>An account, with the groups it had when it last logged in to Bodhi.</summary>
public sealed record BodhiUser(string Name)
{
    public IReadOnlyList<BodhiGroup> Groups { get; init => field = value ?? []; } = [];
}

/// <summary>A group of accounts.</summary>
public sealed record BodhiGroup(string Name);

/// <summary>A comment below an update. Those of the user <c>bodhi</c> tell what happened to it.</summary>
public sealed record BodhiComment(long Id)
{
    public string Text { get; init => field = value ?? ""; } = "";

    public DateTimeOffset? Timestamp { get; init; }

    public BodhiUser? User { get; init; }

    public int Karma { get; init; }
}
