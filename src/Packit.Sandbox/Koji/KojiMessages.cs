using System.Globalization;
using System.Text.Json.Nodes;
using Packit.Sandbox.Bus;

namespace Packit.Sandbox.Koji;

/// <summary>What the hub's plugin publishes on Fedora's bus, member by member. Times have a T here; those of tasks are whole seconds.</summary>
internal sealed class KojiMessages(KojiStandIn koji, MessageBus bus)
{
    private const int Debug = 10;
    private const int TagPriority = 2;

    public const string BuildTopic = "buildsys.build.state.change";

    public const string BuildSchema = "koji_fedoramessaging.build.BuildStateChangeV1";

    /// <summary>A build is in a new state; null stands for its beginning. Scratch builds are never told of here.</summary>
    public void BuildChanged(KojiBuild build, HubBuildState? old)
    {
        var task = build.Task is { } id ? koji.State.Tasks[id] : null;
        string owner = koji.Accounts.ById(build.Owner).Name;
        bus.Publish(BuildTopic, Body(), BuildSchema, users: [owner], packages: [build.Name]);

        JsonObject Body() => new()
        {
            ["base_url"] = Base,
            ["name"] = build.Name,
            ["version"] = build.Version,
            ["release"] = build.Release,
            ["epoch"] = build.Epoch,
            ["attribute"] = "state",
            ["old"] = (int?)old,
            ["new"] = (int)build.State,
            ["build_id"] = build.Id,
            ["task_id"] = build.Task,
            ["owner"] = owner,
            ["files_base_url"] = Base + "/work",
            ["url"] = $"{Base}/koji/buildinfo?buildID={build.Id}",
            ["task"] = task is null ? null : TaskInfo(task),
            ["request"] = task?.Request.DeepClone(),
            ["creation_time"] = KojiTime.Iso(build.Created),
            ["completion_time"] = KojiTime.Iso(build.Completed),
            ["instance"] = "primary",
        };
    }

    /// <summary>A scratch build's own task is in a new state, in words. Other tasks are never told of.</summary>
    public void TaskChanged(KojiTask task, HubTaskState old)
    {
        string owner = koji.Accounts.ById(task.Owner).Name;
        var body = new JsonObject
        {
            ["base_url"] = Base,
            ["info"] = TaskInfo(task),
            ["method"] = task.Method,
            ["attribute"] = "state",
            ["old"] = old.ToString().ToUpperInvariant(),
            ["new"] = task.State.ToString().ToUpperInvariant(),
            ["id"] = task.Id,
            ["owner"] = owner,
            ["files_base_url"] = Base + "/work",
            ["srpm"] = task.Request[0]?.ToString().Split('/')[^1],
            ["instance"] = "primary",
        };
        bus.Publish("buildsys.task.state.change", body, "koji_fedoramessaging.task.TaskStateChangeV1", users: [owner]);
    }

    public void Tagged(KojiTag tag, KojiBuild build, KojiUser user) => TagChange("buildsys.tag", "koji_fedoramessaging.tag.TagV1", tag, build, user);

    public void Untagged(KojiTag tag, KojiBuild build, KojiUser user) => TagChange("buildsys.untag", "koji_fedoramessaging.tag.UntagV1", tag, build, user);

    /// <summary>A repository for builders of a tag was begun and finished.</summary>
    public void RepoMade(KojiTag tag, KojiRepo repo)
    {
        foreach (var (topic, schema) in (ReadOnlySpan<(string, string)>)[("init", "koji_fedoramessaging.repo.InitV1"), ("done", "koji_fedoramessaging.repo.DoneV1")])
        {
            var body = new JsonObject
            {
                ["base_url"] = Base,
                ["tag"] = tag.Name,
                ["tag_id"] = tag.Id,
                ["repo_id"] = repo.Id,
                ["instance"] = "primary",
            };
            bus.Publish("buildsys.repo." + topic, body, schema, Debug);
        }
    }

    private string Base => koji.Address.AbsoluteUri.TrimEnd('/');

    private void TagChange(string topic, string schema, KojiTag tag, KojiBuild build, KojiUser user)
    {
        string owner = koji.Accounts.ById(build.Owner).Name;
        var body = new JsonObject
        {
            ["base_url"] = Base,
            ["tag"] = tag.Name,
            ["name"] = build.Name,
            ["version"] = build.Version,
            ["release"] = build.Release,
            ["user"] = user.Name,
            ["owner"] = owner,
            ["tag_id"] = tag.Id,
            ["build_id"] = build.Id,
            ["instance"] = "primary",
        };
        string[] users = user.Name == owner ? [owner] : [user.Name, owner];
        bus.Publish(topic, body, schema, Debug, users, [build.Name], TagPriority);
    }

    private JsonObject TaskInfo(KojiTask task) => new()
    {
        ["arch"] = task.Arch,
        ["awaited"] = null,
        ["channel_id"] = 1,
        ["completion_time"] = WholeSeconds(task.Completed),
        ["create_time"] = WholeSeconds(task.Created),
        ["host_id"] = task.Host,
        ["id"] = task.Id,
        ["label"] = task.Label,
        ["method"] = task.Method,
        ["owner"] = koji.Accounts.ById(task.Owner).Name,
        ["parent"] = task.Parent,
        ["priority"] = task.Priority,
        ["start_time"] = WholeSeconds(task.Started),
        ["state"] = (int)task.State,
        ["waiting"] = null,
        ["request"] = task.Request.DeepClone(),
        ["host_name"] = task.Host is null ? null : KojiStandIn.HostName,
        ["url"] = $"{Base}/koji/taskinfo?taskID={task.Id}",
        ["result"] = task.Result?.DeepClone(),
        ["children"] = new JsonArray([.. koji.State.Tasks.Values.Where(child => child.Parent == task.Id).Select(TaskInfo)]),
    };

    /// <summary>Python writes a float with its point, also when nothing follows.</summary>
    private static JsonNode? WholeSeconds(DateTimeOffset? at) =>
        at is { } given ? JsonNode.Parse(given.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) + ".0") : null;
}
