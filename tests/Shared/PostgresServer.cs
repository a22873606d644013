using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Packit.TestSupport;

/// <summary>
/// A PostgreSQL server of the tests' own: real, durable, in a temporary folder, reached by a Unix socket only. It is started when a test
/// first asks for it and removed at the end; a guard process outside the test's process group does so too when the tests are killed.
/// </summary>
public sealed partial class PostgresServer : IAsyncDisposable
{
    // Runs as the parent of the server. Its standard input is a pipe from the test process: when that ends, in whatever way, so does the server.
    private const string Guard = """
        bin=$1; dir=$2; pid=
        as=; [ "$(id -u)" != 0 ] || as='setpriv --reuid=postgres --regid=postgres --init-groups --no-new-privs'
        start() {
          $as "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c max_connections=200 -c fsync=on -c synchronous_commit=on \
            -c full_page_writes=on -c log_min_messages=warning >>"$dir/log" 2>&1 </dev/null &
          pid=$!
        }
        stop() { [ -z "$pid" ] || { kill -QUIT "$pid"; wait "$pid"; pid=; }; }
        trap '' HUP INT TERM
        mkdir -p "$dir" && chmod 755 "$dir"
        [ "$(id -u)" != 0 ] || chown postgres "$dir"
        $as "$bin/initdb" -D "$dir/data" -U packit -A trust -E UTF8 --locale=C --no-sync >"$dir/log" 2>&1 </dev/null || echo "initdb failed" >>"$dir/log"
        start; echo started
        while read -r command; do
          case $command in
            stop) stop; echo stopped;;
            start) start; echo started;;
          esac
        done
        stop
        rm -rf "$dir"
        """;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _once = new(1, 1);
    private readonly string _directory = Path.Combine(Path.GetTempPath(), "packit-pg-" + Guid.NewGuid().ToString("N")[..12]);
    private Process? _guard;
    private int _databases;

    /// <summary>The newest PostgreSQL of this machine; null when there is none.</summary>
    public static string? Binaries { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql")
            .OrderByDescending(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(path => Path.Combine(path, "bin"))
            .FirstOrDefault(path => File.Exists(Path.Combine(path, "initdb")))
        : null;

    /// <summary>The connection string of a database of this server. Where no PostgreSQL is installed, a test is skipped.</summary>
    public async Task<string> ConnectionStringAsync(string database = "postgres")
    {
        if (Binaries is null)
        {
            const string missing = "No PostgreSQL is installed under /usr/lib/postgresql: `apt-get install postgresql`, or run tests/run.sh as root.";
            SkipTest(missing);
            throw new InvalidOperationException(missing);
        }

        await _once.WaitAsync();
        try
        {
            if (_guard is null)
            {
                _guard = StartGuard();
                await AwaitAnswerAsync("started");
                await AwaitReadyAsync();
            }
        }
        finally
        {
            _once.Release();
        }

        return To(database);
    }

    /// <summary>A new database, a copy of <paramref name="template"/>.</summary>
    public async Task<string> CreateDatabaseAsync(string template = "template1")
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template}");
        return To(name);
    }

    /// <summary>Removes a database, whoever is still connected.</summary>
    public Task DropDatabaseAsync(string connectionString) =>
        ExecuteAsync($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");

    /// <summary>Runs one statement in the maintenance database.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await ConnectionStringAsync() + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Ends the server at once, as a power cut would.</summary>
    public async Task CrashAsync()
    {
        await ConnectionStringAsync();
        await CommandAsync("stop", "stopped");
    }

    /// <summary>Starts the server again after <see cref="CrashAsync"/>; returns when it answers.</summary>
    public async Task RestartAsync()
    {
        await CommandAsync("start", "started");
        await AwaitReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_guard is { } guard)
        {
            NpgsqlConnection.ClearAllPools();
            guard.StandardInput.Close();
            await guard.WaitForExitAsync();
            guard.Dispose();
        }

        _once.Dispose();
    }

    /// <summary>Inside of a test run a missing server is no failure.</summary>
    static partial void SkipTest(string reason);

    private string To(string database) =>
        $"Host={_directory};Username=packit;Database={database};Include Error Detail=true;Maximum Pool Size=30";

    private Process StartGuard() => Process.Start(new ProcessStartInfo("setsid", ["sh", "-c", Guard, "guard", Binaries!, _directory])
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    private async Task CommandAsync(string command, string answer)
    {
        await _guard!.StandardInput.WriteLineAsync(command);
        await _guard.StandardInput.FlushAsync();
        await AwaitAnswerAsync(answer);
    }

    private async Task AwaitAnswerAsync(string answer)
    {
        var line = await _guard!.StandardOutput.ReadLineAsync().WaitAsync(StartLimit);
        if (line != answer)
        {
            throw new InvalidOperationException($"The guard of the test server said '{line}' and not '{answer}'.");
        }
    }

    private async Task AwaitReadyAsync()
    {
        var begun = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(To("postgres") + ";Pooling=false");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException e) when (begun.Elapsed < StartLimit)
            {
                _ = e;
                await Task.Delay(50);
            }
            catch (NpgsqlException e)
            {
                var log = Path.Combine(_directory, "log");
                throw new InvalidOperationException("The test server does not start: " + (File.Exists(log) ? await File.ReadAllTextAsync(log) : "no log"), e);
            }
        }
    }
}
