namespace Packit.Service.Dashboard;

/// <summary>Foreign text for answers that are not HTML.</summary>
internal static class PlainText
{
    /// <summary>Takes out control characters, which could steer the terminal of who reads the text with a download tool.</summary>
    public static string Clean(string text) =>
        text.Any(IsUnwanted) ? string.Concat(text.Select(c => IsUnwanted(c) ? '\uFFFD' : c)) : text;

    private static bool IsUnwanted(char c) => char.IsControl(c) && c is not ('\n' or '\t');
}
