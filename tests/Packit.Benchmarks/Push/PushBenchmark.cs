using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Sandbox.Service;
using Packit.TestSupport;

namespace Packit.Benchmarks.Push;

/// <summary>From the message of a push to dist-git to the call that asks Koji to build it, one push after the other.</summary>
internal sealed class PushBenchmark : IBenchmark
{
    private const string Config = "jobs:\n- job: koji_build\n  trigger: commit\n  dist_git_branches: [f43]\n  allowed_committers: [maint]\n";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public string Verb => "push";

    public string Usage => "push [--provider postgresql|sqlite] [--count 100]   push message to build() call, in the sandbox";

    public async Task<int> RunAsync(Arguments arguments)
    {
        var provider = Enum.Parse<DatabaseProvider>(arguments.Text("provider", "postgresql"), ignoreCase: true);
        var count = arguments.Number("count", 100, 1, 10_000);
        await using var server = new PostgresServer();
        await using var database = await TestDatabase.CreateAsync(provider, server);
        var folder = Directory.CreateTempSubdirectory("packit-push-");
        try
        {
            await using var world = await World.StartAsync(new WorldOptions { Folder = Path.Combine(folder.FullName, "world") });
            world.Koji.BuildTime = TimeSpan.Zero;
            await using var service = await SandboxService.StartAsync(world, new SandboxServiceOptions
            {
                Folder = Path.Combine(folder.FullName, "service"), Provider = provider.ToString(), ConnectionString = database.ConnectionString,
                Settings = new Dictionary<string, string?> { ["Serilog:MinimumLevel:Default"] = "Error" },
            });
            var package = await world.CreatePackageAsync("hello", ["rawhide", "f43"], Files("0", Config), ["maint"]);

            // When the message of each push was on the bus, by its commit.
            var told = new ConcurrentDictionary<string, long>();
            await using var subscription = world.Bus.Subscribe((message, _) =>
            {
                if (message.Topic.EndsWith("pagure.git.receive", StringComparison.Ordinal))
                {
                    told.TryAdd(message.Body, Stopwatch.GetTimestamp());
                }

                return Task.CompletedTask;
            });

            List<TimeSpan> times = [];
            const int Warm = 10;
            for (var round = 1; round <= Warm + count; round++)
            {
                var commit = await package.PushCommitAsync("f43", Files(round.ToString(CultureInfo.InvariantCulture)), pusher: "maint");
                var asked = await AskedAsync(world, round);
                var begun = told.First(entry => entry.Key.Contains(commit, StringComparison.Ordinal)).Value;
                if (round > Warm)
                {
                    times.Add(Stopwatch.GetElapsedTime(begun, asked));
                }
            }

            times.Sort();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"push {provider}: {count} pushes, message to build() call: median {At(times, 0.5):0} ms, p99 {At(times, 0.99):0} ms, longest {At(times, 1):0} ms"));
            return At(times, 0.99) <= 1000 ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<long> AskedAsync(World world, int calls)
    {
        var begun = Stopwatch.StartNew();
        while (world.Requests.CountCalls("build") < calls)
        {
            if (begun.Elapsed > Limit)
            {
                throw new TimeoutException($"Koji was not asked for build {calls} within {Limit}.");
            }

            await Task.Delay(1);
        }

        return Stopwatch.GetTimestamp();
    }

    private static double At(List<TimeSpan> sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Count) - 1].TotalMilliseconds;

    private static FileSet Files(string version, string? config = null)
    {
        var files = new FileSet { ["hello.spec"] = $"Name: hello\nVersion: {version}\nRelease: 1%{{?dist}}\nSummary: Hello\nLicense: MIT\n\n%description\nHello.\n" };
        if (config is not null)
        {
            files[".packit.yaml"] = config;
        }

        return files;
    }
}
