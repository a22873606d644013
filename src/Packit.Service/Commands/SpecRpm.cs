using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Packit.DistGit;
using Packit.Specfile;

namespace Packit.Service.Commands;

/// <summary>Asks the rpm of this machine about a spec file, confined as the service does it.</summary>
internal sealed class SpecRpm
{
    private const int FileCap = 256 * 1024;
    private const int MaximumFiles = 20;

    private readonly RpmSpecProgram _rpm = new(new ConfinedProgram(TimeProvider.System, NullLogger<ConfinedProgram>.Instance), new RpmSpecOptions());

    /// <summary>The reading with rpm's answers in it, or as it was with the reason why there are none.</summary>
    public async Task<(SpecReading Reading, string? Problem)> CompleteAsync(
        string file, byte[] spec, SpecReading reading, MacroContext macros, CancellationToken cancellationToken)
    {
        if (reading.Missing is null)
        {
            return (reading, null);
        }

        var question = new RpmSpecQuestion(spec) { Macros = macros.Macros, Files = await FilesAsync(file, spec, cancellationToken) };
        return await _rpm.ParseAsync(question, cancellationToken) switch
        {
            RpmSpecAnswer.Parsed parsed => (reading.Completed(SpecFile.Parse(parsed.Spec).Read(macros)), null),
            RpmSpecAnswer.Failed failed => (reading, failed.Reason),
            RpmSpecAnswer.Unavailable unavailable => (reading, unavailable.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>The small files beside the spec that it names. Links are not followed.</summary>
    private static async Task<Dictionary<string, ReadOnlyMemory<byte>>> FilesAsync(string file, byte[] spec, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, ReadOnlyMemory<byte>>();
        if (file == InputFile.StandardInput || new FileInfo(file).Directory is not { } folder)
        {
            return files;
        }

        var text = Encoding.Latin1.GetString(spec);
        foreach (var beside in folder.EnumerateFiles())
        {
            if (files.Count < MaximumFiles && beside is { LinkTarget: null, Length: <= FileCap } && text.Contains(beside.Name, StringComparison.Ordinal))
            {
                files[beside.Name] = await File.ReadAllBytesAsync(beside.FullName, cancellationToken);
            }
        }

        return files;
    }
}
