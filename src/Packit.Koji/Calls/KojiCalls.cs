using Packit.Http;

namespace Packit.Koji;

/// <summary>The calls of the hub that have types here. Koji: class <c>RootExports</c> in <c>kojihub/kojihub.py</c>.</summary>
internal static class KojiCalls
{
    public static KojiCall<string> Version() => new("getKojiVersion", "reading the hub's version", static answer => answer.Text());

    public static KojiCall<KojiUser?> LoggedInUser() => new("getLoggedInUser", "asking who is logged in", static answer => answer.OrNull(KojiUser.Read))
    {
        Access = KojiAccess.Session,
    };

    public static KojiCall<KojiUser?> User(string name) =>
        new("getUser", $"reading the user {Shown(name)}", static answer => answer.OrNull(KojiUser.Read), name);

    public static KojiCall<KojiBuild?> Build(string nvr) =>
        new("getBuild", $"reading the build {Shown(nvr)}", static answer => answer.OrNull(KojiBuild.Read), nvr);

    public static KojiCall<KojiBuild?> Build(int id) =>
        new("getBuild", $"reading the build {id}", static answer => answer.OrNull(KojiBuild.Read), id);

    public static KojiCall<IReadOnlyList<KojiBuild>> Builds(BuildQuery query) =>
        new("listBuilds", "listing builds", static answer => answer.List(KojiBuild.Read), query.Keywords());

    public static KojiCall<IReadOnlyList<ChangelogEntry>> Changelog(string nvr, DateTimeOffset? after) =>
        new(
            "getChangelogEntries",
            $"reading the changelog of {Shown(nvr)}",
            static answer => answer.OrNull(static list => list.List(ChangelogEntry.Read)) ?? [],
            KojiCall.Keywords(("buildID", nvr), ("after", after?.ToUnixTimeSeconds())));

    public static KojiCall<int> StartBuild(KojiBuildRequest request)
    {
        List<RpcValue> arguments = [request.Source.ToString(), request.Target, request.Options()];
        if (request.Priority is { } priority)
        {
            arguments.Add(priority);
        }

        return new KojiCall<int>("build", $"starting the build of {request.Source} for {Shown(request.Target)}", static answer => answer.Number(), arguments)
        {
            Access = KojiAccess.Write,
        };
    }

    public static KojiCall<KojiTask?> Task(int id) =>
        new("getTaskInfo", $"reading the task {id}", static answer => answer.OrNull(KojiTask.Read), id, KojiCall.Keywords(("request", true)));

    public static KojiCall<IReadOnlyList<KojiTask>> Tasks(IReadOnlyList<int> ids) =>
        new(
            "getTaskInfo",
            $"reading {ids.Count} tasks",
            static answer => [.. answer.Items().Where(static item => !item.IsNil).Select(KojiTask.Read)],
            RpcValue.Of(ids.Select(static id => (long)id)),
            KojiCall.Keywords(("request", true)));

    public static KojiCall<IReadOnlyList<KojiTask>> Tasks(TaskQuery query) =>
        new("listTasks", "listing tasks", static answer => answer.List(KojiTask.Read), query.Keywords());

    public static KojiCall<IReadOnlyList<KojiTask>> TaskChildren(int id) =>
        new("getTaskChildren", $"reading the children of task {id}", static answer => answer.List(KojiTask.Read), id, KojiCall.Keywords(("request", true)));

    /// <summary>The keys are the numbers of the parents; the lists of all of them together are the descendants.</summary>
    public static KojiCall<IReadOnlyList<KojiTask>> TaskDescendants(int id) =>
        new(
            "getTaskDescendents",
            $"reading the descendants of task {id}",
            static answer => answer.Value is RpcValue.Struct parents
                ? [.. parents.Members.Keys.SelectMany(key => answer[key].Items()).Select(KojiTask.Read).OrderBy(static task => task.Id)]
                : throw answer.Wrong("a struct"),
            id,
            KojiCall.Keywords(("request", true)));

    public static KojiCall<RpcValue> TaskResult(int id) =>
        new("getTaskResult", $"reading the result of task {id}", static answer => answer.Value, id, KojiCall.Keywords(("raise_fault", false)));

    public static KojiCall<int> ResubmitTask(int id) =>
        new("resubmitTask", $"starting task {id} again", static answer => answer.Number(), id) { Access = KojiAccess.Write };

    public static KojiCall<RpcValue> CancelTask(int id) =>
        new("cancelTask", $"cancelling task {id}", static answer => answer.Value, id) { Access = KojiAccess.Write };

    public static KojiCall<IReadOnlyList<TaskFile>> TaskFiles(int id) =>
        new(
            "listTaskOutput",
            $"listing the files of task {id}",
            static answer => answer.Value is RpcValue.Struct files
                ? [.. files.Members.Keys.Order(StringComparer.Ordinal).Select(name => new TaskFile(name, answer[name]["st_size"].LongOrNull()))]
                : throw answer.Wrong("a struct"),
            id,
            KojiCall.Keywords(("stat", true)));

    public static KojiCall<byte[]> TaskFile(int id, string file, long offset, int size) =>
        new("downloadTaskOutput", $"reading {Shown(file)} of task {id}", Content, id, file, offset, size);

    public static KojiCall<BuildTarget?> Target(string name) =>
        new("getBuildTarget", $"reading the build target {Shown(name)}", static answer => answer.OrNull(BuildTarget.Read), name);

    public static KojiCall<KojiTag?> Tag(string name) =>
        new("getTag", $"reading the tag {Shown(name)}", static answer => answer.OrNull(KojiTag.Read), name);

    public static KojiCall<IReadOnlyList<KojiTag>> TagsOfBuild(string nvr) =>
        new("listTags", $"reading the tags of {Shown(nvr)}", static answer => answer.List(KojiTag.Read), KojiCall.Keywords(("build", nvr)));

    public static KojiCall<IReadOnlyList<TaggedBuild>> Tagged(TaggedQuery query) =>
        new("listTagged", $"listing the builds in {Shown(query.Tag)}", static answer => answer.List(TaggedBuild.Read), query.Tag, query.Keywords());

    public static KojiCall<TaggedPackage?> Package(string tag, string package) =>
        new("getPackageConfig", $"reading what {Shown(tag)} says about {Shown(package)}", static answer => answer.OrNull(TaggedPackage.Read), tag, package);

    public static KojiCall<KojiRepo?> Repo(string tag) =>
        new("getRepo", $"reading the repository of {Shown(tag)}", static answer => answer.OrNull(KojiRepo.Read), tag);

    public static KojiCall<IReadOnlyList<InheritedTag>> Inheritance(string tag) =>
        new("getFullInheritance", $"reading what {Shown(tag)} inherits from", static answer => answer.List(InheritedTag.Read), tag);

    public static KojiCall<int> TagBuild(string tag, string nvr) =>
        new("tagBuild", $"tagging {Shown(nvr)} into {Shown(tag)}", static answer => answer.Number(), tag, nvr) { Access = KojiAccess.Write };

    public static KojiCall<RpcValue> UntagBuild(string tag, string nvr) =>
        new("untagBuild", $"taking {Shown(nvr)} out of {Shown(tag)}", static answer => answer.Value, tag, nvr) { Access = KojiAccess.Write };

    public static KojiCall<SideTag> CreateSideTag(string buildTag) =>
        new("createSideTag", $"making a side tag of {Shown(buildTag)}", SideTag.Read, buildTag) { Access = KojiAccess.Write };

    public static KojiCall<RpcValue> RemoveSideTag(string name) =>
        new("removeSideTag", $"removing the side tag {Shown(name)}", static answer => answer.Value, name) { Access = KojiAccess.Write };

    public static KojiCall<IReadOnlyList<SideTag>> SideTags(string? buildTag, string? user) =>
        new("listSideTags", "listing side tags", static answer => answer.List(SideTag.Read), KojiCall.Keywords(("basetag", buildTag), ("user", user)));

    // The hub sends the bytes as a text of Base64 instead of the type that XML-RPC has for them.
    private static byte[] Content(Answer answer)
    {
        if (answer.Value is RpcValue.Bytes bytes)
        {
            return bytes.Value.ToArray();
        }

        var text = answer.Text();
        var content = new byte[text.Length];
        return Convert.TryFromBase64String(text, content, out var length) ? content[..length] : throw answer.Wrong("Base64");
    }

    private static string Shown(string name) => RemoteText.Clean(name);
}
