using System.Globalization;
using System.Text;
using Packit.Specfile;

namespace Packit.Automation.Nvr;

/// <summary>Reads a spec that uses rpmautospec's macros by defining them in front of it, as rpmautospec does for a build.</summary>
internal static class AutoreleaseSpec
{
    /// <summary>Reads a spec whose <c>%autorelease</c> has this number.</summary>
    /// <param name="spec">The file.</param>
    /// <param name="number">Commits since the version changed; <c>-b</c> of the macro is added to it.</param>
    /// <param name="macros">The distribution's macros.</param>
    public static SpecReading Read(ReadOnlyMemory<byte> spec, int number, MacroContext macros)
    {
        // One line each, as a definition with options may not reach into the spec.
        var definitions = string.Create(
            CultureInfo.InvariantCulture,
            $"%define autorelease(e:s:pb:n) %{{?-p:0.}}%[{number} + %{{?-b*}}%{{!?-b:1}} - 1]%{{?-e:.%{{-e*}}}}%{{?-s:.%{{-s*}}}}%{{!?-n:%{{?dist}}}}\n%define autochangelog %nil\n");
        byte[] whole = [.. Encoding.ASCII.GetBytes(definitions), .. spec.Span];
        return SpecFile.Parse(whole).Read(macros);
    }

    /// <summary>Epoch and version, as rpmautospec compares them; null when they cannot be known without running the spec's code.</summary>
    public static string? EpochVersion(SpecReading reading)
    {
        if (reading.Version is not SpecValue.Known version)
        {
            return null;
        }

        return reading.Epoch switch
        {
            SpecValue.Known epoch => $"{epoch.Text}:{version.Text}",
            SpecValue.Absent => version.Text,
            _ => null,
        };
    }
}
