namespace Packit.Service.Dashboard.Words;

/// <summary>A piece of a sentence.</summary>
/// <param name="Text">What is read.</param>
/// <param name="IsAddress">Whether it is an address of the web, to which it leads.</param>
public sealed record TextPiece(string Text, bool IsAddress);

/// <summary>Sentences whose web addresses can be followed.</summary>
public static class LinkedText
{
    /// <summary>Signs that end a sentence or enclose an address, and are not part of it.</summary>
    private static readonly char[] Punctuation = ['.', ',', ';', ':', '!', ')', '\'', '"'];

    /// <summary>Cuts a text into addresses and what stands between them; joined, they are the text.</summary>
    public static IReadOnlyList<TextPiece> Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<TextPiece> pieces = [];
        var start = 0;
        while (Next(text, start) is { } at)
        {
            var end = at;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            var address = text[at..end].TrimEnd(Punctuation);
            if (at > start)
            {
                pieces.Add(new TextPiece(text[start..at], IsAddress: false));
            }

            pieces.Add(new TextPiece(address, WebAddress.Of(address) is not null));
            start = at + address.Length;
        }

        if (start < text.Length)
        {
            pieces.Add(new TextPiece(text[start..], IsAddress: false));
        }

        return pieces;
    }

    private static int? Next(string text, int start)
    {
        int[] found = [text.IndexOf("https://", start, StringComparison.Ordinal), text.IndexOf("http://", start, StringComparison.Ordinal)];
        return found.Where(at => at >= 0).Select(at => (int?)at).Min();
    }
}
