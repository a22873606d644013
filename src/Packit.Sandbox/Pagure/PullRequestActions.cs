using System.Text.Json.Nodes;

namespace Packit.Sandbox.Pagure;

/// <summary>Comments in, closes, reopens and merges pull requests.</summary>
internal static class PullRequestActions
{
    public static void Map(PagureRoutes api)
    {
        api.OfProject("POST", "pull-request/{id}/comment", Comment, "pull_request_comment");
        api.OfProject("POST", "pull-request/{id}/close", Close, "pull_request_close");
        api.OfProject("POST", "pull-request/{id}/reopen", Reopen, "pull_request_close");
        api.OfProject("POST", "pull-request/{id}/merge", MergeAsync, "pull_request_merge");
    }

    private static Task<JsonNode> Comment(PagureCall call)
    {
        var request = PullRequestEndpoints.Find(call);
        PullRequestWork.Comment(call.Pagure, call.Project, request, call.User!, call.Needed("comment"));
        return Say("Comment added");
    }

    private static Task<JsonNode> Close(PagureCall call)
    {
        PullRequestWork.Close(call.Pagure, call.Project, OwnOrCommitter(call), call.User!);
        return Say("Pull-request closed!");
    }

    private static Task<JsonNode> Reopen(PagureCall call)
    {
        PullRequestWork.Reopen(call.Pagure, call.Project, OwnOrCommitter(call), call.User!);
        return Say("Pull-request reopened!");
    }

    private static async Task<JsonNode> MergeAsync(PagureCall call)
    {
        var request = PullRequestEndpoints.Find(call);
        if (!call.Pagure.MayCommit(call.Project, call.User))
        {
            throw PagureRefusal.MayNotMerge();
        }

        if (request.Status != "Open")
        {
            throw PagureRefusal.Free("This pull-request was merged or closed");
        }

        if (!await PullRequestWork.MergeAsync(call.Pagure, call.Project, request, call.User!, call.Aborted))
        {
            throw new PagureRefusal(409, "EPRCONFLICTS", "This pull-request conflicts and thus cannot be merged");
        }

        return call.Waits()
            ? new JsonObject { ["message"] = "Changes merged!" }
            : new JsonObject { ["message"] = "Merging queued", ["taskid"] = Guid.NewGuid().ToString() };
    }

    private static PullRequest OwnOrCommitter(PagureCall call)
    {
        var request = PullRequestEndpoints.Find(call);
        return request.Author == call.User || call.Pagure.MayCommit(call.Project, call.User) ? request : throw PagureRefusal.MayNotMerge();
    }

    private static Task<JsonNode> Say(string message) => Task.FromResult<JsonNode>(new JsonObject { ["message"] = message });
}
