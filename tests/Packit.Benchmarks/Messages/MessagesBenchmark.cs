using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Storage;
using Packit.FedoraMessaging;
using Packit.Sandbox;
using Packit.Sandbox.Service;
using Packit.TestSupport;

namespace Packit.Benchmarks.Messages;

/// <summary>
/// A mass rebuild: builds of packages that nobody here cares for are finished by the thousand. Messages go into the inbox as the listener puts
/// them there, a prefetch at a time, and the whole service reads them.
/// </summary>
internal sealed class MessagesBenchmark : IBenchmark
{
    private const string Topic = "org.fedoraproject.prod.buildsys.build.state.change";

    public string Verb => "messages";

    public string Usage =>
        "messages [--provider postgresql|sqlite] [--count 20000] [--batch 25] [--owner jdoe] [--targets f43-candidate,rawhide]: COMPLETE messages of foreign packages, drained (owner releng is filtered)";

    public async Task<int> RunAsync(Arguments arguments)
    {
        var provider = Enum.Parse<DatabaseProvider>(arguments.Text("provider", "postgresql"), ignoreCase: true);
        var count = arguments.Number("count", 20_000, 1, 1_000_000);
        var batch = arguments.Number("batch", 25, 1, 10_000);
        var owner = arguments.Text("owner", "jdoe");
        var targets = arguments.Text("targets", "f43-candidate,rawhide").Split(',');
        await using var server = new PostgresServer();
        await using var database = await TestDatabase.CreateAsync(provider, server);
        await using var distGit = await LookUpCounter.StartAsync();
        using var temporary = new TemporaryFolder();
        var folder = temporary.Path;
        await using var world = await World.StartAsync(new WorldOptions { Folder = Path.Combine(folder, "world") });
        await using var service = await SandboxService.StartAsync(world, new SandboxServiceOptions
        {
            Folder = Path.Combine(folder, "service"),
            Provider = provider.ToString(),
            ConnectionString = database.ConnectionString,
            Settings = new Dictionary<string, string?> { ["DistGit:Url"] = distGit.Root.AbsoluteUri },
        });
        var sink = service.Services.GetRequiredService<IMessageSink>();
        var databases = service.Services.GetRequiredService<IPackitDbFactory>();
        await DrainAsync(sink, databases, Messages(distGit.Root, "warm", owner, targets, 200), batch, 200);

        distGit.Forget();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var (stored, drained, memory) = await DrainAsync(sink, databases, Messages(distGit.Root, "foreign", owner, targets, count), batch, count + 200);
        process.Refresh();
        cpu = process.TotalProcessorTime - cpu;

        var most = distGit.MostForOne;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"messages {provider}: {count} builds by {owner} for {string.Join(" and ", targets)}, {batch} at a time, on {Environment.ProcessorCount} cores"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  stored     {stored.TotalSeconds,10:F1} s   drained {drained.TotalSeconds:F1} s   ({count / drained.TotalSeconds:F0} /s)"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  service    {cpu.TotalMilliseconds / count,10:F3} ms CPU each   {memory >> 20} MiB resident at most"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  look-ups   {distGit.Count,10}   at most {most} of one package and commit"));
        return most <= 1 ? 0 : 1;
    }

    private static async Task<(TimeSpan Stored, TimeSpan Drained, long Memory)> DrainAsync(
        IMessageSink sink, IPackitDbFactory databases, IEnumerable<BusMessage> messages, int batch, int total)
    {
        var begun = Stopwatch.StartNew();
        foreach (var some in messages.Chunk(batch))
        {
            await sink.StoreAsync(some, CancellationToken.None);
        }

        var stored = begun.Elapsed;
        long memory = 0;
        while (true)
        {
            memory = Math.Max(memory, Environment.WorkingSet);
            await using var db = databases.Create();
            if (await db.Deliveries.CountAsync(row => row.State != DeliveryState.Received) >= total)
            {
                return (stored, begun.Elapsed, memory);
            }

            await Task.Delay(100);
        }
    }

    private static IEnumerable<BusMessage> Messages(Uri distGit, string prefix, string owner, string[] targets, int count) => Enumerable.Range(0, count).Select(i =>
    {
        var commit = Guid.NewGuid().ToString("N") + "00000001";
        var request = $$"""["git+{{distGit}}rpms/{{prefix}}-{{i}}.git#{{commit}}","{{targets[i % targets.Length]}}",{}]""";
        var body = $$"""
            {"instance":"primary","attribute":"state","old":0,"new":1,"build_id":{{i + 1}},"task_id":{{i + 1}},"name":"{{prefix}}-{{i}}","version":"1.0",
             "release":"1.fc43","epoch":null,"owner":"{{owner}}","request":{{request}},"creation_time":"2026-11-22T06:14:35.608778+00:00",
             "completion_time":"2026-11-22T06:21:02.100000+00:00","task":{"id":{{i + 1}},"method":"build","state":2,"arch":"noarch","owner":"{{owner}}",
             "request":{{request}},"children":[{"id":{{i + 500_000}},"method":"buildArch","arch":"noarch","state":2}]} }
            """;
        return new BusMessage(Guid.NewGuid().ToString(), Topic, DateTimeOffset.UtcNow, "koji_fedoramessaging.build.BuildStateChangeV1", 20, Encoding.UTF8.GetBytes(body));
    });

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("packit-messages-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
