using System.Text.Json.Nodes;

namespace Packit.Sandbox.GitHub;

/// <summary>Check runs: made, changed, listed. Making one of the same name again makes a new one that hides the older.</summary>
internal static class CheckEndpoints
{
    public static void Map(GitHubApiRoutes api)
    {
        api.OfRepository("POST", "/check-runs", "checks", CreateAsync);
        api.OfRepository("PATCH", "/check-runs/{id}", "checks", UpdateAsync);
        api.OfRepository("GET", "/check-runs/{id}", "checks", Show);
        api.OfRepository("POST", "/check-runs/{id}/rerequest", "checks", RerequestAsync);
        api.OfRepository("GET", "/commits/{ref}/check-runs", "checks", ListAsync);
        api.OfRepository("GET", "/check-suites/{id}", "checks", ShowSuite);
        api.OfRepository("POST", "/check-suites/{id}/rerequest", "checks", RerequestSuiteAsync, forReaders: true);
    }

    private static async Task<GitHubReply> CreateAsync(GitHubCall call)
    {
        var body = await call.BodyAsync();
        var change = CheckRunChange.Read(body, isNew: true);
        string sha = (string)body["head_sha"]!;
        if (sha.Length != 40 || await GitDataEndpoints.ResolveAsync(call, sha) != sha)
        {
            throw new GitHubRefusal(422, "No commit found for SHA: " + sha);
        }

        CheckRun run;
        lock (call.Gate)
        {
            run = new CheckRun { Id = call.GitHub.State.NextId(), Name = change.Name!, HeadSha = sha, App = call.App.Id };
            change.Apply(run, call.Now);
            call.Repository.CheckRuns.Add(run);
            CheckSuites.Touch(call.GitHub, call.Repository, run);
        }

        return await AnswerAsync(call, run, 201, "created");
    }

    private static async Task<GitHubReply> UpdateAsync(GitHubCall call)
    {
        var change = CheckRunChange.Read(await call.BodyAsync(), isNew: false);
        CheckRun run;
        lock (call.Gate)
        {
            run = Find(call);
            if (run.App != call.App.Id)
            {
                throw new GitHubRefusal(403, $"Invalid app_id `{run.App}` - check run can only be modified by the GitHub App that created it.");
            }

            change.Apply(run, call.Now);
            CheckSuites.Touch(call.GitHub, call.Repository, run);
        }

        return await AnswerAsync(call, run, 200, run.Status == "completed" ? "completed" : null);
    }

    private static async Task<GitHubReply> AnswerAsync(GitHubCall call, CheckRun run, int status, string? action)
    {
        JsonObject json;
        lock (call.Gate)
        {
            json = call.Json.CheckRun(call.Repository, run);
        }

        if (call.GitHub.DeliverOwnEvents && action is not null)
        {
            var payload = new JsonObject { ["action"] = action, ["check_run"] = json.DeepClone() };
            await call.GitHub.TellAsync(call.Repository, call.Bot, "check_run", payload, CancellationToken.None, call.App);
        }

        return GitHubReply.Json(json, status);
    }

    private static Task<GitHubReply> Show(GitHubCall call)
    {
        lock (call.Gate)
        {
            return GitHubReply.JsonTask(call.Json.CheckRun(call.Repository, Find(call)));
        }
    }

    private static async Task<GitHubReply> ListAsync(GitHubCall call)
    {
        string reference = call.Part("ref");
        string sha = await GitDataEndpoints.ResolveAsync(call, reference) ?? throw new GitHubRefusal(422, "No commit found for SHA: " + reference);
        lock (call.Gate)
        {
            IEnumerable<CheckRun> runs = call.Repository.CheckRuns.Where(run => run.HeadSha == sha
                && (call.Query("check_name") is not { } name || run.Name == name)
                && (call.Query("status") is not { } status || run.Status == status));
            if (call.Query("filter") != "all")
            {
                runs = runs.GroupBy(run => (run.App, run.Name)).Select(group => group.Last());
            }

            CheckRun[] found = [.. runs.OrderByDescending(run => run.Id)];
            return call.Page(found, run => call.Json.CheckRun(call.Repository, run), shown => new JsonObject
            {
                ["total_count"] = found.Length,
                ["check_runs"] = shown,
            });
        }
    }

    private static async Task<GitHubReply> RerequestAsync(GitHubCall call)
    {
        CheckRun run;
        lock (call.Gate)
        {
            run = Find(call);
            if (run.App != call.App.Id)
            {
                throw new GitHubRefusal(403, "This check run is not rerequestable");
            }
        }

        await CheckSuites.RerequestAsync(call.GitHub, call.Repository, run, call.Bot, call.Aborted);
        return GitHubReply.Created(new JsonObject());
    }

    private static Task<GitHubReply> ShowSuite(GitHubCall call)
    {
        lock (call.Gate)
        {
            return GitHubReply.JsonTask(call.Json.CheckSuite(call.Repository, FindSuite(call)));
        }
    }

    private static async Task<GitHubReply> RerequestSuiteAsync(GitHubCall call)
    {
        CheckSuite suite;
        lock (call.Gate)
        {
            suite = FindSuite(call);
        }

        await CheckSuites.RerequestAsync(call.GitHub, call.Repository, suite, call.Bot, call.Aborted);
        return GitHubReply.Created(new JsonObject());
    }

    private static CheckSuite FindSuite(GitHubCall call) =>
        call.Repository.CheckSuites.Find(known => known.Id == call.Number("id")) ?? throw GitHubRefusal.NotFound();

    private static CheckRun Find(GitHubCall call) =>
        call.Repository.CheckRuns.Find(known => known.Id == call.Number("id")) ?? throw GitHubRefusal.NotFound();
}
