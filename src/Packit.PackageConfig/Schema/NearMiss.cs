namespace Packit.PackageConfig.Schema;

/// <summary>Finds the word that was meant. Words are compared without case and without the difference of <c>-</c> and <c>_</c>.</summary>
internal static class NearMiss
{
    /// <returns>The only nearest candidate within a third of the word's length, or null.</returns>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > 64)
        {
            return null;
        }

        var limit = Math.Clamp(word.Length / 3, 1, 4);
        string? best = null;
        var bestDistance = limit + 1;
        foreach (var candidate in candidates)
        {
            var distance = Math.Abs(candidate.Length - word.Length) > limit ? limit + 1 : Distance(Fold(word), Fold(candidate));
            if (distance < bestDistance)
            {
                best = candidate;
                bestDistance = distance;
            }
        }

        return best;
    }

    /// <summary>Levenshtein's distance, with the swap of two neighbours counted as one edit.</summary>
    public static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            rows[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            rows[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var edit = Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1);
                var distance = Math.Min(edit, rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                var isSwap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                rows[i, j] = isSwap ? Math.Min(distance, rows[i - 2, j - 2] + 1) : distance;
            }
        }

        return rows[a.Length, b.Length];
    }

    private static string Fold(string word) => word.ToLowerInvariant().Replace('-', '_');
}
