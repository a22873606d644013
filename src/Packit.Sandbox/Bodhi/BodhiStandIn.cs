namespace Packit.Sandbox.Bodhi;

/// <summary>Bodhi, as far as its releases go.</summary>
public sealed class BodhiStandIn
{
    /// <summary>Rawhide, two stable Fedora releases and one past, two EPEL majors, and the container releases that real answers are full of.</summary>
    public static IReadOnlyList<BodhiRelease> Usual { get; } =
    [
        BodhiRelease.Epel("9"),
        BodhiRelease.Epel("10.1"),
        BodhiRelease.Epel("10.2", "epel10"),
        BodhiRelease.Fedora(41, "archived"),
        BodhiRelease.Fedora(42),
        BodhiRelease.Fedora(43),
        new("F43C", "Fedora 43 Containers", "43", "FEDORA-CONTAINER", "f43", "current"),
        new("F43F", "Fedora 43 Flatpaks", "43", "FEDORA-FLATPAK", "f43", "current"),
        BodhiRelease.Rawhide(44),
        new("ELN", "Fedora ELN", "eln", "FEDORA-ELN", "eln", "current", ComposedByBodhi: false, AutomaticUpdates: true),
    ];

    internal BodhiStandIn()
    {
    }

    /// <summary>Where it listens, with a trailing slash.</summary>
    public Uri Address { get; internal set; } = new("http://127.0.0.1/");

    /// <summary>The releases that are answered, in this order.</summary>
    public IReadOnlyList<BodhiRelease> Releases { get; private set; } = Usual;

    public void SetReleases(params BodhiRelease[] releases) => Releases = [.. releases];
}
