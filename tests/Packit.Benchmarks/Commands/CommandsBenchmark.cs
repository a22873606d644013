using System.Diagnostics;
using System.Globalization;
using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Sandbox.GitHub;
using Packit.Sandbox.Hosting;
using Packit.Sandbox.Service;
using Packit.TestSupport;

namespace Packit.Benchmarks.Commands;

/// <summary>From the webhook of a comment to the reaction that GitHub shows, and to the answer, one comment after the other.</summary>
internal sealed class CommandsBenchmark : IBenchmark
{
    /// <summary>A command whose author's rights are asked for, and that is answered without any further work.</summary>
    private const string Command = "/packit propose-downstream v0";

    /// <summary>Each installation has a budget of its own, as on GitHub.</summary>
    private const int OfOneInstallation = 10;

    private const int Warm = 10;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public string Verb => "commands";

    public string Usage => "commands [--provider postgresql|sqlite] [--count 100]   webhook of a comment to the reaction and to the answer, in the sandbox";

    public async Task<int> RunAsync(Arguments arguments)
    {
        var provider = Enum.Parse<DatabaseProvider>(arguments.Text("provider", "postgresql"), ignoreCase: true);
        var count = arguments.Number("count", 100, 1, 5_000);
        await using var server = new PostgresServer();
        await using var database = await TestDatabase.CreateAsync(provider, server);
        var folder = Directory.CreateTempSubdirectory("packit-commands-");
        try
        {
            await using var world = await World.StartAsync(new WorldOptions { Folder = Path.Combine(folder.FullName, "world") });
            await using var service = await SandboxService.StartAsync(world, new SandboxServiceOptions
            {
                Folder = Path.Combine(folder.FullName, "service"), Provider = provider.ToString(), ConnectionString = database.ConnectionString,
                ApprovedOwners = [.. Enumerable.Range(0, 1 + ((Warm + count) / OfOneInstallation)).Select(Owner)],
                Settings = new Dictionary<string, string?>
                {
                    ["Serilog:MinimumLevel:Default"] = "Error", ["Commands:AnswersPerThread"] = "1000", ["Commands:AnswersPerAuthor"] = "10000",
                },
            });
            List<TimeSpan> reactions = [], answers = [];
            UpstreamProject? project = null;
            var issue = 0;
            for (var round = 0; round < Warm + count; round++)
            {
                if (round % OfOneInstallation == 0)
                {
                    project = await world.CreateUpstreamAsync(Owner(round / OfOneInstallation), "hello", new FileSet { ["hello.c"] = "" });
                    project.SetPermission("maintainer", "write");
                    issue = await project.OpenIssueAsync("maintainer", "Please");
                }

                world.Requests.Clear();
                var begun = Stopwatch.GetTimestamp();
                var telling = project!.CommentAsync(issue, "maintainer", Command);
                var reacted = await SeenAsync(world, "/reactions");
                var answered = await SeenAsync(world, $"/issues/{issue}/comments");
                await telling;
                if (round >= Warm)
                {
                    reactions.Add(Stopwatch.GetElapsedTime(begun, reacted));
                    answers.Add(Stopwatch.GetElapsedTime(begun, answered));
                }
            }

            reactions.Sort();
            answers.Sort();
            Console.WriteLine($"commands {provider}: {count} comments");
            Tell("to the reaction", reactions);
            Tell("to the answer", answers);
            return At(reactions, 0.99) <= 1000 ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Owner(int number) => string.Create(CultureInfo.InvariantCulture, $"owner{number}");

    private static async Task<long> SeenAsync(World world, string path)
    {
        var begun = Stopwatch.StartNew();
        while (!world.Requests.Find(Servers.GitHubApi, "POST", path).Any(request => request.Status == 201))
        {
            if (begun.Elapsed > Limit)
            {
                throw new TimeoutException($"GitHub was not told {path} within {Limit}.");
            }

            await Task.Delay(1);
        }

        return Stopwatch.GetTimestamp();
    }

    private static void Tell(string what, List<TimeSpan> sorted) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"  {what}: median {At(sorted, 0.5):0} ms, p99 {At(sorted, 0.99):0} ms, longest {At(sorted, 1):0} ms"));

    private static double At(List<TimeSpan> sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Count) - 1].TotalMilliseconds;
}
