using System.Text.Json.Nodes;

namespace Packit.Sandbox.Koji;

/// <summary>Putting builds into tags, which is a task, and taking them out, which is done at once.</summary>
internal static class TaggingMethods
{
    public static void Map(HubMethods hub)
    {
        hub.Add("tagBuild", "RootExports.tagBuild(tag, build, force=, fromtag=)", Tag, writes: true);
        hub.Add("untagBuild", "RootExports.untagBuild(tag, build, strict=, force=)", Untag, writes: true);
    }

    private static JsonNode Tag(HubCall call)
    {
        var user = call.RequireLogin();
        var build = BuildMethods.Required(call, call.Arguments["build"]);
        var tag = call.Koji.Tags.Required(call.Arguments["tag"]);
        Permit(call, user, tag);
        if (build.State != HubBuildState.Complete)
        {
            throw HubFault.Tag($"build {build.Nvr} not complete: state {build.State.ToString().ToUpperInvariant()}");
        }

        if (tag.Locked)
        {
            throw HubFault.Tag($"Cannot modify, {tag.Name} is locked");
        }

        string? listed = call.Koji.Tags.Listed(tag, build.Name);
        if (listed is null)
        {
            throw HubFault.Tag($"Package {build.Name} not in list for {tag.Name}");
        }

        if (listed == "blocked")
        {
            throw HubFault.Tag($"Package {build.Name} blocked in {tag.Name}");
        }

        var fromTag = call.Arguments.Has("fromtag") ? call.Koji.Tags.Required(call.Arguments["fromtag"]) : null;
        var request = new JsonArray(tag.Id, build.Id, call.Arguments.IsTrue("force"), fromTag?.Id);
        return call.Koji.Steps.NewTask("tagBuild", request, user, priority: 10).Id;
    }

    private static JsonNode? Untag(HubCall call)
    {
        var user = call.RequireLogin();
        var tag = call.Koji.Tags.Required(call.Arguments["tag"]);
        var build = BuildMethods.Required(call, call.Arguments["build"]);
        Permit(call, user, tag);
        bool strict = call.Arguments["strict"] is null || call.IsStrict;
        if (!call.Koji.Steps.Untag(tag, build, user) && strict)
        {
            throw HubFault.Tag($"build {build.Nvr} not in tag {tag.Name}");
        }

        return null;
    }

    /// <summary>Fedora's policy leaves a side tag to its owner.</summary>
    private static void Permit(HubCall call, KojiUser user, KojiTag tag)
    {
        if (tag.SideTagOwner is { } owner && owner != user.Id && !user.IsAdmin)
        {
            throw HubFault.NotAllowed("policy violation (tag)");
        }
    }
}
