using System.Text.Json.Nodes;

namespace Packit.Sandbox.Koji;

/// <summary>Reading tags, targets, what is in them, and package lists.</summary>
internal static class TagMethods
{
    public static void Map(HubMethods hub)
    {
        hub.Add("getTag", "get_tag(tagInfo, strict=, event=, blocked=)", Tag);
        hub.Add("getTagID", "RootExports.getTagID(info, strict=, create=)", TagId);
        hub.Add("getBuildTarget", "get_build_target(info, event=, strict=)", Target);
        hub.Add("getBuildTargets", "get_build_targets(info=, event=, buildTagID=, destTagID=, queryOpts=)", Targets);
        hub.Add("getBuildConfig", "RootExports.getBuildConfig(tag, event=)", BuildConfig);
        hub.Add("getFullInheritance", "RootExports.getFullInheritance(tag, event=, reverse=)", Inheritance);
        hub.Add("listTags", "list_tags(build=, package=, perms=, queryOpts=, pattern=)", List);
        hub.Add("listTagged", "RootExports.listTagged(tag, event=, inherit=, prefix=, latest=, package=, owner=, type=, strict=, extra=, draft=)", Tagged);
        hub.Add("getLatestBuilds", "RootExports.getLatestBuilds(tag, event=, package=, type=, draft=)", Latest);
        hub.Add("getPackageConfig", "RootExports.getPackageConfig(tag, pkg, event=)", PackageConfig);
        hub.Add("checkTagPackage", "RootExports.checkTagPackage(tag, pkg)", CheckPackage);
        hub.Add("getRepo", "old_get_repo(tag, state=, event=, dist=, min_event=)", Repo);
        hub.Add("createTag", "create_tag(name, parent=, arches=, perm=, locked=, maven_support=, maven_include_all=, extra=)", Create, writes: true);
    }

    private static JsonNode? Tag(HubCall call)
    {
        var info = call.Arguments["tagInfo"];
        var tag = call.IsStrict ? call.Koji.Tags.Required(info) : call.Koji.Tags.Find(info);
        return tag is null ? null : KojiJson.Tag(tag);
    }

    private static JsonNode? TagId(HubCall call) =>
        call.Koji.Tags.Find(call.Arguments["info"]) is { } tag ? tag.Id
        : call.IsStrict ? throw HubFault.Generic($"No such entry in table tag: {call.Arguments["info"]}")
        : null;

    private static JsonNode? Target(HubCall call) =>
        call.Koji.Tags.Target(call.Arguments["info"]) is { } target ? KojiJson.Target(target, call.Koji.Tags)
        : call.IsStrict ? throw HubFault.Generic($"No such build target: {TagTree.Shown(call.Arguments["info"])}")
        : null;

    private static JsonNode Targets(HubCall call)
    {
        var targets = call.State.Targets.AsEnumerable();
        if (call.Arguments["info"] is { } info)
        {
            var wanted = call.Koji.Tags.Target(info);
            targets = targets.Where(target => target == wanted);
        }

        if (call.Arguments["buildTagID"] is { } build)
        {
            string name = call.Koji.Tags.Required(build).Name;
            targets = targets.Where(target => target.BuildTag == name);
        }

        if (call.Arguments["destTagID"] is { } dest)
        {
            string name = call.Koji.Tags.Required(dest).Name;
            targets = targets.Where(target => target.DestTag == name);
        }

        return QueryOptions.Apply(targets.Select(target => KojiJson.Target(target, call.Koji.Tags)), call.QueryOptions);
    }

    private static JsonNode BuildConfig(HubCall call)
    {
        var tag = call.Koji.Tags.Required(call.Arguments["tag"]);
        var json = KojiJson.Tag(tag);
        var extra = json["extra"]!.AsObject();
        foreach (var (name, value) in call.Koji.Tags.Inheritance(tag).SelectMany(step => step.Tag.Extra))
        {
            extra.TryAdd(name, value?.DeepClone());
        }

        return json;
    }

    private static JsonNode Inheritance(HubCall call)
    {
        var tag = call.Koji.Tags.Required(call.Arguments["tag"]);
        return new JsonArray([.. call.Koji.Tags.Inheritance(tag).Select(step => (JsonNode)new JsonObject
        {
            ["child_id"] = step.Child.Id,
            ["currdepth"] = step.Depth,
            ["filter"] = new JsonArray(),
            ["intransitive"] = false,
            ["maxdepth"] = null,
            ["name"] = step.Tag.Name,
            ["nextdepth"] = null,
            ["noconfig"] = false,
            ["parent_id"] = step.Tag.Id,
            ["pkg_filter"] = "",
            ["priority"] = step.Child.Parents.IndexOf(step.Tag.Name),
        })]);
    }

    private static JsonNode List(HubCall call)
    {
        var tags = call.State.Tags.AsEnumerable();
        if (call.Arguments["build"] is { } info)
        {
            var build = BuildMethods.Required(call, info);
            tags = call.State.Taggings.Where(tagging => tagging.Build == build.Id).Select(tagging => call.State.Tags.First(tag => tag.Id == tagging.Tag));
        }

        if (call.Arguments.TextOrNull("pattern") is { } pattern)
        {
            tags = tags.Where(tag => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, tag.Name, ignoreCase: false));
        }

        return QueryOptions.Apply(tags.Select(KojiJson.TagRow), call.QueryOptions);
    }

    private static JsonNode Tagged(HubCall call)
    {
        var found = call.Koji.Tags.Find(call.Arguments["tag"]);
        if (found is null)
        {
            bool strict = call.Arguments["strict"] is null || call.IsStrict;
            return strict ? throw HubFault.Generic($"No such tagInfo: {TagTree.Shown(call.Arguments["tag"])}") : new JsonArray();
        }

        return Builds(call, found, call.Arguments.IsTrue("inherit"), Newest(call.Arguments["latest"]), call.Arguments.TextOrNull("package"));
    }

    private static JsonNode Latest(HubCall call) =>
        Builds(call, call.Koji.Tags.Required(call.Arguments["tag"]), inherit: true, newest: 1, call.Arguments.TextOrNull("package"));

    /// <summary>Builds of the nearest tag first, in each the one that was tagged last first: Koji's own order of "latest".</summary>
    private static JsonArray Builds(HubCall call, KojiTag tag, bool inherit, int? newest, string? package)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var ids = new HashSet<int>();
        var rows = new JsonArray();
        foreach (var one in inherit ? call.Koji.Tags.WithParents(tag) : [tag])
        {
            foreach (var tagging in call.State.Taggings.Where(tagging => tagging.Tag == one.Id).Reverse())
            {
                var build = call.State.Builds[tagging.Build];
                if (build.State != HubBuildState.Complete
                    || (package is not null && build.Name != package)
                    || (call.Arguments["prefix"] is { } prefix && !build.Name.StartsWith(prefix.ToString(), StringComparison.OrdinalIgnoreCase))
                    || (call.Arguments["owner"] is { } owner && call.Koji.Accounts.Find(owner)?.Id != build.Owner)
                    || !ids.Add(build.Id)
                    || (newest is not null && seen.GetValueOrDefault(build.Name) >= newest))
                {
                    continue;
                }

                seen[build.Name] = seen.GetValueOrDefault(build.Name) + 1;
                rows.Add(KojiJson.Tagged(call.Koji, build, one, tagging));
            }
        }

        return rows;
    }

    private static int? Newest(JsonNode? latest) => Arguments.IntOrNull(latest) is { } count and > 0 ? count : Arguments.IsTrue(latest) ? 1 : null;

    private static JsonNode? PackageConfig(HubCall call)
    {
        var tag = call.Koji.Tags.Required(call.Arguments["tag"]);
        string name = PackageName(call);
        return call.Koji.Tags.Listed(tag, name) is not { } kind ? null : new JsonObject
        {
            ["blocked"] = kind == "blocked",
            ["extra_arches"] = "",
            ["owner_id"] = call.Koji.Accounts.Ensure(call.Koji.Tags.PackageOwner(name)).Id,
            ["owner_name"] = call.Koji.Tags.PackageOwner(name),
            ["package_id"] = call.Koji.Tags.Register(name),
            ["package_name"] = name,
            ["tag_id"] = tag.Id,
            ["tag_name"] = tag.Name,
        };
    }

    private static JsonNode CheckPackage(HubCall call) => call.Koji.Tags.Listed(call.Koji.Tags.Required(call.Arguments["tag"]), PackageName(call)) == "listed";

    private static string PackageName(HubCall call) =>
        Arguments.IntOrNull(call.Arguments["pkg"]) is { } id && id > 0 && id <= call.State.Packages.Count
            ? call.State.Packages[id - 1]
            : call.Arguments["pkg"]?.ToString() ?? "";

    private static JsonNode? Repo(HubCall call)
    {
        var tag = call.Koji.Tags.Required(call.Arguments["tag"]);
        return call.State.Repos.FindLast(repo => repo.Tag == tag.Id) is not { } repo ? null : new JsonObject
        {
            ["create_event"] = repo.Event,
            ["create_ts"] = KojiTime.Stamp(repo.At),
            ["creation_time"] = KojiTime.Text(repo.At),
            ["dist"] = false,
            ["id"] = repo.Id,
            ["state"] = 1,
            ["task_id"] = null,
        };
    }

    private static JsonNode? Create(HubCall call) => throw HubFault.NotAllowed($"tag permission required (logged in as {call.RequireLogin().Name})");
}
