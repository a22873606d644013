using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Packit.Automation.Intake;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.Service.Webhooks;
using Packit.TestSupport;

namespace Packit.Benchmarks.Ingest;

/// <summary>Webhooks accepted per second: Kestrel, signature, durable row, answer. The service runs in this process, the sender in a second one.</summary>
internal sealed class IngestBenchmark : IBenchmark
{
    public string Verb => "ingest";

    public string Usage => "ingest [--provider postgresql|sqlite] [--seconds 10] [--connections 32] [--size 20000]: webhooks stored durably per second";

    public async Task<int> RunAsync(Arguments arguments)
    {
        var provider = Enum.Parse<DatabaseProvider>(arguments.Text("provider", "postgresql"), ignoreCase: true);
        var seconds = arguments.Number("seconds", 10, 1, 600);
        var connections = arguments.Number("connections", 32, 1, 1000);
        var size = arguments.Number("size", 20_000, 1000, 25_000_000);
        await using var server = new PostgresServer();
        await using var database = await TestDatabase.CreateAsync(provider, server);
        var secret = Path.GetTempFileName();
        await File.WriteAllTextAsync(secret, SampleDelivery.Secret);
        await using var service = await StartServiceAsync(database, secret);
        var port = new Uri(service.Urls.Single()).Port;

        await LoadAsync(port, 3, connections, size);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var load = await LoadAsync(port, seconds, connections, size);
        cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;

        await using var db = service.Services.GetRequiredService<IPackitDbFactory>().Create();
        var stored = await db.Deliveries.CountAsync();
        Console.WriteLine($"ingest {provider}: {connections} connections, {size} byte bodies, {load.Seconds:F1} s on {Environment.ProcessorCount} cores");
        Console.WriteLine($"  accepted   {load.Accepted / load.Seconds,10:F0} /s ({load.Accepted} accepted, {load.Others} not; {stored} rows with the warm-up)");
        Console.WriteLine($"  latency    {load.P50,10:F1} ms p50   {load.P99:F1} ms p99   {load.Longest:F1} ms longest");
        Console.WriteLine($"  service    {cpu.TotalMilliseconds / Math.Max(1, load.Accepted),10:F3} ms CPU each   {Process.GetCurrentProcess().WorkingSet64 >> 20} MiB resident");
        File.Delete(secret);
        return load.Others == 0 ? 0 : 1;
    }

    private static async Task<WebApplication> StartServiceAsync(TestDatabase database, string secret)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration.AddInMemoryCollection(database.Settings).AddInMemoryCollection([
            new("Urls", "http://127.0.0.1:0"), new("GitHub:WebhookSecretFiles:0", secret)]);
        builder.Services.Configure<WebhookOptions>(builder.Configuration.GetSection(WebhookOptions.Section));
        builder.Services
            .AddPackitStorage(builder.Configuration.GetSection("Database"))
            .AddDeliveryInbox(builder.Configuration.GetSection("Inbox"))
            .AddGitHubWebhook();
        var service = builder.Build();
        service.MapGitHubWebhook();
        await service.StartAsync();
        return service;
    }

    private static async Task<Load> LoadAsync(int port, int seconds, int connections, int size)
    {
        using var sender = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!, ["ingest-load", "--port", $"{port}", "--seconds", $"{seconds}", "--connections", $"{connections}", "--size", $"{size}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var line = await sender.StandardOutput.ReadToEndAsync();
        await sender.WaitForExitAsync();
        double[] numbers = [.. line.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        return new Load((int)numbers[0], (int)numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
    }

    private sealed record Load(int Accepted, int Others, double Seconds, double P50, double P99, double Longest);
}
