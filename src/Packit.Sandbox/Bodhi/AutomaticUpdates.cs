using System.Text.Json.Nodes;
using Packit.Sandbox.Bus;

namespace Packit.Sandbox.Bodhi;

/// <summary>Where nobody makes updates by hand, as in Rawhide, Bodhi makes one when a build is tagged as a candidate, and lets it through at once.</summary>
internal sealed class AutomaticUpdates(BodhiStandIn bodhi)
{
    private const string Tagged = MessageBus.Prefix + "buildsys.tag";

    public Task TakeAsync(BusMessage message, CancellationToken cancellationToken)
    {
        if (message.Topic == Tagged && JsonNode.Parse(message.Body) is JsonObject body)
        {
            Take(body);
        }

        return Task.CompletedTask;
    }

    private void Take(JsonObject body)
    {
        string tag = Text(body, "tag");
        string nvr = $"{Text(body, "name")}-{Text(body, "version")}-{Text(body, "release")}";
        if (Text(body, "instance") != "primary"
            || bodhi.Releases.FirstOrDefault(release => release.AutomaticUpdates && release.CandidateTag == tag) is not { } release
            || bodhi.Builds.Find(nvr) is not { } build
            || bodhi.BlockingUpdateOf(nvr, except: null))
        {
            return;
        }

        var groups = bodhi.Identity.GroupsOf(build.Owner);
        lock (bodhi.State.Gate)
        {
            bodhi.UserOf(build.Owner).Groups = [.. groups];
        }

        var fields = new UpdateFields(
            $"Automatic update for {nvr}.", "unspecified", "unspecified", "unspecified", "", CloseBugs: true, Autokarma: false, Autotime: true,
            StableKarma: 1, UnstableKarma: -1, StableDays: 0, RequireBugs: false, RequireTestcases: false, Bugs: [], FromTag: null);
        var (update, _) = bodhi.Work.Create(release, [build], fields, build.Owner);
        bodhi.Work.Push(update, "testing");
        bodhi.Work.Push(update, "stable");
    }

    private static string Text(JsonObject body, string name) => body[name]?.ToString() ?? "";
}
