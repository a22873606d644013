using System.Diagnostics;
using Packit.Automation.Storage;
using Packit.TestSupport;

namespace Packit.Automation.Tests.Engine;

/// <summary>A worker process is killed in the middle of a job, as the kernel's memory killer would.</summary>
public sealed class KilledWorkerTests(PostgresServer server)
{
    internal const string VictimVariable = "PACKIT_TEST_KILLED_WORKER";

    [Fact]
    public async Task The_job_of_a_killed_process_is_taken_up_again_by_another()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql, server);
        await using var web = await TestNode.StartAsync(database, parts => parts.Queue());
        using var child = StartChild(database.ConnectionString);
        await web.Queue.EnqueueAsync(TestHandler.Job(42), CancellationToken.None);
        Assert.Equal("begun 42", await child.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)));

        child.Kill();
        await child.WaitForExitAsync();
        var handler = new TestHandler();
        await using var survivor = await TestNode.StartAsync(database, parts => parts.Worker(handler));

        await Eventually.Is("taken up again", () => handler.Begun.Count == 1);
        Assert.Equal([42], handler.Begun);
    }

    private static Process StartChild(string connectionString)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            Environment = { [VictimVariable] = connectionString },
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(KilledWorkerTests).Assembly.Location);
        }

        return Process.Start(start)!;
    }

    /// <summary>What the killed process does.</summary>
    internal static async Task<int> BeVictimAsync(string connectionString)
    {
        var handler = new TestHandler(async (row, _) =>
        {
            await Console.Out.WriteLineAsync($"begun {row}");
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
        });
        await using var node = await TestNode.StartAsync(
            [new("Database:Provider", nameof(DatabaseProvider.PostgreSql)), new("Database:ConnectionString", connectionString)], parts => parts.Worker(handler));

        // Ends by itself when nobody is left to kill it.
        await Console.In.ReadLineAsync();
        Environment.Exit(1);
        return 1;
    }
}
