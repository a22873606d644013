using System.Text.Json.Nodes;

namespace Packit.Sandbox.Bodhi;

/// <summary>Comments on updates, and the karma that they bring.</summary>
internal static class CommentEndpoints
{
    public static async Task<JsonNode> AddAsync(BodhiCall call)
    {
        string user = await call.BeginWritingAsync("new_comment");
        string alias = call.Needed("update");
        int karma = call.Number("karma", 0, -1, 1);
        call.RefuseErrors();
        var update = call.Bodhi.Lookup(alias) ?? throw new BodhiRefusal(404, BodhiError.OfBody("update", $"Invalid update specified: {alias}"));
        bool own = update.User == user && karma != 0;
        var comment = call.Bodhi.Work.Comment(update, user, call.Text("text") ?? "", own ? 0 : karma);
        lock (call.Bodhi.State.Gate)
        {
            return new JsonObject
            {
                ["comment"] = new BodhiJson(call.Bodhi, pictures: true).Comment(update, comment),
                ["caveats"] = BodhiJson.Caveats(own ? [("karma", "You may not give karma to your own updates.")] : []),
            };
        }
    }

    public static Task<JsonNode> List(BodhiCall call)
    {
        var paging = BodhiPaging.Of(call);
        call.RefuseErrors();
        string[] aliases = call.Filter("updates");
        if (aliases.Where(alias => call.Bodhi.Lookup(alias) is null).ToList() is { Count: > 0 } unknown)
        {
            throw new BodhiRefusal(400, new BodhiError("querystring", "updates", $"Invalid updates specified: {string.Join(", ", unknown)}"));
        }

        lock (call.Bodhi.State.Gate)
        {
            var json = new BodhiJson(call.Bodhi, pictures: true);
            var found = (from update in call.Bodhi.State.Updates
                         where aliases.Length == 0 || aliases.Contains(update.Alias)
                         from comment in update.Comments
                         orderby comment.Id descending
                         select (update, comment)).ToList();
            return Task.FromResult<JsonNode>(paging.Answer("comments", found, pair => json.Comment(pair.update, pair.comment)));
        }
    }
}
