using System.Diagnostics;

namespace Packit.TestSupport;

/// <summary>
/// Runs an explicit test in a process of its own. Native libraries (Kerberos, OpenSSL) read their environment when a process starts, so
/// a story about it cannot be told in the process that all tests share.
/// </summary>
public static class OwnProcess
{
    /// <summary>Fails, with the output of the other process, unless just this test ran and passed.</summary>
    /// <param name="story">The class of the test.</param>
    /// <param name="test">Its method, marked <c>Explicit</c>.</param>
    public static async Task RunAsync(Type story, string test, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            ["exec", story.Assembly.Location, "-noLogo", "-noColor", "-explicit", "only", "-method", $"{story.FullName}.{test}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode == 0, output);
        Assert.Contains("Total: 1, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0", output, StringComparison.Ordinal);
    }
}
