namespace Packit.Sandbox.Bodhi;

/// <summary>Builds and their tags as a story sets them, for a Bodhi without a Koji behind it.</summary>
public sealed class BuildTable : IBuildTags
{
    private readonly Lock _gate = new();
    private readonly List<(KnownBuild Build, List<string> Tags)> _builds = [];

    /// <summary>Adds a complete build with these tags.</summary>
    public KnownBuild Add(string nvr, params string[] tags)
    {
        lock (_gate)
        {
            var build = new KnownBuild(_builds.Count + 1, 100 + _builds.Count, nvr, "packit");
            _builds.Add((build, [.. tags]));
            return build;
        }
    }

    public KnownBuild? Find(string nvr)
    {
        lock (_gate)
        {
            return _builds.Find(known => known.Build.Nvr == nvr).Build;
        }
    }

    public IReadOnlyList<string> TagsOf(string nvr)
    {
        lock (_gate)
        {
            return _builds.Find(known => known.Build.Nvr == nvr).Tags is { } tags ? [.. tags] : [];
        }
    }

    public IReadOnlyList<string> BuildsIn(string tag)
    {
        lock (_gate)
        {
            return [.. _builds.Where(known => known.Tags.Contains(tag)).GroupBy(known => known.Build.Package).Select(builds => builds.Last().Build.Nvr)];
        }
    }

    public void Tag(string nvr, string tag)
    {
        lock (_gate)
        {
            if (_builds.Find(known => known.Build.Nvr == nvr).Tags is { } tags && !tags.Contains(tag))
            {
                tags.Add(tag);
            }
        }
    }

    public void Untag(string nvr, string tag)
    {
        lock (_gate)
        {
            _builds.Find(known => known.Build.Nvr == nvr).Tags?.Remove(tag);
        }
    }
}
