using System.Text.Json.Nodes;

namespace Packit.Sandbox.GitHub;

/// <summary>
/// The check suites of a repository: one for each App and commit that it made check runs on. A suite that is asked for again, as a whole or by
/// one of its runs, is queued without a conclusion until the App makes or changes a run; the runs themselves stay as they are.
/// </summary>
internal static class CheckSuites
{
    private static readonly string[] Bad = ["failure", "timed_out", "cancelled", "action_required"];

    /// <summary>The App said something about a commit; call under the gate of the state.</summary>
    public static void Touch(GitHubStandIn github, Repository repository, CheckRun run)
    {
        if (SuiteOf(repository, run) is not { } suite)
        {
            suite = new CheckSuite { Id = github.State.NextId(), HeadSha = run.HeadSha, App = run.App, CreatedAt = github.Time.GetUtcNow() };
            repository.CheckSuites.Add(suite);
        }

        suite.IsRerequested = false;
    }

    /// <summary>The newest run of each name; call under the gate of the state.</summary>
    public static IEnumerable<CheckRun> Latest(Repository repository, CheckSuite suite) =>
        repository.CheckRuns.Where(run => run.HeadSha == suite.HeadSha && run.App == suite.App).GroupBy(run => run.Name).Select(group => group.Last());

    /// <summary>What the suite shows of its runs; call under the gate of the state.</summary>
    public static (string Status, string? Conclusion) State(Repository repository, CheckSuite suite)
    {
        CheckRun[] runs = [.. Latest(repository, suite)];
        if (suite.IsRerequested || runs.All(run => run.Status == "queued"))
        {
            return ("queued", null);
        }

        return runs.Any(run => run.Status != "completed")
            ? ("in_progress", null)
            : ("completed", Array.Find(Bad, bad => runs.Any(run => run.Conclusion == bad))
                ?? (runs.Any(run => run.Conclusion == "success") ? "success" : "neutral"));
    }

    /// <summary>Somebody wants one run again; the App is told.</summary>
    /// <returns>The delivery's GUID.</returns>
    public static Task<string?> RerequestAsync(GitHubStandIn github, Repository repository, CheckRun run, string sender, CancellationToken ct)
    {
        JsonObject payload;
        lock (github.State.Gate)
        {
            if (SuiteOf(repository, run) is { } suite)
            {
                suite.IsRerequested = true;
            }

            payload = new JsonObject { ["action"] = "rerequested", ["check_run"] = github.Json.CheckRun(repository, run) };
        }

        return github.TellAsync(repository, sender, "check_run", payload, ct, github.AppOf(run.App));
    }

    /// <summary>Somebody wants all runs of a suite again; the App is told.</summary>
    /// <returns>The delivery's GUID.</returns>
    public static Task<string?> RerequestAsync(GitHubStandIn github, Repository repository, CheckSuite suite, string sender, CancellationToken ct)
    {
        JsonObject payload;
        lock (github.State.Gate)
        {
            suite.IsRerequested = true;
            payload = new JsonObject { ["action"] = "rerequested", ["check_suite"] = github.Json.CheckSuite(repository, suite) };
        }

        return github.TellAsync(repository, sender, "check_suite", payload, ct, github.AppOf(suite.App));
    }

    private static CheckSuite? SuiteOf(Repository repository, CheckRun run) =>
        repository.CheckSuites.Find(known => known.HeadSha == run.HeadSha && known.App == run.App);
}
