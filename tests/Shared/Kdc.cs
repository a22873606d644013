using System.Diagnostics;

namespace Packit.TestSupport;

/// <summary>
/// A real key distribution center (MIT krb5kdc) of a realm of its own, with the principals <c>bot</c> and <c>HTTP/localhost</c>
/// and a keytab for each, in a temporary folder.
/// </summary>
public sealed class Kdc : IAsyncDisposable
{
    private const string Realm = "PACKIT.TEST";
    private readonly string _folder = Directory.CreateTempSubdirectory("packit-kdc-").FullName;
    private Process? _kdc;

    private Kdc()
    {
    }

    public static bool IsInstalled => Programs.TrueForAll(static program => Find(program) is not null);

    private static List<string> Programs => ["krb5kdc", "kdb5_util", "kadmin.local"];

    public static async Task<Kdc> StartAsync(CancellationToken cancellationToken)
    {
        var kdc = new Kdc();
        kdc.WriteConfiguration(TestPorts.Next());
        await kdc.RunAsync("kdb5_util", ["create", "-s", "-r", Realm, "-P", "master"], cancellationToken);
        foreach (var (principal, keytab) in ((string, string)[])[("HTTP/localhost", "http.keytab"), ("bot", "bot.keytab")])
        {
            await kdc.RunAsync("kadmin.local", ["-q", $"addprinc -randkey {principal}"], cancellationToken);
            await kdc.RunAsync("kadmin.local", ["-q", $"ktadd -k {kdc.PathOf(keytab)} {principal}"], cancellationToken);
        }

        var running = Process.Start(kdc.Start("krb5kdc", ["-n"]))!;
        kdc._kdc = running;
        while (await running.StandardError.ReadLineAsync(cancellationToken) is { } line && !line.Contains("commencing operation", StringComparison.Ordinal))
        {
            // It tells what it listens on first.
        }

        return kdc;
    }

    /// <summary>The environment in which a process is <c>bot</c> and can check tickets for <c>HTTP/localhost</c>.</summary>
    public IReadOnlyDictionary<string, string> Environment(string keytab = "bot.keytab") => new Dictionary<string, string>
    {
        ["KRB5_CONFIG"] = PathOf("krb5.conf"),
        ["KRB5_KTNAME"] = "FILE:" + PathOf("http.keytab"),
        ["KRB5_CLIENT_KTNAME"] = "FILE:" + PathOf(keytab),
        ["KRB5CCNAME"] = "MEMORY:packit",
    };

    public async ValueTask DisposeAsync()
    {
        if (_kdc is { } kdc)
        {
            kdc.Kill();
            await kdc.WaitForExitAsync();
            kdc.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string? Find(string program) =>
        ((string[])["/usr/sbin", "/usr/bin", "/sbin"]).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private string PathOf(string name) => Path.Combine(_folder, name);

    private void WriteConfiguration(int port)
    {
        File.WriteAllText(PathOf("krb5.conf"), $$"""
            [libdefaults]
            default_realm = {{Realm}}
            dns_lookup_kdc = false
            dns_lookup_realm = false
            dns_canonicalize_hostname = false
            rdns = false
            udp_preference_limit = 1
            [realms]
            {{Realm}} = {
              kdc = 127.0.0.1:{{port}}
            }
            [domain_realm]
            localhost = {{Realm}}
            """);
        File.WriteAllText(PathOf("kdc.conf"), $$"""
            [kdcdefaults]
            kdc_listen = ""
            kdc_tcp_listen = 127.0.0.1:{{port}}
            [realms]
            {{Realm}} = {
              database_name = {{PathOf("principal")}}
              key_stash_file = {{PathOf("stash")}}
              acl_file = {{PathOf("kadm5.acl")}}
            }
            [logging]
            kdc = STDERR
            admin_server = STDERR
            """);
    }

    private ProcessStartInfo Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(Find(program)!, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["KRB5_CONFIG"] = PathOf("krb5.conf");
        start.Environment["KRB5_KDC_PROFILE"] = PathOf("kdc.conf");
        return start;
    }

    private async Task RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(Start(program, arguments))!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program}: {await output}{errors}");
        }
    }
}
