using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Packit.DistGit;

/// <summary>
/// Runs programs that are not trusted, by bubblewrap: no network, no environment, nothing of this machine but <c>/usr</c> to read, no
/// privileges, limits of memory, time, processes and output. Where the kernel or the container refuses that, nothing is ever run.
/// </summary>
public sealed partial class ConfinedProgram
{
    private const int ErrorCap = 4096;
    private const int ErrorShown = 300;

    /// <summary>How long bwrap may take to see that what it confined is dead; it takes a millisecond.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>How long a trial that failed is believed.</summary>
    private static readonly TimeSpan TriedAgainAfter = TimeSpan.FromMinutes(5);

    private static readonly string[] Needed = ["setsid", "choom", "setpriv", "prlimit"];

    private readonly TimeProvider _time;
    private readonly ILogger<ConfinedProgram> _logger;
    private readonly string _name;
    private readonly Lock _lock = new();
    private string? _bubblewrap;
    private Task<string?>? _tried;
    private DateTimeOffset _triedAt;

    /// <param name="time">The clock of time limits.</param>
    /// <param name="logger">Where the one look at what this machine can do is logged.</param>
    /// <param name="bubblewrap">The program: a name looked up in <c>PATH</c>, or an absolute path.</param>
    public ConfinedProgram(TimeProvider time, ILogger<ConfinedProgram> logger, string bubblewrap = "bwrap")
    {
        _time = time;
        _logger = logger;
        _name = bubblewrap;
    }

    /// <summary>
    /// Why nothing can be run confined on this machine, a sentence; null when it can. Found out by trying: once when it can, and again after a
    /// while when it cannot, since a machine short of memory or processes is not so for ever.
    /// </summary>
    public Task<string?> WhyUnavailableAsync()
    {
        lock (_lock)
        {
            if (_tried is null || (_tried is { IsCompleted: true } and not { IsCompletedSuccessfully: true, Result: null }
                && _time.GetUtcNow() - _triedAt >= TriedAgainAfter))
            {
                _triedAt = _time.GetUtcNow();
                _tried = TryOutAsync();
            }

            return _tried;
        }
    }

    /// <summary>
    /// Runs a command to its end or to a limit. What is stopped is dead with everything it started when this returns; what a program that came
    /// to its end left running dies with the confinement.
    /// </summary>
    public async Task<ConfinedResult> RunAsync(ConfinedCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        return await WhyUnavailableAsync() is { } reason
            ? new ConfinedResult.Unavailable(reason)
            : await StartAsync(command, cancellationToken);
    }

    private async Task<string?> TryOutAsync()
    {
        _bubblewrap = ProcessGroup.Find(_name);
        if (_bubblewrap is null)
        {
            return "The program bwrap is not installed; install the package bubblewrap.";
        }

        if (Array.Find(Needed, static program => ProcessGroup.Find(program) is null) is { } missing)
        {
            return $"The program {missing} is not installed; install the package util-linux.";
        }

        // A shell that starts a program: what every use needs at least.
        var reason = await StartAsync(new ConfinedCommand("/usr/bin/sh", "-c", "/usr/bin/true && echo confined"), CancellationToken.None) switch
        {
            ConfinedResult.Ended { ExitCode: 0, Output: var output } when output.AsSpan().SequenceEqual("confined\n"u8) => null,
            ConfinedResult.Ended ended => $"bubblewrap cannot work here (exit code {ended.ExitCode}: {ended.Errors}). In a container, allow user namespaces.",
            ConfinedResult.Stopped stopped => $"bubblewrap cannot work here. {stopped.Reason}",
            _ => "bubblewrap cannot work here.",
        };
        LogTried(reason ?? "available");
        return reason;
    }

    private async Task<ConfinedResult> StartAsync(ConfinedCommand command, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(command.Limits.Time, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var arguments = ConfinedArguments.Of(command, _bubblewrap!, Environment.IsPrivilegedProcess);
        var start = ProcessGroup.Start(ProcessGroup.Find(arguments[0])!, arguments.Skip(1));
        start.WorkingDirectory = "/";
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        // Not disposed of: the thread may still be on its way out of it.
        var over = new SemaphoreSlim(0);
        using var process = await OnThreadOfItsOwnAsync(start, over);
        try
        {
            process.StandardInput.Close();
            var errors = ReadAsync(process.StandardError.BaseStream, ErrorCap, endAtCap: false, stop.Token);
            var (output, tooMuch) = await ReadAsync(process.StandardOutput.BaseStream, command.Limits.OutputBytes, endAtCap: true, stop.Token);
            if (tooMuch)
            {
                return new ConfinedResult.Stopped($"It wrote more than {command.Limits.OutputBytes} bytes.");
            }

            var (said, _) = await errors;
            await process.WaitForExitAsync(stop.Token);
            return new ConfinedResult.Ended(process.ExitCode, output, Clean(said));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ConfinedResult.Stopped($"It took longer than {command.Limits.Time.TotalSeconds:0.#} seconds.");
        }
        finally
        {
            if (!process.HasExited)
            {
                await EndAsync(process);
            }

            over.Release();
        }
    }

    /// <summary>
    /// Kills the first process of the confinement, with which its namespace dies; bwrap ends when all of that is over. If it does not end, or has no
    /// child yet, it is killed, and the rest with it, but then a moment later.
    /// </summary>
    private static async Task EndAsync(Process bubblewrap)
    {
        if (ProcessGroup.KillChildren(bubblewrap))
        {
            using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
            try
            {
                await bubblewrap.WaitForExitAsync(patience.Token);
                return;
            }
            catch (OperationCanceledException)
            {
                // It is killed below.
            }
        }

        ProcessGroup.Kill(bubblewrap);
        await bubblewrap.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>
    /// The kernel tells a child of its parent's death when the thread ends that started it (prctl(2), PR_SET_PDEATHSIG); threads of the
    /// pool end when they have nothing to do.
    /// </summary>
    private static Task<Process> OnThreadOfItsOwnAsync(ProcessStartInfo start, SemaphoreSlim over)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                started.SetResult(Process.Start(start) ?? throw new InvalidOperationException("The confinement could not be started."));
            }
            catch (Exception failed) when (failed is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
            {
                started.SetException(failed);
                return;
            }

            over.Wait();
        })
        {
            IsBackground = true,
            Name = "confined",
        };
        thread.Start();
        return started.Task;
    }

    private static async Task<(byte[] Read, bool TooMuch)> ReadAsync(Stream stream, int cap, bool endAtCap, CancellationToken cancellationToken)
    {
        using var collected = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            var kept = (int)Math.Min(read, cap - collected.Length);
            await collected.WriteAsync(buffer.AsMemory(0, kept), cancellationToken);
            if (kept < read && endAtCap)
            {
                return (collected.ToArray(), true);
            }
        }

        return (collected.ToArray(), false);
    }

    /// <summary>What a program complained of, as one line that can stand in a log: everything else is untrusted text.</summary>
    private static string Clean(byte[] errors)
    {
        var text = new StringBuilder();
        foreach (var rune in Encoding.UTF8.GetString(errors).EnumerateRunes())
        {
            if (text.Length >= ErrorShown)
            {
                text.Append("...");
                break;
            }

            var plain = rune.Value is >= ' ' and < 0x7f;
            var next = plain ? (char)rune.Value : Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) ? ' ' : '?';
            if (next != ' ' || (text.Length > 0 && text[^1] != ' '))
            {
                text.Append(next);
            }
        }

        return text.ToString().TrimEnd();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Running programs confined: {Answer}")]
    private partial void LogTried(string answer);
}
