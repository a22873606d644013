using System.Text;
using System.Text.Json;

namespace Packit.Sandbox.Bus;

/// <summary>The file behind the history: one message a line, only ever appended to.</summary>
internal sealed class MessageLog : IDisposable
{
    private readonly StreamWriter _writer;

    public MessageLog(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        Found = File.Exists(file) ? [.. Read(file)] : [];
        _writer = new StreamWriter(file, append: true, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true, NewLine = "\n" };
        if (_writer.BaseStream.Length > 0)
        {
            // A process that was killed may have left half a line; an empty one does no harm.
            _writer.WriteLine();
        }
    }

    /// <summary>What an earlier start left behind, oldest first.</summary>
    public IReadOnlyList<BusMessage> Found { get; }

    public void Add(BusMessage message) => _writer.WriteLine(JsonSerializer.Serialize(message));

    public void Dispose() => _writer.Dispose();

    private static IEnumerable<BusMessage> Read(string file)
    {
        foreach (var line in File.ReadLines(file).Where(line => line.Length > 0))
        {
            if (Parse(line) is { } message)
            {
                yield return message;
            }
        }
    }

    private static BusMessage? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<BusMessage>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
