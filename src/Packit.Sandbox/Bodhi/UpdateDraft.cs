using System.Globalization;

namespace Packit.Sandbox.Bodhi;

/// <summary>What a request to make or edit an update says, with the values of what it leaves out: an edit does not keep what was there.</summary>
/// <param name="Builds">Null when the field is absent.</param>
/// <param name="HasBugs">Whether the field was there at all, be it empty.</param>
/// <param name="Edited">The alias of the update that is edited, or null.</param>
internal sealed record UpdateDraft(IReadOnlyList<string>? Builds, bool HasBugs, string? Edited, UpdateFields Fields)
{
    private static readonly string[] Types = ["bugfix", "security", "newpackage", "enhancement", "unspecified"];
    private static readonly string[] Severities = ["unspecified", "urgent", "high", "medium", "low"];
    private static readonly string[] Suggestions = ["unspecified", "reboot", "logout"];

    /// <summary>Reads the fields in the order of Bodhi's schema; what is wrong is added to the errors of the call.</summary>
    public static UpdateDraft Read(BodhiCall call)
    {
        var builds = call.Names("builds");
        if (builds is [] or [""])
        {
            call.Errors.Add(BodhiError.OfBody("builds.0", "Required"));
        }

        return new UpdateDraft(builds, call.Names("bugs") is not null, call.Text("edited") is { Length: > 0 } alias ? alias : null, new UpdateFields(
            call.Needed("notes", 2), call.Word("type", Types), call.Word("severity", Severities, "unspecified"), call.Word("suggest", Suggestions, "unspecified"),
            call.Text("display_name") ?? "", call.Truth("close_bugs", true), call.Truth("autokarma", true), call.Truth("autotime", true),
            call.Number("stable_karma", 3, least: 1), call.Number("unstable_karma", -3, most: -1), call.Number("stable_days", 0, least: 0),
            call.Truth("require_bugs", true), call.Truth("require_testcases", true), Bugs(call), call.Text("from_tag")));
    }

    private static List<int> Bugs(BodhiCall call)
    {
        var bugs = new List<int>();
        foreach (string text in call.Names("bugs") ?? [])
        {
            if (int.TryParse(text.TrimStart('#'), CultureInfo.InvariantCulture, out int bug))
            {
                bugs.Add(bug);
            }
            else
            {
                call.Errors.Add(BodhiError.OfBody("bugs", $"Invalid bug ID specified: {text}"));
            }
        }

        return bugs;
    }
}
