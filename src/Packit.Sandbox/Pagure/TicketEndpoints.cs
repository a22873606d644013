using System.Globalization;
using System.Text.Json.Nodes;

namespace Packit.Sandbox.Pagure;

/// <summary>Issues of a project: Fedora has them switched off for packages.</summary>
internal static class TicketEndpoints
{
    public static void Map(PagureRoutes api)
    {
        api.OfProject("GET", "issues", List);
        api.OfProject("GET", "issue/{id}", Show);
        api.OfProject("POST", "new_issue", Create, "issue_create");
        api.OfProject("POST", "issue/{id}/comment", Comment, "issue_comment");
    }

    private static Task<JsonNode> List(PagureCall call)
    {
        Enabled(call);
        lock (call.Pagure.State.Gate)
        {
            var json = new PagureJson(call.Pagure);
            var found = call.Project.Issues.Where(ticket => ticket.Status == "Open").OrderByDescending(ticket => ticket.Id).ToArray();
            var page = Paging.Of(call, found.Length);
            return Task.FromResult<JsonNode>(new JsonObject
            {
                ["issues"] = new JsonArray([.. page.Of(found).Select(ticket => json.Ticket(call.Project, ticket))]),
                ["pagination"] = page.Json,
                ["total_issues"] = found.Length,
            });
        }
    }

    private static Task<JsonNode> Show(PagureCall call)
    {
        var ticket = Find(call);
        lock (call.Pagure.State.Gate)
        {
            return Task.FromResult<JsonNode>(new PagureJson(call.Pagure).Ticket(call.Project, ticket));
        }
    }

    private static Task<JsonNode> Create(PagureCall call)
    {
        Enabled(call);
        string title = call.Needed("title");
        string content = call.Needed("issue_content");
        lock (call.Pagure.State.Gate)
        {
            var now = call.Pagure.Time.GetUtcNow();
            var ticket = new Ticket { Id = ++call.Project.LastNumber, Title = title, Content = content, Author = call.User!, Created = now, Updated = now };
            call.Project.Issues.Add(ticket);
            call.Pagure.News.TicketOpened(call.Project, ticket, call.User!);
            return Task.FromResult<JsonNode>(
                new JsonObject { ["issue"] = new PagureJson(call.Pagure).Ticket(call.Project, ticket), ["message"] = "Issue created" });
        }
    }

    private static Task<JsonNode> Comment(PagureCall call)
    {
        var ticket = Find(call);
        string text = call.Needed("comment");
        lock (call.Pagure.State.Gate)
        {
            var now = call.Pagure.Time.GetUtcNow();
            ticket.Comments.Add(new Note { Id = ++call.Pagure.State.LastComment, Text = text, Author = call.User!, Created = now });
            ticket.Updated = now;
            call.Pagure.News.TicketCommented(call.Project, ticket, call.User!);
            return Task.FromResult<JsonNode>(new JsonObject { ["message"] = "Comment added", ["user"] = call.User });
        }
    }

    private static Ticket Find(PagureCall call)
    {
        Enabled(call);
        lock (call.Pagure.State.Gate)
        {
            return int.TryParse(call.Part("id"), CultureInfo.InvariantCulture, out int id) && call.Project.Issues.Find(known => known.Id == id) is { } ticket
                ? ticket
                : throw new PagureRefusal(404, "ENOISSUE", "Issue not found");
        }
    }

    private static void Enabled(PagureCall call)
    {
        if (!call.Project.IssuesEnabled)
        {
            throw new PagureRefusal(404, "ETRACKERDISABLED", "Issue tracker disabled for this project");
        }
    }
}
