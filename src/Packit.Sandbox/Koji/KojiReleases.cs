using Packit.Sandbox.Bodhi;

namespace Packit.Sandbox.Koji;

/// <summary>The tags and targets of Fedora's releases, named and joined as in Fedora's Koji.</summary>
internal static class KojiReleases
{
    private const string FedoraArches = "i686 x86_64 aarch64 ppc64le s390x";
    private const string EpelArches = "x86_64 aarch64 ppc64le s390x";

    /// <summary>Makes what is not there yet for these releases.</summary>
    public static void Ensure(TagTree tags, IEnumerable<BodhiRelease> releases)
    {
        foreach (var release in releases)
        {
            if (release.IdPrefix == "FEDORA" && tags.Named("f" + release.Version) is null)
            {
                AddFedora(tags, "f" + release.Version, release.Branch);
            }
            else if (release.IdPrefix == "FEDORA-EPEL" && tags.Named("epel" + release.Version) is null)
            {
                AddEpel(tags, "epel" + release.Version, release.Branch);
            }
        }
    }

    /// <summary>Builds of rawhide come into the candidate tag too, and go on from there by themselves.</summary>
    private static void AddFedora(TagTree tags, string name, string branch)
    {
        tags.Add(name, arches: FedoraArches, branch: branch);
        tags.Add(name + "-updates", name);
        tags.Add(name + "-updates-candidate", name + "-updates");
        tags.Add(name + "-updates-testing", name + "-updates");
        tags.Add(name + "-updates-testing-pending", name + "-updates");
        tags.Add(name + "-updates-pending", name + "-updates");
        tags.Add(name + "-signing-pending", name + "-updates");
        tags.Add(name + "-override", name + "-updates");
        tags.Add(name + "-build", name + "-override", FedoraArches);
        if (branch == "rawhide")
        {
            tags.AddTarget("rawhide", name + "-build", name + "-updates-candidate");
        }

        tags.AddTarget(name + "-candidate", name + "-build", name + "-updates-candidate");
    }

    /// <summary>The target is named after the branch, the tags after the release: <c>epel10-candidate</c> builds for the newest minor.</summary>
    private static void AddEpel(TagTree tags, string name, string branch)
    {
        tags.Add(name, arches: EpelArches, branch: branch);
        tags.Add(name + "-testing", name);
        tags.Add(name + "-testing-candidate", name);
        tags.Add(name + "-testing-pending", name);
        tags.Add(name + "-pending", name);
        tags.Add(name + "-signing-pending", name);
        tags.Add(name + "-override", name);
        tags.Add(name + "-build", name + "-override", EpelArches);
        tags.AddTarget(branch + "-candidate", name + "-build", name + "-testing-candidate");
    }
}
