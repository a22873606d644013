using System.Diagnostics;

namespace Packit.Sandbox.Tests;

public sealed record GitResult(int ExitCode, string Output, string Errors);

/// <summary>The git program, as somebody outside the sandbox would run it.</summary>
public static class RealGit
{
    public static async Task<GitResult> RunAsync(string folder, string[] arguments, CancellationToken ct)
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        Array.ForEach(arguments, start.ArgumentList.Add);
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["LC_ALL"] = "C";
        foreach (string role in (string[])["AUTHOR", "COMMITTER"])
        {
            start.Environment[$"GIT_{role}_NAME"] = "Story";
            start.Environment[$"GIT_{role}_EMAIL"] = "story@example.org";
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return new GitResult(process.ExitCode, await output, await errors);
    }
}
