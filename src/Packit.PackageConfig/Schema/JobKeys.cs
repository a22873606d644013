namespace Packit.PackageConfig.Schema;

/// <summary>The keys that belong to a job itself; every other key of a job overrides settings of its packages.</summary>
internal static class JobKeys
{
    public const string Job = "job";
    public const string Trigger = "trigger";
    public const string Packages = "packages";
    public const string Metadata = "metadata";

    private static readonly ListShape<string> Texts = new(TextShape.Plain);

    public static Field SkipBuild { get; } = new("skip_build", new BoolShape(), "Tests that need no build.");

    public static Field ManualTrigger { get; } = new("manual_trigger", new BoolShape(), "Run on comments only, not on events.");

    public static Field Labels { get; } = new("labels", Texts, "Labels by which comments pick test jobs.");

    public static Field Package { get; } = new("package", TextShape.Plain, "Set by itself.");

    public static Field SidetagGroup { get; } = new("sidetag_group", TextShape.Plain, "Name of the side tag group, unique over all projects.");

    public static Field Dependents { get; } = new("dependents", Texts, "Packages that wait for this one in the side tag.");

    public static Field Dependencies { get; } = new("dependencies", Texts, "Packages that must be in the side tag before this one is built.");

    /// <summary>Those with a simple value.</summary>
    public static IReadOnlyList<Field> Simple { get; } = [SkipBuild, ManualTrigger, Labels, Package, SidetagGroup, Dependents, Dependencies];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [Job, Trigger, Packages, Metadata, .. Simple.Select(f => f.Name)];
}
