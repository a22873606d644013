using System.Globalization;
using System.Text.Json.Nodes;

namespace Packit.Sandbox.Pagure;

/// <summary>The shapes of Pagure's API 0. Call under the gate of the state.</summary>
internal sealed class PagureJson(PagureStandIn pagure)
{
    /// <summary>Seconds since 1970 as a text with a fraction, as newer instances have it.</summary>
    public static string Time(DateTimeOffset time) =>
        ((time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / 10 / 1_000_000m).ToString("0.0#####", CultureInfo.InvariantCulture);

    public static JsonNode? Time(DateTimeOffset? time) => time is { } known ? Time(known) : null;

    public JsonObject User(string name)
    {
        var user = pagure.State.Users.First(known => known.Name == name);
        return new JsonObject
        {
            ["full_url"] = $"{pagure.Address}user/{user.Name}",
            ["fullname"] = user.FullName,
            ["name"] = user.Name,
            ["url_path"] = "user/" + user.Name,
        };
    }

    public JsonObject Project(Project project) => new()
    {
        ["access_groups"] = new JsonObject
        {
            ["admin"] = Names(project.Groups, "admin"),
            ["collaborator"] = Names(project.Groups, "collaborator"),
            ["commit"] = Names(project.Groups, "commit"),
            ["ticket"] = Names(project.Groups, "ticket"),
        },
        ["access_users"] = new JsonObject
        {
            ["admin"] = Names(project.Users, "admin"),
            ["collaborator"] = Names(project.Users, "collaborator"),
            ["commit"] = Names(project.Users, "commit"),
            ["owner"] = new JsonArray(project.Owner),
            ["ticket"] = Names(project.Users, "ticket"),
        },
        ["close_status"] = new JsonArray(),
        ["custom_keys"] = new JsonArray(),
        ["date_created"] = Time(project.Created),
        ["date_modified"] = Time(project.Modified),
        ["description"] = project.Description,
        ["full_url"] = pagure.Address + project.UrlPath,
        ["fullname"] = project.FullName,
        ["id"] = project.Id,
        ["milestones"] = new JsonObject(),
        ["name"] = project.Name,
        ["namespace"] = project.Namespace,
        ["parent"] = project.Parent is { } parent ? Project(pagure.ById(parent)) : null,
        ["priorities"] = new JsonObject(),
        ["tags"] = new JsonArray(),
        ["url_path"] = project.UrlPath,
        ["user"] = User(project.Owner),
    };

    public JsonObject PullRequest(Project project, PullRequest request) => new()
    {
        ["assignee"] = null,
        ["branch"] = request.Branch,
        ["branch_from"] = request.BranchFrom,
        ["cached_merge_status"] = request.MergeStatus,
        ["closed_at"] = Time(request.Closed),
        ["closed_by"] = request.ClosedBy is { } closer ? User(closer) : null,
        ["comments"] = new JsonArray([.. request.Comments.Select(Comment)]),
        ["commit_start"] = request.CommitStart,
        ["commit_stop"] = request.CommitStop,
        ["date_created"] = Time(request.Created),
        ["full_url"] = PullRequestWork.Url(pagure, project, request),
        ["id"] = request.Id,
        ["initial_comment"] = request.InitialComment,
        ["last_updated"] = Time(request.Updated),
        ["project"] = Project(project),
        ["remote_git"] = null,
        ["repo_from"] = Project(pagure.ById(request.RepoFrom)),
        ["status"] = request.Status,
        ["tags"] = new JsonArray([.. request.Labels.Select(label => (JsonNode?)label)]),
        ["threshold_reached"] = null,
        ["title"] = request.Title,
        ["uid"] = request.Uid,
        ["updated_on"] = Time(request.Updated),
        ["user"] = User(request.Author),
    };

    public JsonObject Comment(Note note) => new()
    {
        ["comment"] = note.Text,
        ["commit"] = null,
        ["date_created"] = Time(note.Created),
        ["edited_on"] = note.Edited is { } edit ? Time(edit.When) : null,
        ["editor"] = note.Edited is { } edited ? User(edited.Who) : null,
        ["filename"] = null,
        ["id"] = note.Id,
        ["line"] = null,
        ["notification"] = note.Notification,
        ["parent"] = null,
        ["reactions"] = new JsonObject(),
        ["tree"] = null,
        ["user"] = User(note.Author),
    };

    /// <summary>A comment of an issue, which is on no commit.</summary>
    public JsonObject TicketComment(Note note) => new()
    {
        ["comment"] = note.Text,
        ["date_created"] = Time(note.Created),
        ["edited_on"] = null,
        ["editor"] = null,
        ["id"] = note.Id,
        ["notification"] = note.Notification,
        ["parent"] = null,
        ["reactions"] = new JsonObject(),
        ["user"] = User(note.Author),
    };

    public JsonObject Ticket(Project project, Ticket ticket) => new()
    {
        ["assignee"] = null,
        ["blocks"] = new JsonArray(),
        ["close_status"] = null,
        ["closed_at"] = null,
        ["closed_by"] = null,
        ["comments"] = new JsonArray([.. ticket.Comments.Select(TicketComment)]),
        ["content"] = ticket.Content,
        ["custom_fields"] = new JsonArray(),
        ["date_created"] = Time(ticket.Created),
        ["depends"] = new JsonArray(),
        ["full_url"] = $"{pagure.Address}{project.UrlPath}/issue/{ticket.Id}",
        ["id"] = ticket.Id,
        ["last_updated"] = Time(ticket.Updated),
        ["milestone"] = null,
        ["priority"] = null,
        ["private"] = false,
        ["related_prs"] = new JsonArray(),
        ["status"] = ticket.Status,
        ["tags"] = new JsonArray(),
        ["title"] = ticket.Title,
        ["user"] = User(ticket.Author),
    };

    public JsonObject Flag(Flag flag) => new()
    {
        ["comment"] = flag.Comment,
        ["commit_hash"] = flag.Commit,
        ["date_created"] = Time(flag.Created),
        ["date_updated"] = Time(flag.Updated),
        ["percent"] = flag.Percent,
        ["status"] = flag.Status,
        ["url"] = flag.Url,
        ["user"] = User(flag.User),
        ["username"] = flag.Username,
    };

    private static JsonArray Names(IDictionary<string, string> access, string acl) =>
        new([.. access.Where(pair => pair.Value == acl).Select(pair => (JsonNode?)pair.Key)]);
}
