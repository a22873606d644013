using System.Globalization;
using System.Text.Json.Nodes;
using Packit.Sandbox.Bus;

namespace Packit.Sandbox.Pagure;

/// <summary>What Pagure tells the message bus of projects, pull requests, flags and issues; pushes are told by <see cref="PushNews"/>.</summary>
internal sealed class PagureNews(PagureStandIn pagure, MessageBus bus)
{
    private readonly PagureJson _json = new(pagure);

    public void Opened(Project project, PullRequest request, string agent) => OfRequest("new", project, request, agent);

    public void Commented(Project project, PullRequest request, string agent) => OfRequest("comment.added", project, request, agent);

    public void CommentEdited(Project project, PullRequest request, Note note, string agent) => OfRequest("comment.edited", project, request, agent, body =>
    {
        WithoutComments(body);
        body["project"] = _json.Project(project);
        body["comment"] = _json.Comment(note);
    });

    public void Reopened(Project project, PullRequest request, string agent) => OfRequest("reopened", project, request, agent);

    public void Closed(Project project, PullRequest request, string agent) =>
        OfRequest("closed", project, request, agent, body => body["merged"] = request.Status == "Merged");

    /// <summary>The source has new commits, or others than before. Pagure itself speaks, and leaves the comments out.</summary>
    public void Moved(Project project, PullRequest request, bool rebased) =>
        OfRequest(rebased ? "rebased" : "updated", project, request, "pagure", WithoutComments);

    public void Edited(Project project, PullRequest request, string agent) => OfRequest("initial_comment.edited", project, request, agent, body =>
    {
        WithoutComments(body);
        body["project"] = _json.Project(project);
    });

    /// <summary>A flag on a pull request is one on its head commit too: two messages. That of the commit repeats the percentage as it was sent, as a text.</summary>
    public void Flagged(Project project, Flag flag, PullRequest? request, bool added, string agent)
    {
        var verb = added ? "added" : "updated";
        lock (pagure.State.Gate)
        {
            var shape = _json.Flag(flag);
            shape["percent"] = flag.Percent?.ToString(CultureInfo.InvariantCulture);
            Publish("commit.flag." + verb, new JsonObject { ["repo"] = _json.Project(project), ["flag"] = shape, ["agent"] = agent });
            if (request is not null)
            {
                OfRequest("flag." + verb, project, request, agent, body => body["flag"] = _json.Flag(flag));
            }
        }
    }

    public void Forked(Project fork, string agent) => OfProject("project.forked", fork, agent);

    public void UserAdded(Project project, string user, string acl, string agent) => OfProject("project.user.added", project, agent, body =>
    {
        body["new_user"] = user;
        body["access"] = acl;
        body["branches"] = null;
    });

    public void TicketOpened(Project project, Ticket ticket, string agent) =>
        OfProject("issue.new", project, agent, body => body["issue"] = _json.Ticket(project, ticket));

    public void TicketCommented(Project project, Ticket ticket, string agent) =>
        OfProject("issue.comment.added", project, agent, body => body["issue"] = _json.Ticket(project, ticket));

    /// <summary>Tells something of a project in the words of <see cref="PushNews"/>.</summary>
    /// <param name="fill">Adds what goes beside the project.</param>
    public void OfPush(string topic, Project project, string agent, Action<JsonObject> fill)
    {
        lock (pagure.State.Gate)
        {
            var body = new JsonObject { ["agent"] = agent, ["repo"] = _json.Project(project) };
            fill(body);
            Publish(topic, body);
        }
    }

    private static void WithoutComments(JsonObject body) => body["pullrequest"]!["comments"] = new JsonArray();

    private void OfProject(string topic, Project project, string agent, Action<JsonObject>? fill = null)
    {
        lock (pagure.State.Gate)
        {
            var body = new JsonObject { ["project"] = _json.Project(project), ["agent"] = agent };
            fill?.Invoke(body);
            Publish(topic, body);
        }
    }

    private void OfRequest(string topic, Project project, PullRequest request, string agent, Action<JsonObject>? fill = null)
    {
        lock (pagure.State.Gate)
        {
            var body = new JsonObject { ["pullrequest"] = _json.PullRequest(project, request), ["agent"] = agent };
            fill?.Invoke(body);
            Publish("pull-request." + topic, body);
        }
    }

    private void Publish(string topic, JsonObject body) => bus.Publish("pagure." + topic, body);
}
