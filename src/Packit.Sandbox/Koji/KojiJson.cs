using System.Text.Json.Nodes;

namespace Packit.Sandbox.Koji;

/// <summary>Tasks, builds and tags as the hub answers them, member by member.</summary>
internal static class KojiJson
{
    public static JsonObject Task(KojiTask task, bool request = false)
    {
        var json = new JsonObject
        {
            ["arch"] = task.Arch,
            ["awaited"] = null,
            ["channel_id"] = 1,
            ["completion_time"] = KojiTime.Text(task.Completed),
            ["completion_ts"] = KojiTime.Stamp(task.Completed),
            ["create_time"] = KojiTime.Text(task.Created),
            ["create_ts"] = KojiTime.Stamp(task.Created),
            ["host_id"] = task.Host,
            ["id"] = task.Id,
            ["label"] = task.Label,
            ["method"] = task.Method,
            ["owner"] = task.Owner,
            ["parent"] = task.Parent,
            ["priority"] = task.Priority,
            ["start_time"] = KojiTime.Text(task.Started),
            ["start_ts"] = KojiTime.Stamp(task.Started),
            ["state"] = (int)task.State,
            ["waiting"] = null,
            ["weight"] = 1.0,
        };
        if (request)
        {
            json["request"] = task.Request.DeepClone();
        }

        return json;
    }

    /// <summary>A row of <c>listBuilds</c>: it has no <c>id</c>.</summary>
    public static JsonObject BuildRow(KojiStandIn koji, KojiBuild build) => new()
    {
        ["build_id"] = build.Id,
        ["completion_time"] = KojiTime.Text(build.Completed),
        ["completion_ts"] = KojiTime.Stamp(build.Completed),
        ["creation_event_id"] = build.CreationEvent,
        ["creation_time"] = KojiTime.Text(build.Created),
        ["creation_ts"] = KojiTime.Stamp(build.Created),
        ["draft"] = false,
        ["epoch"] = build.Epoch,
        ["extra"] = build.OriginalUrl is null ? null : new JsonObject { ["source"] = new JsonObject { ["original_url"] = build.OriginalUrl } },
        ["name"] = build.Name,
        ["nvr"] = build.Nvr,
        ["owner_id"] = build.Owner,
        ["owner_name"] = koji.Accounts.ById(build.Owner).Name,
        ["package_id"] = koji.Tags.Register(build.Name),
        ["package_name"] = build.Name,
        ["promoter_id"] = null,
        ["promoter_name"] = null,
        ["promotion_time"] = null,
        ["promotion_ts"] = null,
        ["release"] = build.Release,
        ["source"] = build.Source,
        ["start_time"] = KojiTime.Text(build.Started),
        ["start_ts"] = KojiTime.Stamp(build.Started),
        ["state"] = (int)build.State,
        ["task_id"] = build.Task,
        ["version"] = build.Version,
        ["volume_id"] = 0,
        ["volume_name"] = "DEFAULT",
    };

    /// <summary>The answer of <c>getBuild</c>.</summary>
    public static JsonObject Build(KojiStandIn koji, KojiBuild build)
    {
        var json = BuildRow(koji, build);
        json["cg_id"] = null;
        json["id"] = build.Id;
        json["cg_name"] = null;
        return json;
    }

    /// <summary>A row of <c>listTagged</c>.</summary>
    public static JsonObject Tagged(KojiStandIn koji, KojiBuild build, KojiTag tag, KojiTagging tagging)
    {
        var json = BuildRow(koji, build);
        foreach (string left in (string[])["completion_ts", "creation_ts", "extra", "promotion_ts", "source", "start_ts"])
        {
            json.Remove(left);
        }

        json["create_event"] = tagging.Event;
        json["id"] = build.Id;
        json["tag_id"] = tag.Id;
        json["tag_name"] = tag.Name;
        return json;
    }

    /// <summary>A row of <c>listTags</c>.</summary>
    public static JsonObject TagRow(KojiTag tag) => new()
    {
        ["arches"] = tag.Arches,
        ["id"] = tag.Id,
        ["locked"] = tag.Locked,
        ["maven_include_all"] = false,
        ["maven_support"] = false,
        ["name"] = tag.Name,
        ["perm"] = null,
        ["perm_id"] = null,
    };

    /// <summary>The answer of <c>getTag</c>.</summary>
    public static JsonObject Tag(KojiTag tag)
    {
        var json = TagRow(tag);
        json["extra"] = tag.Extra.DeepClone();
        return json;
    }

    public static JsonObject Target(KojiTarget target, TagTree tags) => new()
    {
        ["build_tag"] = tags.Named(target.BuildTag)?.Id,
        ["build_tag_name"] = target.BuildTag,
        ["dest_tag"] = tags.Named(target.DestTag)?.Id,
        ["dest_tag_name"] = target.DestTag,
        ["id"] = target.Id,
        ["name"] = target.Name,
    };
}
