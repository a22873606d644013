using System.Globalization;

namespace Packit.DistGit;

/// <summary>
/// The command line of a confined run: bubblewrap with namespaces of its own for everything, a root of which only <c>/usr</c> and rpm's
/// configuration are this machine's, both read-only, and prlimit(1) around the program.
/// </summary>
internal static class ConfinedArguments
{
    /// <summary>The user "nobody", inside and, when this process is root, outside too.</summary>
    private const string Nobody = "65534";

    private static readonly string[] SystemFolders = ["/bin", "/sbin", "/lib", "/lib32", "/lib64"];

    /// <summary>Configuration that programs below <c>/usr</c> cannot do without, and that holds nothing secret.</summary>
    private static readonly string[] ReadableFiles = ["/etc/rpm", "/etc/alternatives", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d"];

    /// <summary>What an https client needs, where the network is allowed.</summary>
    private static readonly string[] NetworkFiles = ["/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/ssl", "/etc/pki", "/etc/crypto-policies"];

    /// <summary>Everything behind the program that becomes the leader of a process group.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="bubblewrap">Absolute path of bwrap.</param>
    /// <param name="isRoot">Whether this process is root.</param>
    public static List<string> Of(ConfinedCommand command, string bubblewrap, bool isRoot)
    {
        List<string> arguments = [];
        if (isRoot)
        {
            // The kernel does not count the processes of root, and what breaks out should be nobody.
            arguments.AddRange(["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "--inh-caps=-all", "--bounding-set=-all", "--"]);
        }

        // When memory runs out this is what has to go first.
        arguments.AddRange(["choom", "-n", "1000", "--", bubblewrap]);
        arguments.AddRange(["--unshare-all", "--unshare-user", "--disable-userns", "--uid", Nobody, "--gid", Nobody, "--cap-drop", "ALL"]);
        if (command.AllowNetwork)
        {
            arguments.Add("--share-net");
        }

        arguments.AddRange(["--new-session", "--die-with-parent", "--hostname", "confined", "--clearenv"]);
        Set(arguments, "PATH", "/usr/bin:/usr/sbin");
        Set(arguments, "HOME", "/tmp");
        Set(arguments, "LC_ALL", "C.UTF-8");
        foreach (var (name, value) in command.Environment)
        {
            Set(arguments, name, value);
        }

        AddRoot(arguments, command);
        arguments.AddRange(["--remount-ro", "/", "--chdir", ConfinedCommand.FolderInside, "--", "/usr/bin/prlimit"]);
        AddLimits(arguments, command.Limits);
        arguments.AddRange(["--", command.Program, .. command.Arguments]);
        return arguments;
    }

    private static void AddRoot(List<string> arguments, ConfinedCommand command)
    {
        arguments.AddRange(["--ro-bind", "/usr", "/usr"]);
        foreach (var folder in SystemFolders)
        {
            // Links into /usr nearly everywhere; a folder of its own on older systems.
            if (new DirectoryInfo(folder) is { LinkTarget: { } target })
            {
                arguments.AddRange(["--symlink", target, folder]);
            }
            else
            {
                arguments.AddRange(["--ro-bind-try", folder, folder]);
            }
        }

        foreach (var path in command.AllowNetwork ? [.. ReadableFiles, .. NetworkFiles] : ReadableFiles)
        {
            arguments.AddRange(["--ro-bind-try", path, path]);
        }

        // No /proc: nothing in here needs it, and it shows more of the kernel than anything else.
        // The folder of devices is a file system in memory without a limit; its devices work without writing to it.
        arguments.AddRange(["--dev", "/dev", "--remount-ro", "/dev", "--size", Number(command.Limits.FileBytes), "--tmpfs", "/tmp"]);
        if (command.Folder is { } folderOutside)
        {
            arguments.AddRange([command.CanWrite ? "--bind" : "--ro-bind", folderOutside, ConfinedCommand.FolderInside]);
        }
        else
        {
            arguments.AddRange(["--dir", ConfinedCommand.FolderInside]);
        }
    }

    private static void AddLimits(List<string> arguments, ConfinedLimits limits) => arguments.AddRange(
    [
        $"--as={Number(limits.MemoryBytes)}",
        $"--cpu={Number((long)limits.ProcessorTime.TotalSeconds)}",
        $"--nproc={Number(limits.Processes)}",
        $"--fsize={Number(limits.FileBytes)}",
        "--nofile=256",
        "--core=0",
        "--memlock=0",
    ]);

    private static void Set(List<string> arguments, string name, string value) => arguments.AddRange(["--setenv", name, value]);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
