using Packit.Automation.Storage;
using Packit.Sandbox.Service;

namespace Packit.Sandbox.Demo;

/// <summary>Tells in plain lines what happens.</summary>
internal sealed class DemoTeller(TextWriter output)
{
    private readonly Dictionary<int, string> _told = [];

    public void Started(World world, SandboxService service, string folder)
    {
        output.WriteLine($"Dashboard       {service.Address}");
        output.WriteLine($"GitHub          {world.GitHubWeb}   (a stand-in; API at {world.GitHubApi})");
        output.WriteLine($"dist-git        {world.DistGit}   (a stand-in for src.fedoraproject.org)");
        output.WriteLine($"Lookaside cache {world.LookasideDownload}");
        output.WriteLine($"Data            {folder}");
        output.WriteLine();
    }

    public void Publishing(DemoWorld demo) =>
        output.WriteLine($"{demo.Project.FullName} publishes release {DemoWorld.NextTag}; GitHub sends a signed webhook.");

    public void Repeated(string delivery) =>
        output.WriteLine($"Release {DemoWorld.NextTag} is out already; GitHub delivers {delivery} once more.");

    public void Saw(SyncReleaseTarget target)
    {
        var now = WireNames<SyncReleaseTargetStatus>.Of(target.Status);
        if (_told.GetValueOrDefault(target.Id) == now)
        {
            return;
        }

        _told[target.Id] = now;
        var more = target.Status switch
        {
            SyncReleaseTargetStatus.Submitted => string.Join(", ", target.PullRequests.Select(pull => $"{pull.Title}: {pull.Url}")),
            SyncReleaseTargetStatus.Queued or SyncReleaseTargetStatus.Running => "",
            SyncReleaseTargetStatus.Error or SyncReleaseTargetStatus.Retry or SyncReleaseTargetStatus.Skipped => target.Message,
        };
        output.WriteLine($"  {target.Branch,-8} {now,-10} {more}".TrimEnd());
    }

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
            ? $"Every branch has its pull request. See {service.Address}"
            : $"Something is missing. See {service.Address}");
    }

    public void Waiting(SandboxService service) => output.WriteLine($"The dashboard stays at {service.Address} until Ctrl+C.");
}
