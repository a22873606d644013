using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Packit.TestSupport;

/// <summary>
/// A RabbitMQ of the tests' own, set up as Fedora's public broker is: virtual host <c>/public_pubsub</c>, user <c>fedora</c> who may make
/// queues named by a UUID only, PLAIN and EXTERNAL. It listens on loopback, is started when a test first asks for it and removed at the end; a
/// guard process outside the test's process group does so too when the tests are killed.
/// </summary>
public sealed partial class RabbitServer : IAsyncDisposable
{
    public const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    public const string User = "fedora";
    public const string Password = "a password of the tests";

    // Runs as the parent of broker and port mapper. Its standard input is a pipe from the test process: when that ends, so do they. The port
    // mapper is started here because one that the broker starts for itself would stay.
    private const string Guard = """
        program=$1; dir=$2; mapper=; broker=
        trap '' HUP INT TERM
        export HOME=$dir ERL_EPMD_PORT=$3 ERL_EPMD_ADDRESS=127.0.0.1 RABBITMQ_DIST_PORT=$4 RABBITMQ_NODENAME=packit$5@localhost
        export RABBITMQ_CONFIG_FILE=$dir/rabbitmq.conf RABBITMQ_ENABLED_PLUGINS_FILE=$dir/plugins RABBITMQ_MNESIA_BASE=$dir/data
        export RABBITMQ_LOG_BASE=$dir/log RABBITMQ_PID_FILE=$dir/pid RABBITMQ_SCHEMA_DIR=$dir/schema
        export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='+S 1:1 +sbwt none'
        epmd -port "$3" -address 127.0.0.1 >/dev/null 2>&1 </dev/null & mapper=$!
        start() { setsid "$program" >>"$dir/out" 2>&1 </dev/null & broker=$!; }
        stop() { [ -z "$broker" ] || { kill -s KILL -- "-$broker"; wait "$broker" 2>/dev/null; broker=; }; }
        start; echo started
        while read -r command; do
          case $command in
            stop) stop; echo stopped;;
            start) start; echo started;;
          esac
        done
        stop
        kill -s KILL "$mapper"; wait "$mapper" 2>/dev/null
        rm -rf "$dir"
        """;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    /// <summary>What every method frame begins with (AMQP 0-9-1, 4.2.3).</summary>
    private const byte MethodFrame = 1;

    private readonly SemaphoreSlim _once = new(1, 1);
    private readonly string _directory = Path.Combine(Path.GetTempPath(), "packit-mq-" + Guid.NewGuid().ToString("N")[..12]);
    private readonly int[] _ports = [TestPorts.Next(), TestPorts.Next(), TestPorts.Next(), TestPorts.Next()];
    private Process? _guard;

    /// <summary>Files of the certificates: <c>ca.pem</c>, <c>client.pem</c> and <c>client.key</c> with the name <c>fedora</c>, and others.</summary>
    public RabbitCertificates Certificates { get; private set; } = null!;

    /// <summary>Without encryption.</summary>
    public Uri Plain => Address("amqp", _ports[0]);

    /// <summary>With TLS; the certificate is for <c>localhost</c> and comes from <see cref="RabbitCertificates.Authority"/>.</summary>
    public Uri Tls => Address("amqps", _ports[1]);

    /// <summary>Starts the broker if it is not running. Where no RabbitMQ is installed, a test is skipped.</summary>
    public async Task StartAsync()
    {
        if (!File.Exists(Program))
        {
            const string missing = $"No RabbitMQ is installed at {Program}: `apt-get install rabbitmq-server`, or run tests/run.sh as root.";
            SkipTest(missing);
            throw new InvalidOperationException(missing);
        }

        await _once.WaitAsync();
        try
        {
            if (_guard is null)
            {
                Directory.CreateDirectory(_directory);
                Certificates = RabbitCertificates.MakeIn(_directory);
                await File.WriteAllTextAsync(Path.Combine(_directory, "plugins"), "[rabbitmq_auth_mechanism_ssl].\n");
                await File.WriteAllTextAsync(Path.Combine(_directory, "rabbitmq.conf"), Configuration());
                _guard = StartGuard();
                await AwaitAnswerAsync("started");
                await AwaitReadyAsync();
            }
        }
        finally
        {
            _once.Release();
        }
    }

    /// <summary>Ends the broker at once, as a power cut would.</summary>
    public async Task CrashAsync()
    {
        await StartAsync();
        await CommandAsync("stop", "stopped");
    }

    /// <summary>Starts it again after <see cref="CrashAsync"/>; returns when it answers.</summary>
    public async Task RestartAsync()
    {
        await CommandAsync("start", "started");
        await AwaitReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_guard is { } guard)
        {
            guard.StandardInput.Close();
            await guard.WaitForExitAsync();
            guard.Dispose();
        }

        _once.Dispose();
    }

    /// <summary>Inside of a test run a missing server is no failure.</summary>
    static partial void SkipTest(string reason);

    private static Uri Address(string scheme, int port) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{scheme}://localhost:{port}/%2Fpublic_pubsub"));

    private string Configuration() => string.Create(CultureInfo.InvariantCulture, $"""
        listeners.tcp.1 = 127.0.0.1:{_ports[0]}
        listeners.ssl.1 = 127.0.0.1:{_ports[1]}
        ssl_options.cacertfile = {Certificates.Authority}
        ssl_options.certfile = {Certificates.Server}
        ssl_options.keyfile = {Certificates.ServerKey}
        ssl_options.verify = verify_peer
        ssl_options.fail_if_no_peer_cert = false
        ssl_cert_login_from = common_name
        auth_mechanisms.1 = PLAIN
        auth_mechanisms.2 = EXTERNAL
        loopback_users = none
        default_vhost = /public_pubsub
        default_user = {User}
        default_pass = {Password}
        default_user_tags.administrator = false
        default_permissions.configure = ^((\w{"{8}"}(-\w{"{4}"}){"{3}"}-\w{"{12}"})|amq\..*)$
        default_permissions.write = ^((\w{"{8}"}(-\w{"{4}"}){"{3}"}-\w{"{12}"})|amq\..*)$
        default_permissions.read = .*
        vm_memory_high_watermark.absolute = 1GB
        disk_free_limit.absolute = 1MB
        log.console = false
        """) + "\n";

    private Process StartGuard() => Process.Start(new ProcessStartInfo(
        "setsid",
        ["sh", "-c", Guard, "guard", Program, _directory, Text(_ports[2]), Text(_ports[3]), Path.GetFileName(_directory)[^12..]])
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

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
            throw new InvalidOperationException($"The guard of the test broker said '{line}' and not '{answer}'.");
        }
    }

    // It answers the greeting of AMQP with a frame of a method when its boot is done; whatever else answers there is not the broker.
    private async Task AwaitReadyAsync()
    {
        var begun = Stopwatch.StartNew();
        var answer = new byte[1];
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
                await client.ConnectAsync(IPAddress.Loopback, _ports[0], limit.Token);
                await client.GetStream().WriteAsync("AMQP\0\0\u0009\u0001"u8.ToArray(), limit.Token);
                await client.GetStream().ReadExactlyAsync(answer, limit.Token);
                if (answer[0] == MethodFrame)
                {
                    return;
                }

                throw new InvalidDataException($"Port {_ports[0]} belongs to something that does not speak AMQP.");
            }
            catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
            {
                if (begun.Elapsed > StartLimit)
                {
                    var log = Path.Combine(_directory, "out");
                    throw new InvalidOperationException("The test broker does not start: " + (File.Exists(log) ? await File.ReadAllTextAsync(log) : "no log"), e);
                }
            }

            await Task.Delay(100);
        }
    }
}
