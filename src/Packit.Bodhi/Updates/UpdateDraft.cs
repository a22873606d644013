using System.Collections.Frozen;
using System.Text.Json;

namespace Packit.Bodhi;

/// <summary>An update to be made, or what an update shall be after an edit. What is null is left to Bodhi's defaults.</summary>
/// <remarks>Bodhi: server/schemas.py, SaveUpdateSchema.</remarks>
public sealed record UpdateDraft
{
    private static readonly FrozenSet<string> Reserved = FrozenSet.Create("builds", "from_tag", "notes", "bugs", "edited", "csrf_token");

    /// <summary>The NVRs; empty when they are to be taken from <see cref="FromTag"/>.</summary>
    public IReadOnlyList<string> Builds { get; init; } = [];

    /// <summary>A side tag whose builds the update holds.</summary>
    public string? FromTag { get; init; }

    public UpdateType Type { get; init; } = UpdateType.Enhancement;

    /// <summary>Markdown of two characters or more.</summary>
    public required string Notes { get; init; }

    /// <summary>Numbers in the bug tracker.</summary>
    public IReadOnlyList<long> Bugs { get; init; } = [];

    /// <summary>A title instead of the list of builds.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Whether the bugs are closed when the update is stable.</summary>
    public bool? CloseBugs { get; init; }

    public UpdateSeverity? Severity { get; init; }

    public UpdateSuggestion? Suggest { get; init; }

    public bool? Autokarma { get; init; }

    /// <summary>1 or more.</summary>
    public int? StableKarma { get; init; }

    /// <summary>-1 or less.</summary>
    public int? UnstableKarma { get; init; }

    public bool? Autotime { get; init; }

    /// <summary>Days in testing before the update may go to stable by time; Bodhi raises it to the release's minimum.</summary>
    public int? StableDays { get; init; }

    public bool? RequireBugs { get; init; }

    public bool? RequireTestcases { get; init; }

    /// <summary>
    /// Further fields by their names in Bodhi's API, as users write them in <c>bodhi_extra_params</c>. They replace what stands above,
    /// the type too, and are sent as they are; names for which <see cref="IsReserved"/> is true are left out.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement> Extra { get; init; } = FrozenDictionary<string, JsonElement>.Empty;

    /// <summary>Whether the field belongs to the service: which builds, what is told about them, and the form token.</summary>
    public static bool IsReserved(string name) => Reserved.Contains(name);

    /// <summary>All that an edit has to send back so that nothing falls to its default.</summary>
    public static UpdateDraft Of(BodhiUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return new UpdateDraft
        {
            // The builds of a side tag follow the tag.
            Builds = update.FromTag is null ? [.. update.Builds.Select(build => build.Nvr)] : [],
            FromTag = update.FromTag,
            Type = update.Type,
            Notes = update.Notes,
            Bugs = [.. update.Bugs.Select(bug => bug.BugId)],
            DisplayName = update.DisplayName,
            CloseBugs = update.CloseBugs,
            Severity = update.Severity,
            Suggest = update.Suggest,
            Autokarma = update.Autokarma,
            StableKarma = update.StableKarma,
            UnstableKarma = update.UnstableKarma,
            Autotime = update.Autotime,
            StableDays = update.StableDays,
            RequireBugs = update.RequireBugs,
            RequireTestcases = update.RequireTestcases,
        };
    }
}
