using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Packit.DistGit;

namespace Packit.Automation.Workspaces;

/// <summary>Removes at the start what killed processes left on the disk: repositories, archives, and folders that rpm was shown.</summary>
internal sealed partial class LeftoverSweep(ProcessFolder folder, TimeProvider time, ILogger<LeftoverSweep> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            folder.Sweep();
            RpmSpecProgram.SweepFolders(time.GetUtcNow());
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            LogNotSwept(trouble);
        }
    }

    [LoggerMessage(EventId = 4702, Level = LogLevel.Warning, Message = "What killed processes left behind could not be removed")]
    private partial void LogNotSwept(Exception cause);
}
