using System.Security.Cryptography;
using System.Text;

namespace Packit.DistGit;

/// <summary>Asks the real rpm what a spec says. That executes the spec's code, so it happens in a <see cref="ConfinedProgram"/> only.</summary>
public sealed class RpmSpecProgram(ConfinedProgram confined, RpmSpecOptions options)
{
    private const string SpecName = "asked.spec";
    private const int MaximumSpec = 8 << 20;
    private const int MaximumFiles = 8 << 20;
    private const int MaximumMacro = 4096;
    private const string FolderPrefix = "packit-rpmspec-";

    /// <summary>Older folders belong to nobody: a question takes a minute at most.</summary>
    private static readonly TimeSpan FolderLife = TimeSpan.FromHours(1);

    /// <summary>One "undefine" uncovers what an earlier file of rpm's configuration defined; there are at most this many.</summary>
    private const int MacroLayers = 6;

    /// <summary>Why rpm cannot be asked on this machine; null when it can.</summary>
    public async Task<string?> WhyUnavailableAsync() => File.Exists(options.Program)
        ? await confined.WhyUnavailableAsync()
        : $"The program {options.Program} is not installed; install rpm-build (Debian: rpm).";

    /// <summary>Removes the folders of questions whose process was killed.</summary>
    /// <returns>How many.</returns>
    public static int SweepFolders(DateTimeOffset now)
    {
        var swept = 0;
        foreach (var folder in new DirectoryInfo(Path.GetTempPath()).EnumerateDirectories(FolderPrefix + "*"))
        {
            try
            {
                if (now - new DateTimeOffset(folder.LastWriteTimeUtc) > FolderLife)
                {
                    folder.Delete(recursive: true);
                    swept++;
                }
            }
            catch (Exception foreign) when (foreign is IOException or UnauthorizedAccessException)
            {
                // Of another user, or swept by another process at this moment.
            }
        }

        return swept;
    }

    /// <summary>Lets rpm read a spec.</summary>
    public async Task<RpmSpecAnswer> ParseAsync(RpmSpecQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        if (await WhyUnavailableAsync() is { } unavailable)
        {
            return new RpmSpecAnswer.Unavailable(unavailable);
        }

        if (question.Spec.Length > MaximumSpec || question.Files.Values.Sum(static file => (long)file.Length) > MaximumFiles)
        {
            return new RpmSpecAnswer.Failed("The spec or the files beside it are too large to ask rpm about them.");
        }

        // rpm prints the spec when it has read it, without its comments. Whatever the spec's code printed before stands in front of this line.
        var frame = Encoding.ASCII.GetBytes($"Provides: frame({Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24))})\n");
        using var folder = new SharedFolder();
        folder.Write(SpecName, [.. frame, .. question.Spec.Span]);
        foreach (var (name, content) in question.Files)
        {
            if (name != SpecName && GitName.IsPath(name) && !name.Contains('/', StringComparison.Ordinal))
            {
                folder.Write(name, content.Span);
            }
        }

        var command = new ConfinedCommand(options.Program, [.. Definitions(question.Macros), "--parse", SpecName])
        {
            Folder = folder.Path, Limits = options.Limits,
        };
        return await confined.RunAsync(command, cancellationToken) switch
        {
            ConfinedResult.Ended { ExitCode: 0, Output: var output } => Framed(output, frame),
            ConfinedResult.Ended ended => new RpmSpecAnswer.Failed($"rpm ended with exit code {ended.ExitCode}: {ended.Errors}"),
            ConfinedResult.Stopped stopped => new RpmSpecAnswer.Failed($"rpm was stopped. {stopped.Reason}"),
            ConfinedResult.Unavailable no => new RpmSpecAnswer.Unavailable(no.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static RpmSpecAnswer Framed(byte[] output, byte[] frame)
    {
        var at = output.AsSpan().LastIndexOf(frame);
        return at < 0
            ? new RpmSpecAnswer.Failed("rpm did not print what it read.")
            : new RpmSpecAnswer.Parsed(output[(at + frame.Length)..]);
    }

    private static List<string> Definitions(IReadOnlyDictionary<string, string?> macros)
    {
        List<string> arguments =
        [
            "--define", $"_sourcedir {ConfinedCommand.FolderInside}", "--define", $"_specdir {ConfinedCommand.FolderInside}", "--define", "_topdir /tmp",
        ];
        foreach (var (name, body) in macros)
        {
            if (body is null)
            {
                for (var layer = 0; layer < MacroLayers; layer++)
                {
                    arguments.AddRange(["--undefine", name]);
                }
            }
            else if (body.Length <= MaximumMacro && !body.Contains('\0', StringComparison.Ordinal))
            {
                // rpm takes nothing for a body; the macro that is always empty stands for it.
                arguments.AddRange(["--define", $"{name} {(body.Length == 0 ? "%{nil}" : body)}"]);
            }
        }

        return arguments;
    }

    /// <summary>
    /// A folder that a user without rights can read when it is told the name, and that nobody can find who is not.
    /// </summary>
    private sealed class SharedFolder : IDisposable
    {
        private const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

        private const UnixFileMode Readable = Passable | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

        private readonly DirectoryInfo _outer = Directory.CreateTempSubdirectory(FolderPrefix);

        public SharedFolder()
        {
            _outer.UnixFileMode = Passable;
            Path = System.IO.Path.Combine(_outer.FullName, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
            Directory.CreateDirectory(Path, Readable);
            File.SetUnixFileMode(Path, Readable);
        }

        public string Path { get; }

        public void Write(string name, ReadOnlySpan<byte> content)
        {
            var file = System.IO.Path.Combine(Path, name);
            File.WriteAllBytes(file, content);
            File.SetUnixFileMode(file, Readable & ~(UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute));
        }

        public void Dispose() => _outer.Delete(recursive: true);
    }
}
