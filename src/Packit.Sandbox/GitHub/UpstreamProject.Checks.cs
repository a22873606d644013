namespace Packit.Sandbox.GitHub;

/// <content>What people do with checks.</content>
public sealed partial class UpstreamProject
{
    /// <summary>Presses <i>Re-run</i> on the newest check run of a name; the <c>check_run</c> webhook is sent.</summary>
    /// <param name="checkName">The name.</param>
    /// <param name="login">Who presses it; the owner when null.</param>
    /// <param name="app">The slug of the App whose check it is; null for the first App.</param>
    /// <param name="ct">Ends the sending.</param>
    /// <returns>The delivery's GUID.</returns>
    public Task<string?> RerequestCheckAsync(string checkName, string? login = null, string? app = null, CancellationToken ct = default)
    {
        _github.AddAccount(login ?? Owner);
        CheckRun run;
        lock (_github.State.Gate)
        {
            run = _repository.CheckRuns.FindLast(known => known.Name == checkName && _github.AppOf(known.App).Slug == (app ?? _github.App.Slug))
                ?? throw new InvalidOperationException($"{FullName} has no check run {checkName}.");
        }

        return CheckSuites.RerequestAsync(_github, _repository, run, login ?? Owner, ct);
    }

    /// <summary>Presses <i>Re-run all checks</i> on a commit; the <c>check_suite</c> webhook is sent.</summary>
    /// <returns>The delivery's GUID.</returns>
    public Task<string?> RerequestAllChecksAsync(string sha, string? login = null, CancellationToken ct = default)
    {
        _github.AddAccount(login ?? Owner);
        CheckSuite suite;
        lock (_github.State.Gate)
        {
            suite = _repository.CheckSuites.Find(known => known.HeadSha == sha)
                ?? throw new InvalidOperationException($"{FullName} has no checks on {sha}.");
        }

        return CheckSuites.RerequestAsync(_github, _repository, suite, login ?? Owner, ct);
    }

    /// <summary>What the checks of a commit show together: status, and conclusion when it is completed.</summary>
    public (string Status, string? Conclusion) CheckSuiteState(string sha)
    {
        lock (_github.State.Gate)
        {
            return CheckSuites.State(_repository, _repository.CheckSuites.First(known => known.HeadSha == sha));
        }
    }
}
