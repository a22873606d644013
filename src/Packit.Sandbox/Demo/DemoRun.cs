using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Storage;
using Packit.Sandbox.Service;

namespace Packit.Sandbox.Demo;

/// <summary>Starts world and service, publishes the demo's release and tells what happens.</summary>
internal sealed class DemoRun
{
    /// <summary>How long the release may take before the demo gives up on it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs the demo.</summary>
    /// <returns>0 when every branch has its pull request and the archive reads back, else 1.</returns>
    public static async Task<int> RunAsync(DemoOptions options, CancellationToken cancellationToken)
    {
        var folder = options.Folder ?? Directory.CreateTempSubdirectory("packit-sandbox-").FullName;
        try
        {
            return await RunInAsync(folder, options, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        finally
        {
            if (options.Folder is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static async Task<int> RunInAsync(string folder, DemoOptions options, CancellationToken cancellationToken)
    {
        var teller = new DemoTeller(options.Json ? TextWriter.Null : Console.Out);
        await using var world = await World.StartAsync(new WorldOptions { Folder = Path.Combine(folder, "world") }, cancellationToken);
        var demo = await DemoWorld.CreateAsync(world, cancellationToken);
        await using var service = await SandboxService.StartAsync(
            world,
            new SandboxServiceOptions
            {
                Folder = Path.Combine(folder, "service"), Port = options.Port, ApprovedOwners = [DemoWorld.Owner],
                Settings = new Dictionary<string, string?> { ["Serilog:MinimumLevel:Default"] = "Warning" },
            },
            cancellationToken);
        teller.Started(world, service, folder);

        await PublishAsync(world, demo, teller, cancellationToken);
        var report = await FollowAsync(world, demo, service, teller, cancellationToken);
        teller.Ended(report, service);
        if (options.Json)
        {
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(report, DemoJson.Readable.DemoReport));
        }

        if (!options.Once)
        {
            teller.Waiting(service);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        return report.IsComplete ? 0 : 1;
    }

    private static async Task PublishAsync(World world, DemoWorld demo, DemoTeller teller, CancellationToken cancellationToken)
    {
        if (demo.NextDelivery is { } delivery)
        {
            teller.Repeated(delivery);
            await world.GitHub.RedeliverAsync(delivery, cancellationToken);
            return;
        }

        teller.Publishing(demo);
        await demo.PublishNextReleaseAsync(cancellationToken);
    }

    /// <summary>Tells each change of a branch until all have ended.</summary>
    private static async Task<DemoReport> FollowAsync(
        World world, DemoWorld demo, SandboxService service, DemoTeller teller, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            while (!await LookAsync(service, teller, patience.Token))
            {
                await Task.Delay(LookEvery, TimeProvider.System, patience.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            teller.GaveUp(Patience);
        }

        return await DemoReport.MakeAsync(world, demo, service, cancellationToken);
    }

    private static async Task<bool> LookAsync(SandboxService service, DemoTeller teller, CancellationToken cancellationToken)
    {
        await using var database = service.Services.GetRequiredService<IPackitDbFactory>().Create();
        var targets = await database.Targets.AsNoTracking().Include(target => target.PullRequests)
            .OrderBy(target => target.Id).ToListAsync(cancellationToken);
        foreach (var target in targets)
        {
            teller.Saw(target);
        }

        return targets.Count > 0
            && targets.TrueForAll(target => target.FinishedTime is not null)
            && await database.Runs.AllAsync(run => run.Status != SyncReleaseStatus.Running, cancellationToken);
    }
}
