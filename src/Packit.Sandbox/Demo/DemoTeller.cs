using Packit.Automation.Storage;
using Packit.Sandbox.Service;

namespace Packit.Sandbox.Demo;

/// <summary>Tells in plain lines what happens.</summary>
internal sealed class DemoTeller(TextWriter output)
{
    private readonly Dictionary<string, string> _told = [];

    public void Started(World world, SandboxService service, string folder)
    {
        output.WriteLine($"Dashboard       {service.Address}");
        output.WriteLine($"GitHub          {world.GitHubWeb}   (a stand-in; API at {world.GitHubApi})");
        output.WriteLine($"dist-git        {world.DistGit}   (a stand-in for src.fedoraproject.org)");
        output.WriteLine($"Lookaside cache {world.LookasideDownload}");
        output.WriteLine($"Koji            {world.KojiWeb}   (a stand-in; the hub at {world.KojiHub})");
        output.WriteLine($"Bodhi           {world.BodhiApi}   (a stand-in)");
        output.WriteLine($"Data            {folder}");
        output.WriteLine();
    }

    public void Installing() =>
        output.WriteLine($"{DemoWorld.Maintainer} installs the GitHub App for {DemoWorld.Owner}; GitHub sends a signed webhook.");

    public void Approved(DemoInstallation installation) => output.WriteLine(
        $"{installation.Account} is {installation.Status}"
        + (installation.FasAccount is { } account ? $": the Fedora account {account} names {installation.InstalledBy}, who installed the App." : "."));

    public void Publishing(DemoWorld demo) =>
        output.WriteLine($"{demo.Project.FullName} publishes release {DemoWorld.NextTag}; GitHub sends a signed webhook.");

    public void Repeated(string delivery) =>
        output.WriteLine($"Release {DemoWorld.NextTag} is out already; GitHub delivers {delivery} once more.");

    public void Merging(int number, string branch) => output.WriteLine($"  {branch,-8} a maintainer merges pull request #{number}");

    /// <summary>Tells what has changed since the last look.</summary>
    public void Saw(DemoState state)
    {
        foreach (var target in state.Targets)
        {
            Tell($"proposal {target.Id}", target.Branch, WireNames<SyncReleaseTargetStatus>.Of(target.Status), More(target));
        }

        foreach (var build in state.Builds)
        {
            Tell($"build {build.Id}", build.Branch, $"build {WireNames<KojiBuildStatus>.Of(build.Status)}", build.FailureCode is null ? build.Nvr : build.Message);
        }

        foreach (var update in state.Updates)
        {
            var place = update.UpdateState is { } at ? WireNames<BodhiUpdateState>.Of(at) : WireNames<BodhiUpdateStatus>.Of(update.Status);
            Tell($"update {update.Id}", update.Branch, $"update {place}", update.Alias ?? update.Message);
        }
    }

    private void Tell(string what, string branch, string state, string? more)
    {
        if (_told.GetValueOrDefault(what) != state)
        {
            _told[what] = state;
            output.WriteLine($"  {branch,-8} {state,-15} {more}".TrimEnd());
        }
    }

    private static string? More(SyncReleaseTarget target) => target.Status switch
    {
        SyncReleaseTargetStatus.Submitted => string.Join(", ", target.PullRequests.Select(pull => $"{pull.Title}: {pull.Url}")),
        SyncReleaseTargetStatus.Queued or SyncReleaseTargetStatus.Running => null,
        SyncReleaseTargetStatus.Error or SyncReleaseTargetStatus.Retry or SyncReleaseTargetStatus.Skipped => target.Message,
    };

    public void GaveUp(TimeSpan patience) => output.WriteLine($"Not done after {patience.TotalMinutes:0} minutes.");

    public void Ended(DemoReport report, SandboxService service)
    {
        output.WriteLine();
        foreach (var check in report.Checks)
        {
            output.WriteLine($"  check {check.Name}: {check.Conclusion ?? check.Status}, {check.Title}");
        }

        foreach (var file in report.Lookaside)
        {
            output.WriteLine($"  archive {file.FileName}, {file.Size} bytes, {(file.ReadsBack ? "reads back" : "does NOT read back")}");
        }

        output.WriteLine(report.IsComplete
            ? $"The release has reached the users of every branch. See {service.Address}releases/1"
            : $"Something is missing. See {service.Address}");
    }

    public void Waiting(SandboxService service) => output.WriteLine($"The dashboard stays at {service.Address} until Ctrl+C.");
}
