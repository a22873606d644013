using System.Globalization;
using Packit.PackageConfig;

namespace Packit.Automation.BodhiUpdate;

/// <summary>What an update would be asked for with. Pure.</summary>
/// <param name="Builds">NVRs, in the order of their names.</param>
/// <param name="Type"><c>enhancement</c>, unless the package config names another.</param>
/// <param name="Notes">Markdown.</param>
/// <param name="Bugs">Numbers in Bugzilla.</param>
/// <param name="Extra">Further parameters of the package config, as they stand there.</param>
/// <param name="Ignored">Parameters of the package config that only the service can set.</param>
public sealed record BodhiUpdatePlan(
    IReadOnlyList<string> Builds,
    string Type,
    string Notes,
    IReadOnlyList<long> Bugs,
    IReadOnlyDictionary<string, ConfigValue> Extra,
    IReadOnlyList<string> Ignored)
{
    /// <summary>The type of updates unless the package config says otherwise (Packit).</summary>
    public const string DefaultType = "enhancement";

    private const string TypeKey = "type";
    private const string BugsKey = "bugs";

    // What the update is made of, and how the request is proven to be ours.
    private static readonly HashSet<string> Own = ["builds", "from_tag", "edited", "notes", "csrf_token"];

    /// <summary>Plans an update of these builds.</summary>
    /// <param name="builds">The builds.</param>
    /// <param name="settings">Settings of the job.</param>
    public static BodhiUpdatePlan For(IReadOnlyList<UpdatedBuild> builds, PackageSettings settings)
    {
        ArgumentNullException.ThrowIfNull(builds);
        ArgumentNullException.ThrowIfNull(settings);
        var wished = settings.BodhiExtraParams.Entries;
        return new BodhiUpdatePlan(
            [.. builds.Select(build => build.Nvr).Order(StringComparer.Ordinal)],
            wished.GetValueOrDefault(TypeKey) is ConfigText type ? type.Value : DefaultType,
            UpdateNotes.Of(builds),
            [.. builds.SelectMany(UpdateNotes.Bugs).Concat(WishedBugs(wished.GetValueOrDefault(BugsKey))).Distinct()],
            wished.Where(entry => !Own.Contains(entry.Key) && entry.Key is not (TypeKey or BugsKey)).ToDictionary(StringComparer.Ordinal),
            [.. wished.Keys.Where(Own.Contains).Order(StringComparer.Ordinal)]);
    }

    private static IEnumerable<long> WishedBugs(ConfigValue? wished) => wished switch
    {
        ConfigList list => list.Items.SelectMany(Numbers),
        { } one => Numbers(one),
        null => [],
    };

    private static IEnumerable<long> Numbers(ConfigValue value) => value switch
    {
        ConfigInteger { Value: > 0 } number => [number.Value],
        ConfigText text => text.Value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).SelectMany(Number),
        _ => [],
    };

    private static IEnumerable<long> Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? [number] : [];
}
