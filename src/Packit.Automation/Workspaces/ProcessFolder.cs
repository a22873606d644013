using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Packit.Automation.Settings;

namespace Packit.Automation.Workspaces;

/// <summary>
/// The part of the work folder that belongs to this process, gone with it. A process that is killed leaves its own behind; a lock on a file
/// beside it, which the system takes away with the process, says that nobody needs it any more.
/// </summary>
public sealed partial class ProcessFolder(IOptions<ServiceOptions> options, ILogger<ProcessFolder> log) : IDisposable
{
    private const string LockEnding = ".lock";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly Lock _gate = new();
    private FileStream? _lock;

    private string Root => options.Value.WorkFolder;

    /// <summary>Where to work. It is there from the first time that it is asked for.</summary>
    /// <exception cref="IOException">The work folder cannot be written to.</exception>
    public string Path
    {
        get
        {
            lock (_gate)
            {
                _lock ??= Begin();
                return FolderOf(_lock.Name);
            }
        }
    }

    /// <summary>Removes what processes left behind that are gone.</summary>
    /// <returns>How many folders.</returns>
    public int Sweep()
    {
        var swept = 0;
        foreach (var file in Directory.Exists(Root) ? Directory.GetFiles(Root, "*" + LockEnding) : [])
        {
            try
            {
                using var held = Hold(file, FileMode.Open);
                Remove(file);
                swept++;
                LogSwept(file);
            }
            catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException)
            {
                // It belongs to a living process, or somebody else sweeps it just now.
            }
        }

        return swept;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_lock is { } held)
            {
                Remove(held.Name);
                held.Dispose();
                _lock = null;
            }
        }
    }

    private FileStream Begin()
    {
        Directory.CreateDirectory(Root, Private);
        while (true)
        {
            var file = System.IO.Path.Combine(Root, $"process-{Environment.ProcessId}-{System.IO.Path.GetRandomFileName()}{LockEnding}");
            try
            {
                // The lock before the folder: a folder without a held lock is swept.
                var held = Hold(file, FileMode.CreateNew);
                Directory.CreateDirectory(FolderOf(file), Private);
                return held;
            }
            catch (IOException) when (File.Exists(file))
            {
                // Somebody swept between the making of the file and its lock.
            }
        }
    }

    private static FileStream Hold(string file, FileMode mode) => new(file, mode, FileAccess.ReadWrite, FileShare.None);

    private static void Remove(string file)
    {
        if (FolderOf(file) is var folder && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        File.Delete(file);
    }

    private static string FolderOf(string file) => file[..^LockEnding.Length];

    [LoggerMessage(EventId = 4701, Level = LogLevel.Information, Message = "What a process that is gone left beside {LockFile} was removed")]
    private partial void LogSwept(string lockFile);
}
