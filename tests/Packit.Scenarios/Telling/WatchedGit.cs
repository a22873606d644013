namespace Packit.Scenarios.Telling;

/// <summary>A search path on which git is found behind a script that writes down how it was called.</summary>
public sealed class WatchedGit : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("packit-git-");
    private readonly string _calls;

    public WatchedGit()
    {
        _calls = System.IO.Path.Combine(_folder.FullName, "calls");
        var script = System.IO.Path.Combine(_folder.FullName, "git");
        File.WriteAllText(script, $"#!/bin/sh\nprintf '%s\\n' \"$*\" >>'{_calls}'\nexec {Real()} \"$@\"\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>The value of <c>PATH</c> for the process that is watched.</summary>
    public string Path => $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";

    /// <summary>The arguments of each call.</summary>
    public IReadOnlyList<string> Calls => File.Exists(_calls) ? File.ReadAllLines(_calls) : [];

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Real() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(folder => System.IO.Path.Combine(folder, "git")).First(File.Exists);
}
