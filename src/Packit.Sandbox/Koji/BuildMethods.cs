using System.Text.Json.Nodes;

namespace Packit.Sandbox.Koji;

/// <summary>Builds: asking for one, finding them, and what their packages say.</summary>
internal static class BuildMethods
{
    private const string ListBuilds =
        "RootExports.listBuilds(packageID=, userID=, taskID=, prefix=, state=, volumeID=, source=, createdBefore=, createdAfter=, completeBefore=, "
        + "completeAfter=, type=, typeInfo=, queryOpts=, pattern=, cgID=, draft=)";

    public static void Map(HubMethods hub)
    {
        hub.Add("build", "RootExports.build(src, target, opts=, priority=, channel=)", Build, writes: true);
        hub.Add("cancelBuild", "RootExports.cancelBuild(buildID, strict=)", Cancel, writes: true);
        hub.Add("getBuild", "get_build(buildInfo, strict=)", Get);
        hub.Add("listBuilds", ListBuilds, List);
        hub.Add("getPackage", "lookup_package(info, strict=, create=)", Package);
        hub.Add("getPackageID", "RootExports.getPackageID(name, strict=)", PackageId);
        hub.Add("getChangelogEntries", "RootExports.getChangelogEntries(buildID=, taskID=, filepath=, author=, before=, after=, queryOpts=, strict=)", Changelog);
        hub.Add("getRPMHeaders", "RootExports.getRPMHeaders(rpmID=, taskID=, filepath=, headers=, strict=)", Headers);
    }

    /// <summary>A build by id, by NVR, or by a struct of its parts.</summary>
    public static KojiBuild? Find(HubCall call, JsonNode? info)
    {
        if (Arguments.IntOrNull(info) is { } id)
        {
            return call.State.Builds.GetValueOrDefault(id);
        }

        string? nvr = info is JsonObject parts ? $"{parts["name"]}-{parts["version"]}-{parts["release"]}" : Arguments.StringOrNull(info);
        return call.State.Builds.Values.LastOrDefault(build => build.Nvr == nvr);
    }

    public static KojiBuild Required(HubCall call, JsonNode? info) => Find(call, info) ?? throw HubFault.Generic($"No such build: {TagTree.Shown(info)}");

    /// <summary>Any source and any target are taken: the task fails later.</summary>
    private static JsonNode Build(HubCall call)
    {
        var user = call.RequireLogin();
        string source = call.Arguments.Text("src");
        int? priority = Arguments.IntOrNull(call.Arguments["priority"]);
        if (priority < 0 && !user.IsAdmin)
        {
            throw HubFault.NotAllowed("only admins may create high-priority tasks");
        }

        var request = new JsonArray(source, call.Arguments.TextOrNull("target"), call.Arguments["opts"]?.DeepClone() ?? new JsonObject());
        return call.Koji.Steps.NewTask("build", request, user, priority: 20 + (priority ?? 0)).Id;
    }

    private static JsonNode Cancel(HubCall call)
    {
        if (Find(call, call.Arguments["buildID"]) is not { } build)
        {
            return call.IsStrict ? throw HubFault.Generic($"No such build: {TagTree.Shown(call.Arguments["buildID"])}") : false;
        }

        var user = call.RequireLogin();
        if (build.Owner != user.Id && !user.IsAdmin)
        {
            throw HubFault.NotAllowed("Cannot cancel build, not owner");
        }

        if (build.State != HubBuildState.Building || build.Task is not { } task)
        {
            return false;
        }

        call.Koji.Steps.Cancel(call.State.Tasks[task]);
        return true;
    }

    private static JsonNode? Get(HubCall call)
    {
        var info = call.Arguments["buildInfo"];
        var build = call.IsStrict ? Required(call, info) : Find(call, info);
        return build is null ? null : KojiJson.Build(call.Koji, build);
    }

    private static JsonNode List(HubCall call)
    {
        var arguments = call.Arguments;
        var builds = call.State.Builds.Values.AsEnumerable();
        if (arguments["packageID"] is { } package)
        {
            int id = Arguments.IntOrNull(package) ?? call.Koji.Tags.PackageId(package.ToString());
            builds = builds.Where(build => call.Koji.Tags.Register(build.Name) == id);
        }

        if (arguments["userID"] is { } user)
        {
            int? id = call.Koji.Accounts.Find(user)?.Id;
            builds = builds.Where(build => build.Owner == id);
        }

        if (Arguments.IntOrNull(arguments["taskID"]) is { } task)
        {
            builds = builds.Where(build => build.Task == task);
        }

        if (Arguments.IntOrNull(arguments["state"]) is { } state)
        {
            builds = builds.Where(build => (int)build.State == state);
        }

        if (arguments.TextOrNull("prefix") is { } prefix)
        {
            builds = builds.Where(build => build.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
        }

        if (arguments.TextOrNull("source") is { } source)
        {
            builds = builds.Where(build => build.Source == source);
        }

        builds = builds.Where(build => Within(arguments, "created", build.Created) && Within(arguments, "complete", build.Completed));
        return QueryOptions.Apply(builds.Select(build => KojiJson.BuildRow(call.Koji, build)), call.QueryOptions);
    }

    private static bool Within(Arguments arguments, string name, DateTimeOffset? time)
    {
        var after = KojiTime.Parse(arguments[name + "After"]);
        var before = KojiTime.Parse(arguments[name + "Before"]);
        return (after is null || time > after) && (before is null || time < before);
    }

    private static JsonNode? Package(HubCall call)
    {
        var info = call.Arguments["info"];
        int id = Arguments.IntOrNull(info) ?? call.Koji.Tags.PackageId(Arguments.StringOrNull(info) ?? "");
        return id > 0 && id <= call.State.Packages.Count ? new JsonObject { ["id"] = id, ["name"] = call.State.Packages[id - 1] }
            : call.IsStrict ? throw HubFault.Generic($"No such entry in table package: {info}")
            : null;
    }

    private static JsonNode? PackageId(HubCall call)
    {
        string name = call.Arguments.Text("name");
        int id = call.Koji.Tags.PackageId(name);
        return id > 0 ? id : call.IsStrict ? throw HubFault.Generic($"No such entry in table package: {name}") : null;
    }

    private static JsonNode Changelog(HubCall call)
    {
        var build = call.Arguments["buildID"] is { } info ? Find(call, info)
            : Arguments.IntOrNull(call.Arguments["taskID"]) is { } task ? call.State.Builds.Values.FirstOrDefault(one => one.Task == task)
            : throw HubFault.Generic("either buildID or taskID and filepath must be specified");
        if (build is null)
        {
            return call.IsStrict ? throw HubFault.Generic($"No such build: {TagTree.Shown(call.Arguments["buildID"])}") : new JsonArray();
        }

        var after = KojiTime.Parse(call.Arguments["after"]);
        var before = KojiTime.Parse(call.Arguments["before"]);
        var rows = build.Changelog
            .Where(row => (after is null || row.Time > after.Value.ToUnixTimeSeconds()) && (before is null || row.Time < before.Value.ToUnixTimeSeconds()))
            .Where(row => call.Arguments.TextOrNull("author") is not { } author || row.Author == author)
            .Select(row => new JsonObject
            {
                ["date"] = DateTimeOffset.FromUnixTimeSeconds(row.Time).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
                ["date_ts"] = (int)row.Time,
                ["author"] = row.Author,
                ["text"] = row.Text,
            });
        return QueryOptions.Apply(rows, call.QueryOptions);
    }

    /// <summary>Headers of a build's packages, by a file name such as <c>hello-1-1.fc43.src</c>. Those that it does not know are left out.</summary>
    private static JsonNode Headers(HubCall call)
    {
        string name = call.Arguments.TextOrNull("rpmID") ?? "";
        int dot = name.LastIndexOf('.');
        if (dot < 0 || Find(call, name[..dot]) is not { } build)
        {
            return call.IsStrict ? throw HubFault.Generic($"No such rpm: {name}") : new JsonObject();
        }

        var headers = new JsonObject();
        foreach (string header in (call.Arguments["headers"] as JsonArray ?? []).Select(header => header!.ToString().ToLowerInvariant()))
        {
            JsonNode? value = header switch
            {
                "name" => build.Name,
                "version" => build.Version,
                "release" => build.Release,
                "epoch" => build.Epoch,
                "changelogtime" => new JsonArray([.. build.Changelog.Select(row => (JsonNode)(int)row.Time)]),
                "changelogname" => new JsonArray([.. build.Changelog.Select(row => (JsonNode)row.Author)]),
                "changelogtext" => new JsonArray([.. build.Changelog.Select(row => (JsonNode)row.Text)]),
                _ => null,
            };
            headers[header] = value;
        }

        return headers;
    }
}
