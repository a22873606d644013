using System.Text.Json;
using Packit.Specfile;

namespace Packit.Service.Commands;

/// <summary>What a spec says, as JSON.</summary>
internal static class SpecJson
{
    // Dist-git's convention for the end of a release; the number before it is what an update resets.
    private static readonly string[] DistTags = ["%{?dist}", "%{dist}", "%dist", "%?dist", "%{?dist:%{dist}}"];

    /// <summary>Whether everything that a release needs to know is known.</summary>
    public static bool IsComplete(SpecFile spec, SpecReading reading) => spec.Problem is null
        && reading.Name is SpecValue.Known && reading.Version is SpecValue.Known && reading.Release is not SpecValue.Unknown;

    public static void Write(Utf8JsonWriter writer, SpecFile spec, SpecReading reading, MacroContext macros)
    {
        writer.WriteBoolean("ok", IsComplete(spec, reading));
        writer.WriteBoolean("loads", spec.Problem is null);
        writer.WriteString("error", spec.Problem?.Message);
        writer.WriteStartObject("header");
        writer.WriteString("name", reading.Name.TextOrNull);
        writer.WriteString("version", reading.Version.TextOrNull);
        writer.WriteString("release", reading.Release.TextOrNull);
        writer.WriteString("epoch", reading.Epoch.TextOrNull);
        writer.WriteEndObject();

        writer.WriteString("raw_name", reading.RawName);
        writer.WriteString("expanded_name", reading.Name.TextOrNull);
        writer.WriteString("raw_version", reading.RawVersion);
        writer.WriteString("expanded_version", reading.Version.TextOrNull);
        writer.WriteString("raw_release", reading.RawRelease);
        writer.WriteString("expanded_raw_release", reading.Release.TextOrNull);
        writer.WriteString("expanded_release", WithoutDist(spec, reading, macros));
        writer.WriteString("epoch", reading.RawEpoch);
        writer.WriteString("expanded_epoch", reading.Epoch.TextOrNull);
        writer.WriteBoolean("has_autorelease", reading.UsesAutorelease);
        writer.WriteBoolean("has_autochangelog", reading.UsesAutochangelog);
        WriteLocations(writer, "sources", reading.Sources);
        WriteLocations(writer, "patches", reading.Patches);
        WriteUnknown(writer, reading);
    }

    private static string? WithoutDist(SpecFile spec, SpecReading reading, MacroContext macros)
    {
        if (reading.RawRelease is not { } raw)
        {
            return null;
        }

        var dist = Array.Find(DistTags, tag => raw.Contains(tag, StringComparison.Ordinal));
        if (dist is null || reading.Release.TextOrNull is not { } whole)
        {
            return reading.Release.TextOrNull;
        }

        if (spec.Read(macros.With("dist", "")).Release.TextOrNull is not { } bare)
        {
            // Where only rpm knows it, it comes with the tag.
            var tag = macros.Macros.GetValueOrDefault("dist") ?? "";
            return whole.EndsWith(tag, StringComparison.Ordinal) ? whole[..^tag.Length] : whole;
        }

        // A number behind the tag counts rebuilds of one branch: 3%{?dist}.1 is release 3.
        var minor = raw[(raw.IndexOf(dist, StringComparison.Ordinal) + dist.Length)..];
        return minor.Length > 1 && minor[0] == '.' && minor.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0 && bare.EndsWith(minor, StringComparison.Ordinal)
            ? bare[..^minor.Length]
            : bare;
    }

    private static void WriteLocations(Utf8JsonWriter writer, string name, IEnumerable<SpecSource> locations)
    {
        writer.WriteStartArray(name);
        foreach (var source in locations)
        {
            writer.WriteStartObject();
            writer.WriteNumber("number", source.Number);
            writer.WriteString("location", source.RawLocation);
            writer.WriteString("expanded_location", source.Location.TextOrNull);
            writer.WriteString("filename", source.FileName);
            writer.WriteBoolean("remote", source.IsUrl);
            writer.WriteBoolean("valid", source.IsValid);
            writer.WriteNumber("line", source.Line);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteUnknown(Utf8JsonWriter writer, SpecReading reading)
    {
        writer.WriteStartArray("unknown");
        var values = new (string Field, SpecValue Value)[]
        {
            ("name", reading.Name), ("version", reading.Version), ("release", reading.Release), ("epoch", reading.Epoch),
        }
            .Concat(reading.Sources.Select(source => ($"sources[{source.Number}]", source.Location)))
            .Concat(reading.Patches.Select(patch => ($"patches[{patch.Number}]", patch.Location)));
        foreach (var (field, value) in values)
        {
            if (value is SpecValue.Unknown unknown)
            {
                writer.WriteStartObject();
                writer.WriteString("field", field);
                writer.WriteString("reason", unknown.Reason);
                writer.WriteNumber("line", unknown.Line);
                writer.WriteString("line_text", unknown.LineText);
                writer.WriteString("partial", unknown.Partial);
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
    }
}
