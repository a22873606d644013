using System.Text.Json;
using Packit.Sandbox.GitHub;
using Packit.Sandbox.Service;

namespace Packit.Sandbox.Demo;

/// <summary>Starts world and service, publishes the demo's release and tells what happens.</summary>
internal sealed class DemoRun
{
    /// <summary>How long the release may take before the demo gives up on it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>How long the builders of the demo take, and then the signing and tagging.</summary>
    private static readonly TimeSpan BuildTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TagDelay = TimeSpan.FromSeconds(1);

    /// <summary>Runs the demo.</summary>
    /// <returns>0 when the release has reached the users of every branch and the archive reads back, else 1.</returns>
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
        world.GitHub.SecondaryLimits = SecondaryLimits.Documented;
        (world.Koji.BuildTime, world.Koji.TagDelay) = (BuildTime, TagDelay);
        var demo = await DemoWorld.CreateAsync(world, cancellationToken);
        await using var service = await SandboxService.StartAsync(
            world,
            new SandboxServiceOptions
            {
                Folder = Path.Combine(folder, "service"), Port = options.Port,
                Settings = new Dictionary<string, string?> { ["Serilog:MinimumLevel:Default"] = "Warning" },
            },
            cancellationToken);
        teller.Started(world, service, folder);

        await InstallAsync(demo, service, teller, cancellationToken);
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

    /// <summary>The maintainer installs the App, and the service finds the Fedora account that vouches for them.</summary>
    private static async Task InstallAsync(DemoWorld demo, SandboxService service, DemoTeller teller, CancellationToken cancellationToken)
    {
        if (await demo.InstallAppAsync(cancellationToken))
        {
            teller.Installing();
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var installation = await DemoInstallation.ReadAsync(service, patience.Token);
            while (installation is null)
            {
                await Task.Delay(LookEvery, TimeProvider.System, patience.Token);
                installation = await DemoInstallation.ReadAsync(service, patience.Token);
            }

            teller.Approved(installation);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            teller.GaveUp(Patience);
        }
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

    /// <summary>Tells each change until the release is with its users.</summary>
    private static async Task<DemoReport> FollowAsync(
        World world, DemoWorld demo, SandboxService service, DemoTeller teller, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var people = new DemoPeople(world, demo, teller);
            for (var state = await LookAsync(service, teller, patience.Token); !state.IsOver; state = await LookAsync(service, teller, patience.Token))
            {
                await people.ActAsync(state, patience.Token);
                await Task.Delay(LookEvery, TimeProvider.System, patience.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            teller.GaveUp(Patience);
        }

        return await DemoReport.MakeAsync(world, demo, service, cancellationToken);
    }

    private static async Task<DemoState> LookAsync(SandboxService service, DemoTeller teller, CancellationToken cancellationToken)
    {
        var state = await DemoState.ReadAsync(service, cancellationToken);
        teller.Saw(state);
        return state;
    }
}
