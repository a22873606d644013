using System.Globalization;
using Packit.Specfile;

namespace Packit.Sandbox.Koji;

/// <summary>The entries of a spec's <c>%changelog</c> as rpm puts them into a package.</summary>
internal static class SpecChangelog
{
    private static readonly string[] Dates = ["ddd MMM d yyyy", "ddd MMM dd yyyy"];

    public static IReadOnlyList<ChangelogRow> Read(SpecFile spec)
    {
        var rows = new List<ChangelogRow>();
        foreach (var entry in spec.Changelog())
        {
            string[] words = entry.Header.TrimStart('*').Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 4 && DateOnly.TryParseExact(string.Join(' ', words[..4]), Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                rows.Add(new ChangelogRow(AutoRelease.Noon(day), string.Join(' ', words[4..]), entry.Text));
            }
        }

        return rows;
    }
}
