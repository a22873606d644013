using System.Runtime.InteropServices;

namespace Packit.Specfile;

/// <summary>A piece of a text: from <paramref name="Start"/> up to <paramref name="End"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextRange(int Start, int End)
{
    public string Of(string text) => text[Start..End];
}

/// <summary>A piece of a text and what takes its place.</summary>
internal readonly record struct TextEdit(TextRange Range, string NewText)
{
    /// <summary>Applies edits that do not overlap; everything between them stays as it is.</summary>
    public static string Apply(string text, IReadOnlyCollection<TextEdit> edits)
    {
        if (edits.Count == 0)
        {
            return text;
        }

        var result = new System.Text.StringBuilder(text.Length + 256);
        var position = 0;
        foreach (var edit in edits.OrderBy(static edit => edit.Range.Start))
        {
            result.Append(text, position, edit.Range.Start - position).Append(edit.NewText);
            position = edit.Range.End;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }
}
