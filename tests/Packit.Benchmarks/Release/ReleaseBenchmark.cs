using System.Diagnostics;
using System.Globalization;
using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Sandbox.Hosting;
using Packit.Sandbox.Service;
using Packit.TestSupport;

namespace Packit.Benchmarks.Release;

/// <summary>From the published release to the last pull request, in the sandbox, beside the bare commands of the same work.</summary>
internal sealed class ReleaseBenchmark : IBenchmark
{
    private static readonly string[] AllBranches = ["rawhide", "f43", "f42", "f41", "epel10", "epel9", "epel8", "f40"];
    private static readonly int[] Counts = [1, 4, 8];
    private const int Warm = 5;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public string Verb => "release";

    public string Usage => "release [--provider postgresql|sqlite] [--rounds 7]   release to pull requests on 1, 4 and 8 branches, and the same by hand";

    public async Task<int> RunAsync(Arguments arguments)
    {
        var provider = arguments.Text("provider", "postgresql");
        var rounds = arguments.Number("rounds", 7, 1, 50);
        await using var server = new PostgresServer();
        await using var database = await TestDatabase.CreateAsync(
            provider == "sqlite" ? DatabaseProvider.Sqlite : DatabaseProvider.PostgreSql, server);
        var folder = Directory.CreateTempSubdirectory("packit-bench-");
        try
        {
            await using var world = await World.StartAsync(new WorldOptions { Folder = Path.Combine(folder.FullName, "world") });
            await using var service = await SandboxService.StartAsync(world, new SandboxServiceOptions
            {
                Folder = Path.Combine(folder.FullName, "service"), Provider = database.Provider.ToString(), ConnectionString = database.ConnectionString,
                ApprovedOwners = [.. Enumerable.Range(0, Warm).Select(Warming), .. Counts.SelectMany(count => Enumerable.Range(0, rounds).Select(round => Counted(count, round)))],
                Settings = new Dictionary<string, string?> { ["Serilog:MinimumLevel:Default"] = "Error" },
            });

            // The first releases of a process pay for compilation; they are not counted.
            for (var warm = 0; warm < Warm; warm++)
            {
                await RoundAsync(world, service, folder, Warming(warm), AllBranches[..4]);
            }

            Console.WriteLine($"{provider}, {rounds} rounds, medians");
            Console.WriteLine("branches   service ms   first check ms   HTTP calls   with git's own   by hand ms   ratio");
            foreach (var count in Counts)
            {
                List<Measured> all = [];
                for (var round = 0; round < rounds; round++)
                {
                    all.Add(await RoundAsync(world, service, folder, Counted(count, round), AllBranches[..count]));
                }

                var service1 = Median(all.Select(one => one.Service));
                var hand = Median(all.Select(one => one.ByHand));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{count,8}   {service1,10:0}   {Median(all.Select(one => one.FirstCheck)),14:0}   {Median(all.Select(one => one.Calls)),10:0}   {Median(all.Select(one => one.AllCalls)),14:0}   {hand,10:0}   {service1 / hand,5:0.00}"));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return 0;
    }

    // Every project is somebody else's: each installation has a budget of its own, as on GitHub.
    private static string Warming(int round) => string.Create(CultureInfo.InvariantCulture, $"warm{round}");

    private static string Counted(int branches, int round) => string.Create(CultureInfo.InvariantCulture, $"b{branches}r{round}");

    private static async Task<Measured> RoundAsync(
        World world, SandboxService service, DirectoryInfo folder, string name, IReadOnlyList<string> branches)
    {
        var spec = Spec(world, name);
        var project = await world.CreateUpstreamAsync(name, name, new FileSet
        {
            [".packit.yaml"] = Config(name, branches), [$"{name}.spec"] = spec, ["main.c"] = "int main(void) { return 0; }\n",
        });
        await world.CreatePackageAsync(name, branches, new FileSet { [$"{name}.spec"] = spec, ["sources"] = "", [".gitignore"] = "" });
        await project.TagAsync("v1.1.0");
        await project.PublishArchiveAsync("v1.1.0");
        await service.AgreeAsync(project, name);

        world.Requests.Clear();
        var begun = Stopwatch.StartNew();
        await project.PublishReleaseAsync(new Sandbox.GitHub.ReleaseDraft { Tag = "v1.1.0", PublishArchive = false });
        double? firstCheck = null;
        while (world.Requests.Count(Servers.Pagure, "POST", "/pull-request/new") < branches.Count)
        {
            firstCheck ??= world.Requests.Count(Servers.GitHubApi, "POST", "/check-runs") > 0 ? begun.Elapsed.TotalMilliseconds : null;
            if (begun.Elapsed > Limit)
            {
                throw new TimeoutException($"{name}: not all pull requests within {Limit}.");
            }

            await Task.Delay(1);
        }

        var elapsed = begun.Elapsed.TotalMilliseconds;

        // What comes after the pull requests (last checks, the report) must not run into the other measurement.
        while (project.CheckRuns().Count(run => run.Status == "completed") < branches.Count && begun.Elapsed < Limit)
        {
            await Task.Delay(5);
        }

        await Task.Delay(100);
        var requests = world.Requests.All;
        var api = requests.Count(request => request.UserAgent?.StartsWith("git/", StringComparison.Ordinal) != true);
        return new Measured(elapsed, firstCheck ?? elapsed, api, requests.Count, await ByHandAsync(world, folder, name, branches));
    }

    private static async Task<double> ByHandAsync(World world, DirectoryInfo folder, string name, IReadOnlyList<string> branches)
    {
        var place = folder.CreateSubdirectory("by-hand-" + name);
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Release", "by-hand.sh"))
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in (string[])
            [
                place.FullName, $"{world.GitHubWeb}{name}/{name}.git", "v1.1.0", $"{world.DistGit}rpms/{name}.git",
                $"{world.DistGit}forks/{world.ServiceUser}/rpms/{name}.git", world.ServiceUser, world.PagureToken,
                $"{world.ArchiveAddress}{name}/{name}-1.1.0.tar.gz", $"{name}-1.1.0.tar.gz",
                world.LookasideUpload.AbsoluteUri, world.LookasideDownload.AbsoluteUri, name, .. branches,
            ])
        {
            start.ArgumentList.Add(argument);
        }

        var begun = Stopwatch.StartNew();
        using var script = Process.Start(start)!;
        var errors = await script.StandardError.ReadToEndAsync();
        await script.WaitForExitAsync();
        return script.ExitCode == 0 ? begun.Elapsed.TotalMilliseconds : throw new InvalidOperationException($"The script failed: {errors}");
    }

    private static string Config(string name, IEnumerable<string> branches) =>
        $"specfile_path: {name}.spec\ndownstream_package_name: {name}\nupstream_tag_template: v{{version}}\njobs:\n- job: propose_downstream\n  trigger: release\n  dist_git_branches: [{string.Join(", ", branches)}]\n";

    private static string Spec(World world, string name) =>
        $"""
        Name:           {name}
        Version:        1.0.0
        Release:        1%dist
        Summary:        Something to measure
        License:        MIT
        Source0:        {world.ArchiveAddress}{name}/{name}-%version.tar.gz

        %description
        Something.

        %prep
        %autosetup

        %files

        %changelog
        * Mon Jan 05 2026 A Packager <packager@fedora.example> - 1.0.0-1
        - First package

        """.Replace("%dist", "%{?dist}", StringComparison.Ordinal).Replace("%version", "%{version}", StringComparison.Ordinal);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    /// <param name="Service">Milliseconds from the publishing of the release to the last pull request.</param>
    /// <param name="FirstCheck">Milliseconds to the first check run.</param>
    /// <param name="Calls">HTTP calls of the service, without those of git.</param>
    /// <param name="AllCalls">With those of git.</param>
    /// <param name="ByHand">Milliseconds of the script.</param>
    private sealed record Measured(double Service, double FirstCheck, double Calls, double AllCalls, double ByHand);
}
