using Packit.Specfile;

namespace Packit.Service.Commands;

/// <summary>What a spec says, for people.</summary>
internal static class SpecText
{
    public static void Write(CommandOutput output, string file, SpecFile spec, SpecReading reading)
    {
        output.WriteLine($"# {file}");
        if (spec.Problem is { } problem)
        {
            output.WriteLine($"problem: {problem.Message}{(problem.Line > 0 ? $" Line {problem.Line}: {problem.LineText.Trim()}" : "")}");
        }

        Value(output, "name", reading.Name, reading.RawName);
        Value(output, "epoch", reading.Epoch, reading.RawEpoch);
        Value(output, "version", reading.Version, reading.RawVersion);
        Value(output, "release", reading.Release, reading.RawRelease);
        output.WriteLine($"autorelease: {Word(reading.UsesAutorelease)}");
        output.WriteLine($"autochangelog: {Word(reading.UsesAutochangelog)}");
        foreach (var source in reading.Sources)
        {
            Location(output, "source", source);
        }

        foreach (var patch in reading.Patches)
        {
            Location(output, "patch", patch);
        }
    }

    private static void Value(CommandOutput output, string name, SpecValue value, string? raw)
    {
        if (value is not SpecValue.Absent)
        {
            var text = Shown(value);
            output.WriteLine(raw is null || raw == text ? $"{name}: {text}" : $"{name}: {text}  ({raw})");
        }
    }

    private static void Location(CommandOutput output, string kind, SpecSource source) =>
        output.WriteLine($"{kind} {source.Number}: {Shown(source.Location)}{(source.IsValid ? "" : "  (excluded by a condition)")}");

    private static string Shown(SpecValue value) => value is SpecValue.Unknown unknown
        ? $"{unknown.Partial} (not known: {unknown.Reason}, line {unknown.Line})"
        : value.TextOrNull ?? "";

    private static string Word(bool value) => value ? "yes" : "no";
}
