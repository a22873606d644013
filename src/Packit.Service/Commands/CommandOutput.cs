using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Packit.Service.Commands;

/// <summary>Where a command writes: its result, and apart from it what people should know.</summary>
internal sealed class CommandOutput(TextWriter result, TextWriter messages, Func<Stream>? resultBytes)
{
    // Readable for people; control characters are escaped all the same.
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public TextWriter Result => result;

    public TextWriter Messages => messages;

    /// <summary>Whether the result goes to a terminal that shows colours (NO_COLOR: no-color.org).</summary>
    public bool IsTerminal => resultBytes is not null && !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public void WriteLine(string text) => result.WriteLine(text);

    /// <summary>Writes text that ends its own lines.</summary>
    public void WriteLines(string lines) => result.Write(lines);

    /// <summary>Tells people something in text that ends its own lines.</summary>
    public void SayLines(string lines) => messages.Write(lines);

    public void Say(string text) => messages.WriteLine(text);

    /// <summary>Writes one document on one line.</summary>
    public void WriteJson(Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Json))
        {
            writer.WriteStartObject();
            content(writer);
            writer.WriteEndObject();
        }

        result.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <summary>Writes a file as it is, byte for byte.</summary>
    public async Task WriteBytesAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (resultBytes is null)
        {
            await result.WriteAsync(Encoding.UTF8.GetString(bytes.Span));
            return;
        }

        await result.FlushAsync(cancellationToken);
        await using var stream = resultBytes();
        await stream.WriteAsync(bytes, cancellationToken);
    }

    /// <summary>Says why a file has no result, in the form that the other files have.</summary>
    public int Unreadable(string file, string problem, bool json)
    {
        if (json)
        {
            WriteJson(writer =>
            {
                writer.WriteString("file", file);
                writer.WriteBoolean("ok", false);
                writer.WriteString("error", problem);
            });
        }

        Say($"{file}: {problem}");
        return ExitCodes.BadInput;
    }
}
