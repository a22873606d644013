using System.Globalization;

namespace Packit.Specfile;

/// <summary>What two specs differ in, for the maintainer who has to look at it.</summary>
internal static class SpecDiff
{
    private const int MaximumLines = 40;
    private const int MaximumLength = 200;

    /// <summary>The values that are not the same.</summary>
    public static IReadOnlyList<string> Values(SpecReading before, SpecReading after)
    {
        List<string> diff = [];
        Add("Name", Text(before.Name), Text(after.Name));
        Add("Epoch", Text(before.Epoch), Text(after.Epoch));
        Add("Version", Text(before.Version), Text(after.Version));
        Add("Release", Text(before.Release), Text(after.Release));
        Locations("Source", before.Sources, after.Sources);
        Locations("Patch", before.Patches, after.Patches);
        return Cut(diff);

        void Add(string tag, string? old, string? now)
        {
            if (old != now)
            {
                diff.AddRange(new[] { old is null ? null : $"-{tag}: {old}", now is null ? null : $"+{tag}: {now}" }.OfType<string>());
            }
        }

        void Locations(string kind, IReadOnlyList<SpecSource> old, IReadOnlyList<SpecSource> now)
        {
            foreach (var number in old.Concat(now).Where(static source => source.IsValid).Select(static source => source.Number).Distinct())
            {
                Add($"{kind}{number.ToString(CultureInfo.InvariantCulture)}", Located(old, number), Located(now, number));
            }
        }

        static string? Located(IReadOnlyList<SpecSource> sources, int number) =>
            sources.FirstOrDefault(source => source.IsValid && source.Number == number) is { } source ? Text(source.Location) : null;
    }

    /// <summary>The lines that are not the same, from the first such line to the last.</summary>
    public static IReadOnlyList<string> Lines(SpecFile before, SpecFile after)
    {
        var first = 0;
        while (first < before.LineCount && first < after.LineCount && Same(first, first))
        {
            first++;
        }

        var (oldEnd, newEnd) = (before.LineCount, after.LineCount);
        while (oldEnd > first && newEnd > first && Same(oldEnd - 1, newEnd - 1))
        {
            oldEnd--;
            newEnd--;
        }

        return Cut(
        [
            .. Enumerable.Range(first + 1, oldEnd - first).Select(line => "-" + before.Line(line)),
            .. Enumerable.Range(first + 1, newEnd - first).Select(line => "+" + after.Line(line)),
        ]);

        bool Same(int old, int now) => before.Content.Line(old).SequenceEqual(after.Content.Line(now));
    }

    /// <summary>The lines of the preamble that counted and would not any more, and the other way round.</summary>
    public static IReadOnlyList<string> Conditions(SpecFile spec, SpecInterpreter before, SpecInterpreter after)
    {
        List<string> diff = [];
        for (var line = 0; line < spec.Sections[0].LineCount; line++)
        {
            if (before.IsReached(line) != after.IsReached(line))
            {
                diff.Add($"{(before.IsReached(line) ? '-' : '+')}{spec.Line(line + 1)}");
            }
        }

        return Cut(diff);
    }

    private static string? Text(SpecValue value) => value switch
    {
        SpecValue.Known known => known.Text,
        SpecValue.Unknown unknown => unknown.Partial,
        _ => null,
    };

    private static List<string> Cut(List<string> diff)
    {
        var shown = diff.Take(MaximumLines).Select(static line => line.Length > MaximumLength ? line[..MaximumLength] + "..." : line).ToList();
        if (diff.Count > MaximumLines)
        {
            shown.Add(string.Create(CultureInfo.InvariantCulture, $"... and {diff.Count - MaximumLines} more"));
        }

        return shown;
    }
}
