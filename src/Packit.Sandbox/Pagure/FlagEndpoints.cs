using System.Globalization;
using System.Text.Json.Nodes;

namespace Packit.Sandbox.Pagure;

/// <summary>CI flags on commits and pull requests.</summary>
internal static class FlagEndpoints
{
    private const int LongestUid = 32;
    private static readonly string[] States = ["success", "failure", "error", "pending", "canceled"];

    public static void Map(PagureRoutes api)
    {
        api.OfProject("GET", "pull-request/{id}/flag", OfPullRequest);
        api.OfProject("POST", "pull-request/{id}/flag", OnPullRequest, "pull_request_flag");
        api.OfProject("GET", "c/{sha}/flag", OfCommit);
        api.OfProject("POST", "c/{sha}/flag", OnCommit, "commit_flag");
    }

    private static Task<JsonNode> OfPullRequest(PagureCall call)
    {
        var request = PullRequestEndpoints.Find(call);
        return Task.FromResult<JsonNode>(new JsonObject { ["flags"] = List(call, flag => flag.PullRequest == request.Id) });
    }

    private static Task<JsonNode> OfCommit(PagureCall call)
    {
        var flags = List(call, flag => flag.Commit == call.Part("sha"));
        return Task.FromResult<JsonNode>(new JsonObject { ["flags"] = flags, ["total_flags"] = flags.Count });
    }

    private static Task<JsonNode> OnPullRequest(PagureCall call)
    {
        var request = PullRequestEndpoints.Find(call);
        var answer = Set(call, request.CommitStop ?? throw new PagureRefusal(404, "ENOCOMMIT", "No such commit found in this repository"), request);
        answer["avatar_url"] = $"https://seccdn.libravatar.org/avatar/{call.User}?s=30&d=retro";
        answer["user"] = call.User;
        return Task.FromResult<JsonNode>(answer);
    }

    private static Task<JsonNode> OnCommit(PagureCall call) => Task.FromResult<JsonNode>(Set(call, call.Part("sha"), request: null));

    private static JsonObject Set(PagureCall call, string commit, PullRequest? request)
    {
        string username = call.Needed("username");
        string comment = call.Needed("comment");
        string url = call.Needed("url");
        int? percent = Percent(call);
        string status = Status(call, percent, needed: request is null);
        string? uid = call.Field("uid") is { Length: > 0 } given ? given : null;
        if (uid?.Length > LongestUid)
        {
            throw PagureRefusal.Field("uid", "Field cannot be longer than 32 characters.");
        }

        lock (call.Pagure.State.Gate)
        {
            var now = call.Pagure.Time.GetUtcNow();
            var flag = uid is null ? null : call.Project.Flags.Find(known => known.Uid == uid && known.Commit == commit);
            bool added = flag is null;
            if (flag is null)
            {
                flag = new Flag
                {
                    Uid = uid ?? Guid.NewGuid().ToString("N"),
                    Commit = commit,
                    PullRequest = request?.Id,
                    User = call.User!,
                    Username = username,
                    Comment = comment,
                    Url = url,
                    Status = status,
                    Created = now,
                    Updated = now,
                };
                call.Project.Flags.Add(flag);
            }

            flag.Username = username;
            flag.Comment = comment;
            flag.Url = url;
            flag.Status = status;
            flag.Percent = percent;
            flag.Updated = now;
            call.Pagure.News.Flagged(call.Project, flag, request, added, call.User!);
            var shape = new PagureJson(call.Pagure).Flag(flag);
            shape["user"] = Setter(call, flag.User);
            return new JsonObject
            {
                ["flag"] = shape,
                ["message"] = added ? "Flag added" : "Flag updated",
                ["uid"] = flag.Uid,
            };
        }
    }

    /// <summary>To whom sets a flag Pagure shows the own addresses, too.</summary>
    private static JsonObject Setter(PagureCall call, string user)
    {
        var shape = new PagureJson(call.Pagure).User(user);
        shape["default_email"] = PagureStandIn.EmailOf(user);
        shape["emails"] = new JsonArray(PagureStandIn.EmailOf(user));
        return shape;
    }

    private static int? Percent(PagureCall call)
    {
        if (call.Field("percent") is not { Length: > 0 } text)
        {
            return null;
        }

        return int.TryParse(text, CultureInfo.InvariantCulture, out int percent) && percent is >= 0 and <= 100
            ? percent
            : throw PagureRefusal.Field("percent", "Number must be between 0 and 100.");
    }

    /// <summary>Without a status a pull request's flag takes it from the percentage.</summary>
    private static string Status(PagureCall call, int? percent, bool needed)
    {
        if (call.Field("status") is not { Length: > 0 } status)
        {
            return needed ? call.Needed("status") : percent switch { null => "pending", 0 => "failure", _ => "success" };
        }

        return States.Contains(status) ? status : throw PagureRefusal.Field("status", "Not a valid choice.");
    }

    private static JsonArray List(PagureCall call, Func<Flag, bool> which)
    {
        lock (call.Pagure.State.Gate)
        {
            var json = new PagureJson(call.Pagure);
            return new JsonArray([.. call.Project.Flags.Where(which).OrderByDescending(flag => flag.Updated).Select(json.Flag)]);
        }
    }
}
