using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Packit.Http;
using Packit.Sandbox;
using Packit.Sandbox.Service;

namespace Packit.Scenarios.Telling;

/// <summary>The service as a process of its own, as operators run it: it can be killed, and what it says can be read.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();

    private ServiceProcess(Process process) => _process = process;

    /// <summary>Everything that it wrote to standard output and standard error.</summary>
    public string Said => string.Join('\n', _said);

    /// <summary>Its arguments, as every user of the machine sees them.</summary>
    public string Arguments => File.ReadAllText($"/proc/{_process.Id.ToString(CultureInfo.InvariantCulture)}/cmdline");

    /// <summary>Starts it and waits until it takes webhooks.</summary>
    public static async Task<ServiceProcess> StartAsync(World world, SandboxServiceOptions options, IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(environment);
        var address = new Uri($"http://127.0.0.1:{FreePort.Of(options.Folder).ToString(CultureInfo.InvariantCulture)}/");
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Packit.Service.dll"));
        start.ArgumentList.Add("serve");
        foreach (var (key, value) in SandboxSettings.Of(world, options, address))
        {
            start.Environment["PACKIT_" + key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        start.Environment["PACKIT_urls"] = address.AbsoluteUri;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var service = new ServiceProcess(Process.Start(start)!);
        service.Listen();
        await service.WaitUntilReadyAsync(address);
        world.WebhookTarget = new Uri(address, "api/webhooks/github");
        return service;
    }

    /// <summary>Ends it and what it started, without a word of warning.</summary>
    public Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        return _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Listen()
    {
        void Keep(object sender, DataReceivedEventArgs line) => _said.Enqueue(line.Data ?? "");
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private async Task WaitUntilReadyAsync(Uri address)
    {
        using var http = HttpClients.Create(new HttpClientSettings { Retries = 0, Timeout = TimeSpan.FromSeconds(5) }, TimeProvider.System);
        for (var begun = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            Assert.False(_process.HasExited, $"The service ended: {Said}");
            Assert.True(begun.Elapsed < StartTime, $"The service did not start within {StartTime}: {Said}");
            try
            {
                using var answer = await http.GetAsync(new Uri(address, "readyz"));
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception notYet) when (notYet is HttpRequestException or RemoteException or TaskCanceledException)
            {
                // It is still on its way up.
            }
        }
    }
}
