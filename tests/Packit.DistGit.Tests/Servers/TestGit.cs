using System.Diagnostics;
using System.Text;

namespace Packit.DistGit.Tests.Servers;

/// <summary>The git program as people use it, to set repositories up and to look at them.</summary>
public static class TestGit
{
    public static string Run(string folder, params string[] arguments) => Run(folder, null, arguments);

    public static string Run(string folder, byte[]? input, string[] arguments)
    {
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var git = Process.Start(start)!;
        if (input is not null)
        {
            git.StandardInput.BaseStream.Write(input);
        }

        git.StandardInput.Close();
        var output = git.StandardOutput.ReadToEnd();
        var errors = git.StandardError.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0 ? output.TrimEnd('\n') : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {errors}");
    }
}

/// <summary>A bare repository on a test's server.</summary>
public sealed class TestRepository(string path)
{
    private int _commits;

    public string Path { get; } = path;

    public string Git(params string[] arguments) => TestGit.Run(Path, arguments);

    public string Tip(string branch) => Git("rev-parse", "refs/heads/" + branch);

    /// <summary>Adds a commit with these files to a branch (a leading <c>@</c> in a content makes a link, a leading <c>!</c> a program).</summary>
    public string Commit(string branch, string message, params (string Path, string Content)[] files)
    {
        var stream = new StringBuilder();
        stream.Append($"commit refs/heads/{branch}\ncommitter Ann Example <ann@example.org> {1_700_000_000 + _commits++} +0100\n");
        stream.Append($"data {Encoding.UTF8.GetByteCount(message)}\n{message}\n");
        if (Git("for-each-ref", "refs/heads/" + branch).Length > 0)
        {
            stream.Append($"from refs/heads/{branch}^0\n");
        }

        foreach (var (file, content) in files)
        {
            var (mode, text) = content switch
            {
                ['@', .. var target] => ("120000", target),
                ['!', .. var program] => ("100755", program),
                _ => ("100644", content),
            };
            stream.Append($"M {mode} inline {file}\ndata {Encoding.UTF8.GetByteCount(text)}\n{text}\n");
        }

        TestGit.Run(Path, Encoding.UTF8.GetBytes(stream.ToString()), ["fast-import", "--quiet"]);
        return Tip(branch);
    }

    public void Hook(string name, string script)
    {
        var file = System.IO.Path.Combine(Path, "hooks", name);
        File.WriteAllText(file, "#!/bin/sh\n" + script + "\n");
        AllowExecution(file);
    }

    public static void AllowExecution(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
