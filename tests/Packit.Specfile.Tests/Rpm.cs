using System.Diagnostics;

namespace Packit.Specfile.Tests;

/// <summary>The rpm of this machine, asked many things in one process. Only what these tests write themselves is ever given to it.</summary>
internal static class Rpm
{
    private const string Program = "/usr/bin/rpm";

    public static void Need() => Assert.SkipUnless(File.Exists(Program), "rpm is not installed here; Debian's package 'rpm' has it.");

    public static async Task<string> RunAsync(params IEnumerable<string> arguments)
    {
        var token = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var rpm = Process.Start(start)!;
        var output = await Task.WhenAll(rpm.StandardOutput.ReadToEndAsync(token), rpm.StandardError.ReadToEndAsync(token));
        await rpm.WaitForExitAsync(token);
        return output[0];
    }

    /// <summary>What rpm expands each text to, all with the same definitions.</summary>
    public static async Task<IReadOnlyList<string>> ExpandAsync(IEnumerable<(string Name, string Body)> definitions, IEnumerable<string> texts)
    {
        const string End = "==end==";
        var output = await RunAsync([
            .. definitions.SelectMany(static macro => new[] { "--define", $"{macro.Name} {macro.Body}" }),
            .. texts.SelectMany(static text => new[] { "--eval", text + End }),
        ]);
        return output.Split(End + "\n")[..^1];
    }
}
