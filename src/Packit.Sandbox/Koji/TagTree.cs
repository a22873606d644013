using System.Text.Json.Nodes;
using Packit.Sandbox.Pagure;

namespace Packit.Sandbox.Koji;

/// <summary>Tags, what they inherit, their targets, and which packages are in their lists.</summary>
internal sealed class TagTree(KojiState state, PagureStandIn pagure)
{
    public KojiTag? Find(JsonNode? given) => Arguments.IntOrNull(given) is { } id
        ? state.Tags.Find(tag => tag.Id == id)
        : Arguments.StringOrNull(given) is { } name ? Named(name) : null;

    public KojiTag? Named(string name) => state.Tags.Find(tag => tag.Name == name);

    /// <exception cref="HubFault">There is no such tag.</exception>
    public KojiTag Required(JsonNode? given) => Find(given) ?? throw HubFault.Generic($"No such tagInfo: {Shown(given)}");

    public KojiTarget? Target(JsonNode? given) => Arguments.IntOrNull(given) is { } id
        ? state.Targets.Find(target => target.Id == id)
        : Arguments.StringOrNull(given) is { } name ? state.Targets.Find(target => target.Name == name) : null;

    /// <summary>The tags that one inherits from, the nearest first, each with its depth and the one that brought it.</summary>
    public IReadOnlyList<(KojiTag Tag, KojiTag Child, int Depth)> Inheritance(KojiTag tag)
    {
        var found = new List<(KojiTag Tag, KojiTag Child, int Depth)>();
        Walk(tag, 1);
        return found;

        void Walk(KojiTag child, int depth)
        {
            foreach (var parent in child.Parents.Select(Named).OfType<KojiTag>())
            {
                if (!found.Exists(known => known.Tag == parent))
                {
                    found.Add((parent, child, depth));
                    Walk(parent, depth + 1);
                }
            }
        }
    }

    /// <summary>A tag and what it inherits from.</summary>
    public IEnumerable<KojiTag> WithParents(KojiTag tag) => Inheritance(tag).Select(step => step.Tag).Prepend(tag);

    /// <summary>The tag at the root of the release that a tag belongs to.</summary>
    public KojiTag? Root(KojiTag tag) => WithParents(tag).FirstOrDefault(one => one.Branch is not null);

    /// <summary>
    /// Whether a package is in a tag's list: listed, blocked, or null. Unless somebody said so by hand, a package is listed for the
    /// releases that it has a branch for in dist-git, since Fedora adds it to the list when the branch is made.
    /// </summary>
    public string? Listed(KojiTag tag, string package)
    {
        foreach (var one in WithParents(tag))
        {
            if (state.PackageRules.Find(rule => rule.Tag == one.Name && rule.Package == package) is { } rule)
            {
                return rule.Kind == "absent" ? null : rule.Kind;
            }

            if (one.Branch is { } branch && pagure.Find("rpms", package) is { } project && pagure.GitOf(project).Refs().Branch(branch) is not null)
            {
                return "listed";
            }
        }

        return null;
    }

    public string PackageOwner(string package) => pagure.Find("rpms", package)?.Owner ?? "orphan";

    /// <summary>The number of a package; 0 when nobody knows it.</summary>
    public int PackageId(string name)
    {
        int at = state.Packages.IndexOf(name);
        if (at < 0 && pagure.Has("rpms/" + name))
        {
            at = Register(name) - 1;
        }

        return at + 1;
    }

    public int Register(string name)
    {
        int at = state.Packages.IndexOf(name);
        if (at < 0)
        {
            state.Packages.Add(name);
            at = state.Packages.Count - 1;
        }

        return at + 1;
    }

    public KojiTag Add(string name, string? parent = null, string arches = "", string? branch = null, int? sideTagOwner = null, JsonObject? extra = null)
    {
        var tag = new KojiTag
        {
            Id = ++state.LastTag, Name = name, Arches = arches, Branch = branch, SideTagOwner = sideTagOwner,
            Parents = parent is null ? [] : [parent], Extra = extra ?? [],
        };
        state.Tags.Add(tag);
        state.LastEvent++;
        return tag;
    }

    public KojiTarget AddTarget(string name, string buildTag, string destTag)
    {
        var target = new KojiTarget { Id = state.Targets.Count == 0 ? 1 : state.Targets[^1].Id + 1, Name = name, BuildTag = buildTag, DestTag = destTag };
        state.Targets.Add(target);
        return target;
    }

    /// <summary>A value as Python's <c>%r</c> writes it.</summary>
    public static string Shown(JsonNode? given) => Arguments.StringOrNull(given) is { } text ? $"'{text}'" : given?.ToJsonString() ?? "None";
}
