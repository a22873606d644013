using Packit.Automation.Storage;

namespace Packit.Sandbox.Demo;

/// <summary>What people do on the way: a maintainer merges the pull requests, and release engineering pushes the updates.</summary>
internal sealed class DemoPeople(World world, DemoWorld demo, DemoTeller teller)
{
    /// <summary>Does what is next, if anything. Each step waits until the service has seen the one before.</summary>
    public async Task ActAsync(DemoState state, CancellationToken cancellationToken)
    {
        if (state.IsProposed)
        {
            foreach (var pull in (await demo.Package.PullRequestsAsync(cancellationToken)).Where(pull => pull.Status == "Open"))
            {
                teller.Merging(pull.Id, pull.Branch);
                await demo.Package.MergePullRequestAsync(pull.Id, ct: cancellationToken);
            }
        }

        foreach (var update in state.Updates)
        {
            switch (update)
            {
                case { Alias: { } pending, UpdateState: BodhiUpdateState.Pending } when world.Bodhi.Find(pending)?.Status == "pending":
                    world.Bodhi.PushToTesting(pending);
                    break;
                case { Alias: { } testing, UpdateState: BodhiUpdateState.Testing } when world.Bodhi.Find(testing)?.Status == "testing":
                    world.Bodhi.PushToStable(testing);
                    break;
            }
        }
    }
}
