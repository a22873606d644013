using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Packit.Http;

namespace Packit.DistGit;

/// <summary>
/// The one class that starts git: an argument array and never a shell, sub-commands from a closed list, an environment of our own
/// (<see cref="GitEnvironment"/>), limits of time and size, and the death of the whole process group at the end.
/// </summary>
public sealed partial class GitProgram
{
    private const int ErrorCap = 64 * 1024;
    private static readonly TimeSpan SizeCheckInterval = TimeSpan.FromMilliseconds(250);

    private readonly ILogger<GitProgram> _logger;
    private readonly string? _program;
    private long _started;

    public GitProgram(GitOptions options, TimeProvider time, ILogger<GitProgram> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        Time = time;
        _logger = logger;
        _program = ProcessGroup.Find(options.Program);
    }

    public GitOptions Options { get; }

    /// <summary>How many git processes this object has started: a figure for the metrics.</summary>
    public long Started => Interlocked.Read(ref _started);

    internal TimeProvider Time { get; }

    /// <summary>The version of the program, such as <c>git version 2.39.5</c>: proof at start that it can be run.</summary>
    /// <exception cref="GitException">It cannot.</exception>
    public async Task<string> VersionAsync(CancellationToken cancellationToken)
    {
        var output = await RunAsync(new GitCommand(GitVerb.Version), folder: null, cancellationToken);
        return output.ExitCode == 0
            ? Encoding.UTF8.GetString(output.Output).Trim()
            : throw GitErrors.Failure("Asking git for its version", output);
    }

    /// <summary>Runs a command to its end.</summary>
    /// <exception cref="GitException">A limit was reached, the remote may not be talked to, or git cannot be started.</exception>
    internal async Task<GitOutput> RunAsync(GitCommand command, string? folder, CancellationToken cancellationToken)
    {
        if (command.Verb == GitVerb.Push && !Options.MayPush)
        {
            throw new InvalidOperationException("This git was made for reading: it pushes nothing.");
        }

        var pinned = await CheckAsync(command.Remote, cancellationToken);
        using var deadline = new CancellationTokenSource(Options.Timeout, Time);
        using var tooLarge = new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token, tooLarge.Token);
        var began = Time.GetTimestamp();
        using var process = Start(command, folder, pinned);
        var ended = false;
        try
        {
            process.StandardInput.Close();
            var watch = folder is not null && command.Remote is not null ? WatchSizeAsync(folder, tooLarge, stop.Token) : Task.CompletedTask;
            var errors = CollectAsync(process.StandardError.BaseStream, ErrorCap, stop.Token);
            var (output, cut) = await CollectAsync(process.StandardOutput.BaseStream, command.OutputCap, stop.Token, endAtCap: true);
            if (cut)
            {
                ProcessGroup.Kill(process);
            }

            var text = Redacted(Encoding.UTF8.GetString((await errors).Collected), command.Remote);
            await process.WaitForExitAsync(stop.Token);
            ended = true;
            await stop.CancelAsync();
            await watch;
            if (_logger.IsEnabled(LogLevel.Debug))
            {
                var took = Time.GetElapsedTime(began).TotalMilliseconds;
                LogRun(command.Name, command.Remote?.Url, process.ExitCode, took);
            }

            return cut && !command.CutOutput
                ? throw new GitException(GitFailure.TooLarge, $"git {command.Name} wrote more than {command.OutputCap} bytes.")
                : new GitOutput(cut ? 0 : process.ExitCode, output, text, cut);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw tooLarge.IsCancellationRequested
                ? new GitException(GitFailure.TooLarge, $"{Doing(command)} was stopped: the repository grew beyond {Options.MaxBytes} bytes.")
                : new GitException(GitFailure.Timeout, $"{Doing(command)} was stopped: it took longer than {Options.Timeout.TotalSeconds:0.#} seconds.");
        }
        finally
        {
            if (!ended)
            {
                ProcessGroup.Kill(process);
                // So that nobody writes to the folder any more when the caller goes on.
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    /// <summary>Starts a command that lives on and is talked to; the caller ends it with <see cref="ProcessGroup.Kill"/>.</summary>
    internal Process Start(GitCommand command, string? folder, string? pinned = null)
    {
        var start = ProcessGroup.Start(
            _program ?? throw new GitException(GitFailure.Unexpected, $"The program '{Options.Program}' is not installed; install git 2.37 or later."),
            [command.Name, .. command.Arguments]);
        start.WorkingDirectory = folder ?? "/";
        GitEnvironment.Write(start.Environment, command, folder, pinned, Options);
        Interlocked.Increment(ref _started);
        return Process.Start(start) ?? throw new GitException(GitFailure.Unexpected, "git could not be started.");
    }

    private static string Doing(GitCommand command) => command.Remote is { } remote ? $"git {command.Name} with {remote.Shown}" : $"git {command.Name}";

    private static string Redacted(string text, GitRemote? remote) =>
        remote?.Credentials is { } credentials ? credentials.Header().Redact(credentials.Password.Redact(text)) : text;

    private static async Task<(byte[] Collected, bool WasCut)> CollectAsync(
        Stream stream, int cap, CancellationToken cancellationToken, bool endAtCap = false)
    {
        using var collected = new MemoryStream();
        var buffer = new byte[16 * 1024];
        var cut = false;
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            var kept = (int)Math.Min(read, cap - collected.Length);
            await collected.WriteAsync(buffer.AsMemory(0, kept), cancellationToken);
            cut |= kept < read;
            if (cut && endAtCap)
            {
                break;
            }
        }

        return (collected.ToArray(), cut);
    }

    /// <summary>Checks a remote before git sees it.</summary>
    /// <returns>The address to bind the host to, where the address was chosen by others; else null.</returns>
    private async Task<string?> CheckAsync(GitRemote? remote, CancellationToken cancellationToken)
    {
        if (remote is null)
        {
            return null;
        }

        var url = remote.Url;
        var allowed = url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttps
            || (remote.SshKey is not null && url.Scheme == "ssh")
            || (Options.AllowHttp && url.Scheme == Uri.UriSchemeHttp)
            || (Options.AllowFile && url.IsFile));
        var hasUser = url.UserInfo.Length > 0 && !(url.Scheme == "ssh" && url.UserInfo.All(char.IsAsciiLetterOrDigit));
        if (!allowed || hasUser || url.Fragment.Length > 0)
        {
            throw new GitException(GitFailure.Refused, "A repository must be an https address without user name: "
                + (url.IsAbsoluteUri ? GitName.Clip($"{url.Scheme}://{url.Host}{url.AbsolutePath}") : "it is relative") + ".");
        }

        return remote.Egress is { } policy && !url.IsFile ? await PinAsync(new EgressGuard(policy), url, cancellationToken) : null;
    }

    private static async Task<string> PinAsync(EgressGuard guard, Uri url, CancellationToken cancellationToken)
    {
        try
        {
            guard.Check(url);
            var addresses = IPAddress.TryParse(url.DnsSafeHost, out var literal)
                ? [literal]
                : await Dns.GetHostAddressesAsync(url.DnsSafeHost, cancellationToken);
            var address = Array.Find(addresses, guard.Allows)
                ?? throw new EgressDeniedException($"{url.Host} does not resolve to a public address, so it may not be fetched.");
            return $"{url.IdnHost}:{url.Port}:{(address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address)}";
        }
        catch (EgressDeniedException denied)
        {
            throw new GitException(GitFailure.Refused, denied.Message, denied);
        }
        catch (SocketException unknown)
        {
            throw new GitException(GitFailure.Unreachable, $"The host {url.Host} cannot be resolved: {unknown.Message}.", unknown);
        }
    }

    private async Task WatchSizeAsync(string folder, CancellationTokenSource tooLarge, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(SizeCheckInterval, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (SizeOf(folder) > Options.MaxBytes)
                {
                    await tooLarge.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The command has ended, or was stopped.
        }
    }

    private static long SizeOf(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(static file => file.Exists ? file.Length : 0);
        }
        catch (IOException)
        {
            // git renames and removes files meanwhile; the next look is a quarter of a second away.
            return 0;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "git {Command} {Remote} ended with {ExitCode} after {Milliseconds:0} ms")]
    private partial void LogRun(string command, Uri? remote, int exitCode, double milliseconds);
}
