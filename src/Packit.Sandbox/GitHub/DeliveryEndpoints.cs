using System.Text.Json.Nodes;

namespace Packit.Sandbox.GitHub;

/// <summary>The App's deliveries of the last days: list, detail, send again.</summary>
internal static class DeliveryEndpoints
{
    private const int LargestPage = 100;
    private const int UsualPage = 30;

    public static void Map(GitHubApiRoutes api)
    {
        api.OfApp("GET", "/app/hook/deliveries", List);
        api.OfApp("GET", "/app/hook/deliveries/{id}", Show);
        api.OfApp("POST", "/app/hook/deliveries/{id}/attempts", RepeatAsync);
    }

    /// <summary>Newest first; the next page begins behind the cursor.</summary>
    private static Task<GitHubReply> List(GitHubCall call)
    {
        int size = int.TryParse(call.Query("per_page"), out int asked) ? Math.Clamp(asked, 1, LargestPage) : UsualPage;
        long cursor = long.TryParse(call.Query("cursor"), out long given) ? given : long.MaxValue;
        string? status = call.Query("status");
        lock (call.Gate)
        {
            Delivery[] found = [.. call.GitHub.State.Deliveries
                .Where(delivery => delivery.Id < cursor && (status switch
                {
                    "failure" => delivery.StatusCode is >= 400 and <= 599,
                    "success" => delivery.StatusCode is >= 200 and <= 399,
                    _ => true,
                }))
                .OrderByDescending(delivery => delivery.Id).Take(size + 1)];
            string? link = found.Length > size
                ? $"<{call.GitHub.Api}app/hook/deliveries?per_page={size}&cursor={found[size - 1].Id}>; rel=\"next\""
                : null;
            return Task.FromResult(GitHubReply.Json(new JsonArray([.. found.Take(size).Select(Shape)]), link: link));
        }
    }

    private static Task<GitHubReply> Show(GitHubCall call)
    {
        lock (call.Gate)
        {
            var delivery = Find(call);
            var json = Shape(delivery);
            json["request"] = new JsonObject
            {
                ["headers"] = new JsonObject { ["X-GitHub-Delivery"] = delivery.Guid, ["X-GitHub-Event"] = delivery.Event },
                ["payload"] = JsonNode.Parse(delivery.Payload),
            };
            json["response"] = new JsonObject { ["headers"] = new JsonObject(), ["payload"] = delivery.Answer };
            return GitHubReply.JsonTask(json);
        }
    }

    private static async Task<GitHubReply> RepeatAsync(GitHubCall call)
    {
        Delivery delivery;
        lock (call.Gate)
        {
            delivery = Find(call);
        }

        await call.GitHub.RedeliverAsync(delivery, call.Aborted);
        return GitHubReply.Json(new JsonObject(), 202);
    }

    private static Delivery Find(GitHubCall call) =>
        call.GitHub.State.Deliveries.Find(known => known.Id == call.Number("id")) ?? throw GitHubRefusal.NotFound();

    private static JsonObject Shape(Delivery delivery) => new()
    {
        ["id"] = delivery.Id,
        ["guid"] = delivery.Guid,
        ["delivered_at"] = GitHubJson.Time(delivery.DeliveredAt),
        ["redelivery"] = delivery.Redelivery,
        ["duration"] = delivery.Duration,
        ["status"] = delivery.Status,
        ["status_code"] = delivery.StatusCode,
        ["event"] = delivery.Event,
        ["action"] = delivery.Action,
        ["installation_id"] = delivery.InstallationId,
        ["repository_id"] = delivery.RepositoryId,
        ["throttled_at"] = null,
    };
}
