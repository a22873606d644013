using System.Text;
using Microsoft.Extensions.Logging.Abstractions;

namespace Packit.DistGit.Tests.Confined;

public sealed class ConfinedProgramTests(Confinement confinement) : IClassFixture<Confinement>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("packit-confined-tests-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_program_is_run_with_an_environment_of_three_variables_as_nobody()
    {
        Environment.SetEnvironmentVariable("PACKIT_TEST_TOKEN", "secret");
        var ended = await confinement.ShellAsync("env | cut -d= -f1 | sort | tr '\\n' ' '; id -u; hostname 2>/dev/null || uname -n");

        Assert.Equal("HOME LC_ALL PATH PWD 65534\nconfined\n", Text(ended));
    }

    [Fact]
    public async Task Nothing_of_the_machine_is_there_but_its_programs_and_they_cannot_be_changed()
    {
        var secret = Path.Combine(_folder.FullName, "keytab");
        await File.WriteAllTextAsync(secret, "key", Token);
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var ended = await confinement.ShellAsync(
            $"for f in /etc/shadow /etc/passwd /proc/1/environ /root /home /var /run {secret}; do cat $f 2>/dev/null && echo $f; done; "
            + "for f in /usr/x /etc/x /work/x /x /bin/sh; do { echo 1 > $f; } 2>/dev/null && echo wrote $f; done; "
            + "echo fine > /tmp/x && cat /tmp/x");

        Assert.Equal("fine\n", Text(ended));
    }

    [Fact]
    public async Task Devices_can_be_used_but_files_cannot_be_put_beside_them()
    {
        var ended = await confinement.ShellAsync(
            "for f in /dev/x /dev/shm/x; do { echo 1 > $f; } 2>/dev/null && echo wrote $f; done; "
            + "echo gone > /dev/null && head -c 4 /dev/zero | wc -c");

        Assert.Equal("4\n", Text(ended));
    }

    [Fact]
    public async Task There_is_no_network_not_even_a_way_back_to_this_machine()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        var ended = await confinement.ShellAsync($"timeout 2 bash -c 'echo hello > /dev/tcp/127.0.0.1/{port}' 2>/dev/null && echo connected; echo done");

        Assert.Equal("done\n", Text(ended));
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task A_folder_is_shown_for_reading_or_for_writing()
    {
        _folder.UnixFileMode |= UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "given"), "content", Token);
        const string Script = "cat given; echo made 2>/dev/null > new; true";

        var reading = await confinement.ShellAsync(Script, command => command with { Folder = _folder.FullName });
        Assert.Equal("content", Text(reading));
        Assert.False(File.Exists(Path.Combine(_folder.FullName, "new")));

        await confinement.ShellAsync(Script, command => command with { Folder = _folder.FullName, CanWrite = true });
        Assert.Equal("made\n", await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "new"), Token));
    }

    [Fact]
    public async Task What_runs_too_long_is_killed_with_everything_it_started()
    {
        await confinement.NeedAsync();
        var mark = $"8{Random.Shared.Next(100_000, 999_999)}";
        var command = new ConfinedCommand("/usr/bin/sh", "-c", $"setsid sleep {mark} & sleep {mark}")
        {
            Limits = new ConfinedLimits { Time = TimeSpan.FromMilliseconds(300) },
        };

        var stopped = Assert.IsType<ConfinedResult.Stopped>(await confinement.Program.RunAsync(command, Token));
        Assert.Equal("It took longer than 0.3 seconds.", stopped.Reason);
        Assert.Empty(ProcessesWith(mark));
    }

    [Fact]
    public async Task A_cancelled_run_ends_with_its_processes()
    {
        await confinement.NeedAsync();
        var mark = $"9{Random.Shared.Next(100_000, 999_999)}";
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            confinement.Program.RunAsync(new ConfinedCommand("/usr/bin/sleep", mark), cancel.Token));
        Assert.Empty(ProcessesWith(mark));
    }

    [Theory]
    [InlineData("yes", "It wrote more than 65536 bytes.")]
    [InlineData("bomb() { bomb | bomb & }; bomb; sleep 60", "It took longer than 1.5 seconds.")]
    public async Task A_program_that_knows_no_measure_is_stopped(string script, string reason)
    {
        await confinement.NeedAsync();
        var command = new ConfinedCommand("/usr/bin/bash", "-c", script)
        {
            Limits = new ConfinedLimits { Time = TimeSpan.FromSeconds(1.5), OutputBytes = 64 * 1024 },
        };
        Assert.Equal(reason, Assert.IsType<ConfinedResult.Stopped>(await confinement.Program.RunAsync(command, Token)).Reason);
    }

    [Fact]
    public async Task Memory_files_and_processes_are_limited()
    {
        var memory = await confinement.ShellAsync("head -c 400M /dev/zero | tail -c 400M > /dev/null");
        Assert.NotEqual(0, memory.ExitCode);

        var file = await confinement.ShellAsync("head -c 100M /dev/zero > /tmp/big; stat -c %s /tmp/big");
        Assert.True(long.Parse(Text(file), System.Globalization.CultureInfo.InvariantCulture) <= new ConfinedLimits().FileBytes);

        var processes = await confinement.ShellAsync("i=0; while [ $i -lt 40 ]; do sleep 1 & i=$((i+1)); done 2>/dev/null; echo all");
        Assert.NotEqual("all\n", Text(processes));
    }

    [Fact]
    public async Task Complaints_come_back_as_one_short_line_without_control_characters()
    {
        var ended = await confinement.ShellAsync("printf 'bad \\033[31mthing\\nžluť\\r\\n' >&2; head -c 100000 /dev/zero | tr '\\0' x >&2; exit 3");

        Assert.Equal(3, ended.ExitCode);
        Assert.StartsWith("bad [31mthing ?lu? xxx", ended.Errors, StringComparison.Ordinal);
        Assert.True(ended.Errors.Length < 320);
    }

    [Fact]
    public async Task Without_bubblewrap_nothing_is_run_and_the_reason_says_what_to_install()
    {
        var program = new ConfinedProgram(TimeProvider.System, NullLogger<ConfinedProgram>.Instance, "/nonexistent/bwrap");
        var result = await program.RunAsync(new ConfinedCommand("/usr/bin/true"), Token);

        Assert.Contains("install the package bubblewrap", Assert.IsType<ConfinedResult.Unavailable>(result).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_that_refuses_confinement_is_found_out_once_and_nothing_is_run_there()
    {
        var counter = Path.Combine(_folder.FullName, "count");
        var refusing = Path.Combine(_folder.FullName, "bwrap");
        await File.WriteAllTextAsync(refusing, $"#!/bin/sh\necho x >> {counter}\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n", Token);
        foreach (var path in new[] { _folder.FullName, refusing })
        {
            File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32("777", 8));
        }

        var program = new ConfinedProgram(TimeProvider.System, NullLogger<ConfinedProgram>.Instance, refusing);
        var first = await program.RunAsync(new ConfinedCommand("/usr/bin/true"), Token);
        var second = await program.RunAsync(new ConfinedCommand("/usr/bin/true"), Token);

        Assert.Equal(first, second);
        Assert.Contains("No permissions to create new namespace", Assert.IsType<ConfinedResult.Unavailable>(first).Reason, StringComparison.Ordinal);
        Assert.Single(await File.ReadAllLinesAsync(counter, Token));
    }

    private static string Text(ConfinedResult.Ended ended) => Encoding.UTF8.GetString(ended.Output);

    private static List<string> ProcessesWith(string mark) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Where(static folder => int.TryParse(Path.GetFileName(folder), out _))
            .Select(CommandLine)
            .Where(line => line.Split('\0').Contains(mark)),
    ];

    private static string CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
