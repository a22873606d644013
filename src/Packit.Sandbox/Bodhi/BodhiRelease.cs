namespace Packit.Sandbox.Bodhi;

/// <summary>A release as Bodhi knows it.</summary>
/// <param name="State">disabled, pending, frozen, current or archived.</param>
public sealed record BodhiRelease(
    string Name, string LongName, string Version, string IdPrefix, string Branch, string State, bool ComposedByBodhi = true, bool AutomaticUpdates = false)
{
    /// <summary>Rawhide's tags carry the number of the coming release, the others the name of their branch.</summary>
    public string DistTag => IdPrefix switch
    {
        "FEDORA-EPEL" => "epel" + Version,
        "FEDORA" => "f" + Version,
        _ => Branch,
    };

    /// <summary>Where builds wait for an update.</summary>
    public string CandidateTag => DistTag + (IdPrefix == "FEDORA-EPEL" ? "-testing-candidate" : "-updates-candidate");

    /// <summary>Where builds of updates in testing are.</summary>
    public string TestingTag => DistTag + (IdPrefix == "FEDORA-EPEL" ? "-testing" : "-updates-testing");

    /// <summary>Where builds of stable updates are.</summary>
    public string StableTag => Branch == "rawhide" || IdPrefix == "FEDORA-EPEL" ? DistTag : DistTag + "-updates";

    /// <summary>A Fedora release: pending and with branch <c>rawhide</c> when it is the newest.</summary>
    public static BodhiRelease Fedora(int version, string state = "current", string? branch = null) => new(
        "F" + version, "Fedora " + version, version.ToString(System.Globalization.CultureInfo.InvariantCulture), "FEDORA", branch ?? "f" + version, state,
        ComposedByBodhi: branch != "rawhide", AutomaticUpdates: branch == "rawhide");

    /// <summary>The release that is worked on: <c>rawhide</c>.</summary>
    public static BodhiRelease Rawhide(int version) => Fedora(version, "pending", "rawhide");

    /// <summary>An EPEL release, such as 9, 10.1 (branch <c>epel10.1</c>) or the leading minor 10.2 (branch <c>epel10</c>).</summary>
    public static BodhiRelease Epel(string version, string? branch = null, string state = "current") =>
        new("EPEL-" + version, "Fedora EPEL " + version, version, "FEDORA-EPEL", branch ?? "epel" + version, state);
}
