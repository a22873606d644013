using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Packit.DistGit;

/// <summary>
/// A program in a process group of its own, so that what it starts (transports, index-pack) dies with it.
/// </summary>
internal static class ProcessGroup
{
    private const int KillSignal = 9;

    // setsid(1) of util-linux becomes the leader of a new group and then the program itself, under the same process number.
    private static readonly string? Leader = Find("setsid");

    /// <summary>Prepares a start of <paramref name="program"/> with all three streams redirected.</summary>
    /// <exception cref="GitException">setsid is not installed.</exception>
    public static ProcessStartInfo Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Leader ?? throw new GitException(
            GitFailure.Unexpected, "The program setsid (package util-linux) is not installed; without it git cannot be stopped safely."))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    /// <summary>
    /// Ends the program and everything it started. Not for a program that ended long ago: while a member of the group lives its
    /// number cannot be given to another process, afterwards it can.
    /// </summary>
    public static void Kill(Process process)
    {
        if (process.Id > 1)
        {
            _ = Signal(-process.Id, KillSignal);
        }

        if (!process.HasExited)
        {
            // Between its start and setsid's first system call the program has no group yet.
            process.Kill();
        }
    }

    /// <summary>Ends the children of a program, not the program.</summary>
    /// <returns>Whether there were any (proc(5): <c>/proc/PID/task/TID/children</c>).</returns>
    public static bool KillChildren(Process process)
    {
        var ended = false;
        try
        {
            foreach (var child in File.ReadAllText($"/proc/{process.Id}/task/{process.Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                ended |= int.TryParse(child, out var id) && id > 1 && Signal(id, KillSignal) == 0;
            }
        }
        catch (IOException)
        {
            // It has ended meanwhile, or this kernel does not tell.
        }

        return ended;
    }

    /// <summary>The absolute path of a program, looked up in the <c>PATH</c> of this process; null when there is none.</summary>
    public static string? Find(string program)
    {
        if (Path.IsPathRooted(program))
        {
            return File.Exists(program) ? program : null;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return folders.Append("/usr/bin").Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
