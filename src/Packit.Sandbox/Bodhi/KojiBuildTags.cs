using Packit.Sandbox.Koji;

namespace Packit.Sandbox.Bodhi;

/// <summary>The world's Koji as Bodhi sees it. Bodhi holds no gate of its own while it asks.</summary>
internal sealed class KojiBuildTags(KojiStandIn koji) : IBuildTags
{
    public KnownBuild? Find(string nvr)
    {
        lock (koji.State.Gate)
        {
            return BuildOf(nvr) is { } build
                ? new KnownBuild(build.Id, build.Task, build.Nvr, koji.Accounts.ById(build.Owner).Name, build.State == HubBuildState.Complete, build.Epoch)
                : null;
        }
    }

    public IReadOnlyList<string> TagsOf(string nvr)
    {
        lock (koji.State.Gate)
        {
            return BuildOf(nvr) is { } build
                ? [.. koji.State.Taggings.Where(tagging => tagging.Build == build.Id).Select(tagging => koji.Tags.Find(tagging.Tag)!.Name)]
                : [];
        }
    }

    public IReadOnlyList<string> BuildsIn(string tag)
    {
        lock (koji.State.Gate)
        {
            return koji.Tags.Named(tag) is { } known
                ? [.. koji.State.Taggings.Where(tagging => tagging.Tag == known.Id).Select(tagging => koji.State.Builds[tagging.Build])
                    .GroupBy(build => build.Name).Select(builds => builds.Last().Nvr)]
                : [];
        }
    }

    public void Tag(string nvr, string tag) => Change(nvr, tag, (known, build, bodhi) => koji.Steps.Tag(known, build, bodhi));

    public void Untag(string nvr, string tag) => Change(nvr, tag, (known, build, bodhi) => koji.Steps.Untag(known, build, bodhi));

    private void Change(string nvr, string tag, Func<KojiTag, KojiBuild, KojiUser, bool> change)
    {
        lock (koji.State.Gate)
        {
            if (koji.Tags.Named(tag) is { } known && BuildOf(nvr) is { } build)
            {
                change(known, build, koji.Accounts.Ensure(BodhiStandIn.Itself, admin: true));
            }
        }
    }

    private KojiBuild? BuildOf(string nvr) => koji.State.Builds.Values.LastOrDefault(build => build.Nvr == nvr);
}
