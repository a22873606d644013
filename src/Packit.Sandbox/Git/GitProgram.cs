using System.Diagnostics;

namespace Packit.Sandbox.Git;

/// <summary>Starts the git program with a configuration of its own, so that nothing of the machine's or the user's settings changes the world.</summary>
internal static class GitProgram
{
    /// <summary>Runs git to its end. An exit code other than 0 is the caller's matter.</summary>
    public static async Task<GitOutput> RunAsync(string folder, IEnumerable<string> arguments, ReadOnlyMemory<byte> input, CancellationToken ct)
    {
        using var process = Start(folder, arguments, []);
        try
        {
            using var output = new MemoryStream();
            var reading = process.StandardOutput.BaseStream.CopyToAsync(output, ct);
            var errors = process.StandardError.ReadToEndAsync(ct);
            try
            {
                await process.StandardInput.BaseStream.WriteAsync(input, ct);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // git ended before it read everything; its exit code and errors tell why.
            }

            await reading;
            await process.WaitForExitAsync(ct);
            return new GitOutput(process.ExitCode, output.ToArray(), await errors);
        }
        catch
        {
            Kill(process);
            throw;
        }
    }

    /// <summary>Runs git and expects success.</summary>
    /// <exception cref="InvalidOperationException">git failed; the text carries its errors.</exception>
    public static async Task<GitOutput> RunCheckedAsync(string folder, IEnumerable<string> arguments, CancellationToken ct, ReadOnlyMemory<byte> input = default)
    {
        string[] all = [.. arguments];
        var output = await RunAsync(folder, all, input, ct);
        return output.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"git {string.Join(' ', all)} in {folder} ended with {output.ExitCode}: {output.Errors}");
    }

    /// <summary>Starts git with its three streams redirected.</summary>
    public static Process Start(string folder, IEnumerable<string> arguments, IReadOnlyList<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        string? path = start.Environment["PATH"];
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        start.Environment["HOME"] = folder;
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException("The git program could not be started: install git.");
    }

    /// <summary>Ends the process and its children, when they still run.</summary>
    public static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}
