namespace Packit.PackageConfig;

/// <summary>The last resort when Bodhi was never reachable: what its release list said on one day.</summary>
internal static class AliasSnapshot
{
    public static DateOnly Date { get; } = new(2026, 3, 31);

    public static IReadOnlyList<DistributionRelease> Releases { get; } =
    [
        Fedora("42", "current"),
        Fedora("43", "current"),
        Fedora("44", "frozen"),
        Fedora("45", "pending", branch: "rawhide"),
        Epel("8"),
        Epel("9"),
        Epel("10.1"),
        Epel("10.2", branch: "epel10"),
    ];

    private static DistributionRelease Fedora(string version, string state, string? branch = null) =>
        new("F" + version, "Fedora " + version, version, state, branch ?? "f" + version, "FEDORA");

    private static DistributionRelease Epel(string version, string? branch = null) =>
        new("EPEL-" + version, "Fedora EPEL " + version, version, "current", branch ?? "epel" + version, "FEDORA-EPEL");
}
