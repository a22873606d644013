using System.Text;

namespace Packit.Specfile;

/// <summary>The name that Fedora gives the package of a Go import path (Fedora: Go packaging guidelines; go-rpm-macros, <c>gorpmname</c>).</summary>
internal static class GoName
{
    /// <summary><c>github.com/mattn/go-sqlite3</c> becomes <c>golang-github-mattn-sqlite3</c>.</summary>
    public static string Of(string path)
    {
        path = path.ToLowerInvariant();
        path = path.EndsWith(".git", StringComparison.Ordinal) ? path[..^4] : path;
        path = path.StartsWith("git.", StringComparison.Ordinal) ? path[4..] : path;

        // The root of the domain says nothing.
        var host = path.IndexOf('/', StringComparison.Ordinal);
        var dot = host < 0 ? -1 : path.LastIndexOf('.', host - 1, host);
        path = dot < 0 ? path : path.Remove(dot, host - dot);

        // Each word once, and Go is said already.
        var said = new HashSet<string>(StringComparer.Ordinal) { "go", "golang" };
        var name = new StringBuilder("golang");
        foreach (var word in Separated(path).Split('-', StringSplitOptions.RemoveEmptyEntries))
        {
            if (said.Add(word))
            {
                name.Append('-').Append(IsVersion(word) ? word[1..] : word);
            }
        }

        return name.ToString();
    }

    /// <summary>Dashes in the place of all separators but the dots of numbers.</summary>
    private static string Separated(string path)
    {
        var text = path.ToCharArray();
        for (var i = 0; i < text.Length; i++)
        {
            var inNumber = text[i] == '.' && i > 0 && i + 1 < text.Length && char.IsAsciiDigit(path[i - 1]) && char.IsAsciiDigit(path[i + 1]);
            text[i] = text[i] is '.' or '_' or '/' or '~' && !inNumber ? '-' : text[i];
        }

        return new string(text);
    }

    private static bool IsVersion(string word) => word.Length > 1 && word[0] == 'v' && word.AsSpan(1).TrimStart("0123456789.").IsEmpty;
}
