using System.Text.Json.Nodes;
using Packit.Sandbox.Bus;

namespace Packit.Sandbox.Bodhi;

/// <summary>What Bodhi tells the message bus of updates. Call under the gate of the state.</summary>
internal sealed class BodhiMessages(BodhiStandIn bodhi, MessageBus bus)
{
    private const int Debug = 10;
    private const int Info = 20;
    private readonly BodhiJson _json = new(bodhi, pictures: false);

    /// <summary>For CI: the builds of an update can be tested.</summary>
    public void BuildsComplete(Update update) => Publish(
        "status.testing.koji-build-group.build.complete", "bodhi.update.status.testing.v3", update, BodhiStandIn.Itself,
        new JsonObject
        {
            ["artifact"] = new JsonObject
            {
                ["type"] = "koji-build-group",
                ["builds"] = new JsonArray([.. update.Builds.Select(build =>
                    new JsonObject { ["type"] = "koji-build", ["id"] = build.Id, ["task_id"] = build.TaskId, ["nvr"] = build.Nvr })]),
            },
            ["update"] = _json.Update(update),
            ["agent"] = BodhiStandIn.Itself,
            ["re-trigger"] = false,
        },
        Debug);

    /// <summary>Somebody asked for a change: testing, stable, revoke, unpush or obsolete.</summary>
    public void Requested(Update update, string request, string agent) => Publish(
        "request." + request, $"bodhi.update.request.{request}.v1", update, agent, new JsonObject { ["update"] = _json.Update(update), ["agent"] = agent });

    /// <summary>The builds are in the repository of testing or stable.</summary>
    public void Pushed(Update update, string where) => Publish(
        "complete." + where, $"bodhi.update.complete.{where}.v1", update, BodhiStandIn.Itself,
        new JsonObject { ["update"] = _json.Update(update), ["agent"] = BodhiStandIn.Itself });

    /// <summary>It may be pushed to stable now.</summary>
    public void RequirementsMet(Update update) => Publish(
        "requirements_met.stable", "bodhi.update.requirements_met.stable.v1", update, BodhiStandIn.Itself,
        new JsonObject { ["update"] = _json.Update(update), ["agent"] = BodhiStandIn.Itself });

    public void Edited(Update update, string agent, IEnumerable<int> newBugs, IEnumerable<string> newBuilds, IEnumerable<string> removedBuilds) => Publish(
        "edit", "bodhi.update.edit.v2", update, agent,
        new JsonObject
        {
            ["update"] = _json.Update(update),
            ["agent"] = agent,
            ["new_bugs"] = new JsonArray([.. newBugs.Select(bug => (JsonNode?)bug)]),
            ["new_builds"] = Hosting.JsonAnswers.List(newBuilds),
            ["removed_builds"] = Hosting.JsonAnswers.List(removedBuilds),
        });

    public void Commented(Update update, UpdateComment comment) => Publish(
        "comment", "bodhi.update.comment.v1", update, comment.User,
        new JsonObject { ["comment"] = _json.Comment(update, comment), ["agent"] = comment.User });

    private void Publish(string topic, string schema, Update update, string agent, JsonObject body, int severity = Info) => bus.Publish(
        "bodhi.update." + topic, body, schema, severity, users: [.. new[] { agent, update.User }.Distinct()],
        packages: [.. update.Builds.Select(build => build.Package).Distinct()]);
}
