using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Packit.Sandbox.Bodhi;

/// <summary>What Bodhi remembers. Guarded by <see cref="Gate"/>, under which nobody else is asked; written to disk as JSON.</summary>
internal sealed class BodhiState
{
    [JsonIgnore]
    public Lock Gate { get; } = new();

    /// <summary>The key of the cookies, in hex.</summary>
    public string CookieKey { get; set; } = RandomNumberGenerator.GetHexString(64, lowercase: true);

    public int LastComment { get; set; }

    public List<BodhiUser> Users { get; init; } = [];

    public List<Update> Updates { get; init; } = [];
}

internal sealed class BodhiUser
{
    public required int Id { get; init; }

    public required string Name { get; init; }

    /// <summary>As they were told at the last login.</summary>
    public List<string> Groups { get; set; } = [];
}

internal sealed class Update
{
    public required int Id { get; init; }

    public required string Alias { get; init; }

    /// <summary>The release's name.</summary>
    public required string Release { get; init; }

    public required string User { get; init; }

    public required UpdateFields Fields { get; set; }

    /// <summary>pending, testing, stable, unpushed or obsolete.</summary>
    public string Status { get; set; } = "pending";

    /// <summary>testing, stable or null.</summary>
    public string? Request { get; set; }

    public bool Locked { get; set; }

    public bool Pushed { get; set; }

    public bool MeetsRequirements { get; set; }

    public required DateTimeOffset Submitted { get; init; }

    public DateTimeOffset? Modified { get; set; }

    public DateTimeOffset? Testing { get; set; }

    public DateTimeOffset? Stable { get; set; }

    public DateTimeOffset? PushedAt { get; set; }

    public List<UpdateBuild> Builds { get; set; } = [];

    public List<UpdateComment> Comments { get; init; } = [];

    /// <summary>Comments of before the last change of the builds do not count.</summary>
    public int KarmaFrom { get; set; }

    public int Karma => Comments.Where(comment => comment.Id > KarmaFrom).Sum(comment => comment.Karma);

    public string Title => string.Join(", ", Builds.Select(build => build.Nvr));
}

/// <summary>What the submitter says of an update. An edit sets all of it anew.</summary>
/// <param name="FromTag">The side tag, or null.</param>
internal sealed record UpdateFields(
    string Notes, string Type, string Severity, string Suggest, string DisplayName, bool CloseBugs, bool Autokarma, bool Autotime,
    int StableKarma, int UnstableKarma, int StableDays, bool RequireBugs, bool RequireTestcases, IReadOnlyList<int> Bugs, string? FromTag);

internal sealed record UpdateBuild(string Nvr, long Id, long? TaskId, int Epoch)
{
    [JsonIgnore]
    public string Package => KnownBuild.PackageOf(Nvr);
}

internal sealed class UpdateComment
{
    public required int Id { get; init; }

    public required string User { get; init; }

    public required string Text { get; init; }

    public int Karma { get; init; }

    public required DateTimeOffset At { get; init; }
}
