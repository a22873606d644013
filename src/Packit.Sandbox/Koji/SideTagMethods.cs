using System.Text.Json.Nodes;

namespace Packit.Sandbox.Koji;

/// <summary>The hub's <c>sidetag</c> plugin, with Fedora's rules.</summary>
internal static class SideTagMethods
{
    public static void Map(HubMethods hub)
    {
        hub.Add("createSideTag", "createSideTag(basetag, debuginfo=, suffix=)", Create, writes: true);
        hub.Add("removeSideTag", "removeSideTag(sidetag)", Remove, writes: true);
        hub.Add("listSideTags", "listSideTags(basetag=, user=, queryOpts=)", List);
        hub.Add("editSideTag", "editSideTag(sidetag, debuginfo=, rpm_macros=, remove_rpm_macros=, extra=)", Edit, writes: true);
    }

    private static JsonNode Create(HubCall call)
    {
        var user = call.RequireLogin();
        var basis = call.Koji.Tags.Required(call.Arguments["basetag"]);
        if (!call.State.Targets.Exists(target => target.BuildTag == basis.Name) || basis.SideTagOwner is not null)
        {
            throw HubFault.NotAllowed("policy violation (sidetag)");
        }

        var extra = new JsonObject { ["sidetag"] = true, ["sidetag_user"] = user.Name, ["sidetag_user_id"] = user.Id };
        if (call.Arguments.IsTrue("debuginfo"))
        {
            extra["with_debuginfo"] = true;
        }

        var tag = call.Koji.Tags.Add($"{basis.Name}-side-{call.State.LastTag + 1}", basis.Name, basis.Arches, sideTagOwner: user.Id, extra: extra);
        call.Koji.Tags.AddTarget(tag.Name, tag.Name, tag.Name);
        call.Koji.Steps.RegenerateRepo(tag);
        return new JsonObject { ["name"] = tag.Name, ["id"] = tag.Id, ["task_id"] = null, ["request"] = null };
    }

    private static JsonNode? Remove(HubCall call)
    {
        call.Koji.Steps.RemoveSideTag(Own(call));
        return null;
    }

    private static JsonNode List(HubCall call)
    {
        var tags = call.State.Tags.Where(tag => tag.SideTagOwner is not null);
        if (call.Arguments["basetag"] is { } basis)
        {
            string name = call.Koji.Tags.Required(basis).Name;
            tags = tags.Where(tag => tag.Parents.Contains(name));
        }

        if (call.Arguments["user"] is { } user)
        {
            int id = (call.Koji.Accounts.Find(user) ?? throw HubFault.Generic($"No such user: {TagTree.Shown(user)}")).Id;
            tags = tags.Where(tag => tag.SideTagOwner == id);
        }

        // The id of the user comes out of the tag's settings, where it is a text.
        return QueryOptions.Apply(
            tags.Select(tag => new JsonObject
            {
                ["id"] = tag.Id,
                ["name"] = tag.Name,
                ["user_id"] = tag.SideTagOwner!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["user_name"] = call.Koji.Accounts.ById(tag.SideTagOwner.Value).Name,
            }),
            call.QueryOptions);
    }

    private static JsonNode? Edit(HubCall call)
    {
        var tag = Own(call);
        if (call.Arguments["rpm_macros"] is JsonObject macros && macros.Count > 0)
        {
            throw HubFault.Generic($"Invalid macro name '{macros.First().Key}'");
        }

        if (call.Arguments.Has("debuginfo"))
        {
            tag.Extra["with_debuginfo"] = call.Arguments.IsTrue("debuginfo");
        }

        return null;
    }

    private static KojiTag Own(HubCall call)
    {
        var user = call.RequireLogin();
        var tag = call.Koji.Tags.Required(call.Arguments["sidetag"]);
        if (tag.SideTagOwner is not { } owner)
        {
            throw HubFault.Generic($"Not a sidetag: {tag.Name}");
        }

        return owner == user.Id || user.IsAdmin ? tag : throw HubFault.NotAllowed("This is not your sidetag");
    }
}
