using System.Text;

namespace Packit.DistGit.Tests.Confined;

/// <summary>What a spec's author may try when rpm reads the spec.</summary>
public sealed class RpmSpecProgramTests(Confinement confinement) : IClassFixture<Confinement>
{
    private const string Rest = "Release: 1%{?dist}\nSummary: s\nLicense: MIT\n%description\nd\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rpm_runs_the_code_of_a_spec_and_prints_the_spec_with_its_answers()
    {
        var parsed = await ParsedAsync("Name: demo\nVersion: %(echo 1.5 | tr 5 6)%{lua:print('.7')}\n%if \"%(uname)\" == \"Linux\"\nSource0: x-%{version}.tgz\n%endif\n" + Rest);

        Assert.StartsWith(
            "Name: demo\nVersion: 1.6.7\nSource0: x-1.6.7.tgz\nRelease: 1.fc43\n", parsed.Replace("\n\n", "\n", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_beside_the_spec_are_there_and_no_others()
    {
        var question = new RpmSpecQuestion(Bytes("%{load:%{_sourcedir}/macros}\n%include part\nVersion: %{loaded}\n" + Rest))
        {
            Files = new Dictionary<string, ReadOnlyMemory<byte>>
            {
                ["macros"] = Bytes("%loaded 3.2\n"),
                ["part"] = Bytes("Name: included\n"),
                ["../outside"] = Bytes("x"),
                ["asked.spec"] = Bytes("Name: replaced\n"),
            },
        };
        Assert.Contains("Name: included\nVersion: 3.2\n", await ParsedAsync(question), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Macros_are_given_empty_or_taken_away()
    {
        var question = new RpmSpecQuestion(Bytes("Name: x\nVendor: %{?empty:with}%{!?_libdir:out}%{given}\nVersion: 1\n" + Rest))
        {
            Macros = new Dictionary<string, string?> { ["empty"] = "", ["_libdir"] = null, ["given"] = "a %%b" },
        };
        Assert.Contains("Vendor: withouta %b\n", await ParsedAsync(question), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%{echo:Version: 9.9}\n")]
    [InlineData("%{lua: io.stdout:write('Name: forged\\nVersion: 9.9\\n') io.stdout:flush()}\n")]
    [InlineData("%(echo Version: 9.9 >&2)\n")]
    [InlineData("%{lua: local f = io.open('/work/asked.spec'); io.stdout:write(f:read('l') .. '\\nVersion: 9.9\\n'); f:close() }\n")]
    public async Task What_the_spec_prints_is_no_part_of_the_answer(string trick)
    {
        Assert.StartsWith("Name: demo\nVersion: 1\n", (await ParsedAsync($"{trick}Name: demo\nVersion: 1\n{Rest}")).TrimStart('\n'), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cat /etc/shadow /etc/passwd /etc/hostname")]
    [InlineData("env | grep -iE 'secret|token|packit'")]
    [InlineData("cat /proc/*/environ /proc/*/cmdline")]
    [InlineData("find / -name '*.keytab' -o -name '*.pem' -path '/etc/*' -o -name '*.json' -path '/etc/*'")]
    [InlineData("timeout 1 bash -c 'cat < /dev/tcp/127.0.0.1/22'")]
    [InlineData("getent hosts example.org")]
    [InlineData("touch /work/x /usr/x /etc/x && echo wrote")]
    public async Task Code_in_a_spec_finds_nothing_to_steal_and_nowhere_to_go(string script)
    {
        Environment.SetEnvironmentVariable("PACKIT_TEST_TOKEN", "secret");
        var parsed = await ParsedAsync($"Name: demo\nVersion: 1\nURL: [%(({script}) 2>/dev/null | head -c 100)]\n{Rest}");

        Assert.Contains("URL: []\n", parsed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%(sleep 100)")]
    [InlineData("%{lua: while true do end}")]
    [InlineData("%(bomb() { bomb | bomb & }; bomb; sleep 60)")]
    [InlineData("%{lua: local t = {} while true do t[#t+1] = string.rep('x', 2^20) .. #t end}")]
    [InlineData("%(head -c 4G /dev/zero | tr '\\0' x)")]
    [InlineData("%{lua: for i=1,2^20 do io.stdout:write(string.rep('x', 1024)) end}")]
    [InlineData("%(yes >&2)")]
    [InlineData("%(head -c 1G /dev/zero > /tmp/big; cat /tmp/big)")]
    [InlineData("%{lua: posix.exec('/usr/bin/sleep', '100')}")]
    [InlineData("%{lua: posix.kill(posix.getprocessid('pid'), 9)}")]
    public async Task A_spec_that_knows_no_measure_gets_no_answer(string value)
    {
        var rpm = await confinement.RpmAsync(new ConfinedLimits { Time = TimeSpan.FromSeconds(1), OutputBytes = 1 << 20 });
        var answer = await rpm.ParseAsync(new RpmSpecQuestion(Bytes($"Name: demo\nVersion: 1\nURL: {value}\n{Rest}")), Token);

        var failed = Assert.IsType<RpmSpecAnswer.Failed>(answer);
        Assert.DoesNotContain(failed.Reason, char.IsControl);
    }

    [Fact]
    public async Task What_rpm_cannot_read_is_said_with_the_words_of_rpm()
    {
        var rpm = await confinement.RpmAsync();
        var failed = Assert.IsType<RpmSpecAnswer.Failed>(await rpm.ParseAsync(new RpmSpecQuestion(Bytes("Name: demo\n%if 1\n")), Token));

        Assert.StartsWith("rpm ended with exit code 1: error: ", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spec_beyond_the_limit_is_not_even_tried()
    {
        var rpm = await confinement.RpmAsync();
        Assert.IsType<RpmSpecAnswer.Failed>(await rpm.ParseAsync(new RpmSpecQuestion(new byte[(8 << 20) + 1]), Token));
    }

    [Fact]
    public async Task Without_rpm_the_reason_says_what_to_install()
    {
        var rpm = new RpmSpecProgram(confinement.Program, new RpmSpecOptions { Program = "/usr/bin/no-rpmspec" });
        var answer = await rpm.ParseAsync(new RpmSpecQuestion(Bytes("Name: demo\n")), Token);

        Assert.Contains("install rpm-build", Assert.IsType<RpmSpecAnswer.Unavailable>(answer).Reason, StringComparison.Ordinal);
    }

    private Task<string> ParsedAsync(string spec) =>
        ParsedAsync(new RpmSpecQuestion(Bytes(spec)) { Macros = new Dictionary<string, string?> { ["dist"] = ".fc43" } });

    private async Task<string> ParsedAsync(RpmSpecQuestion question)
    {
        var answer = await (await confinement.RpmAsync()).ParseAsync(question, Token);
        return answer is RpmSpecAnswer.Parsed parsed ? Encoding.UTF8.GetString(parsed.Spec) : $"{answer}";
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
