using System.Globalization;
using System.Text;

namespace Packit.PackageConfig.Yaml;

/// <summary>From bytes to text: everything that can be refused before a YAML parser sees it, at the cost of one pass.</summary>
internal static class YamlText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>The text, or null when a problem was added.</returns>
    public static string? Decode(ReadOnlySpan<byte> bytes, ProblemList problems)
    {
        if (IsTooLarge(bytes.Length, problems))
        {
            return null;
        }

        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }

        string text;
        try
        {
            text = Strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            var (line, column) = Position(Encoding.Latin1.GetString(bytes), e.Index);
            problems.Add(
                ProblemCodes.NotUtf8, ConfigSeverity.Error, "", line, column, "The file is not UTF-8 text.", "Save the file with the encoding UTF-8.");
            return null;
        }

        return HasForbiddenCharacter(text, problems) || HasMergeConflict(text, problems) ? null : text;
    }

    public static bool IsTooLarge(long bytes, ProblemList problems)
    {
        if (bytes <= YamlLimits.Bytes)
        {
            return false;
        }

        problems.Add(
            ProblemCodes.TooLarge, ConfigSeverity.Error, "", 0, 0,
            string.Create(CultureInfo.InvariantCulture, $"The file has {bytes:N0} bytes; at most {YamlLimits.Bytes:N0} are read."), "Is this the right file?");
        return true;
    }

    private static bool HasForbiddenCharacter(string text, ProblemList problems)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '\t' or '\n' or '\r' or '\u0085' || !char.IsControl(text[i]))
            {
                continue;
            }

            var (line, column) = Position(text, i);
            problems.Add(
                ProblemCodes.ControlCharacter, ConfigSeverity.Error, "", line, column,
                $"The file holds the control character U+{(int)text[i]:X4}.", "Remove it; inside double quotes it can be written as an escape.");
            return true;
        }

        return false;
    }

    private static bool HasMergeConflict(string text, ProblemList problems)
    {
        var line = 0;
        foreach (var content in text.AsSpan().EnumerateLines())
        {
            line++;
            if (content.StartsWith("<<<<<<< ") || content.StartsWith(">>>>>>> ") || content.SequenceEqual("======="))
            {
                problems.Add(
                    ProblemCodes.MergeConflict, ConfigSeverity.Error, "", line, 1,
                    $"An unresolved merge: the line starts with `{content[..7]}`.", "Keep one side of the conflict and remove the marker lines.");
                return true;
            }
        }

        return false;
    }

    private static (int Line, int Column) Position(string text, int index)
    {
        index = Math.Clamp(index, 0, text.Length);
        var before = text.AsSpan(0, index);
        return (before.Count('\n') + 1, index - before.LastIndexOf('\n'));
    }
}
