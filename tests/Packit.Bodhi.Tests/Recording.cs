using System.Globalization;
using System.Net;
using System.Text;

namespace Packit.Bodhi.Tests;

/// <summary>The exchanges of one recorded connection: blocks that begin with <c>&gt;&gt;&gt; time</c> (from the client) and <c>&lt;&lt;&lt; time</c>.</summary>
internal sealed record Exchange(string Method, string Target, string Sent, HttpStatusCode Status, IReadOnlyList<(string Name, string Value)> Headers, string Body)
{
    public static IReadOnlyList<Exchange> Read(string file)
    {
        var text = Encoding.Latin1.GetString(File.ReadAllBytes(file)).Replace("\r\n", "\n", StringComparison.Ordinal);
        var exchanges = new List<Exchange>();
        foreach (var pair in text.Split("\n>>> ", StringSplitOptions.RemoveEmptyEntries))
        {
            var sides = pair.Split("\n<<< ");
            if (!sides[0].Contains('/', StringComparison.Ordinal))
            {
                // The connection was closed.
                continue;
            }

            var (requestLine, _, sent) = Message(sides[0]);
            var (statusLine, headers, body) = Message(sides[1]);
            var request = requestLine.Split(' ');
            exchanges.Add(new Exchange(
                request[0], request[1], sent, (HttpStatusCode)int.Parse(statusLine.Split(' ')[1], CultureInfo.InvariantCulture), headers, body));
        }

        return exchanges;
    }

    public HttpResponseMessage Answer(Func<string, string>? change = null)
    {
        var answer = new HttpResponseMessage(Status) { Content = new ByteArrayContent(Encoding.Latin1.GetBytes(change?.Invoke(Body) ?? Body)) };
        foreach (var (name, value) in Headers)
        {
            answer.Headers.TryAddWithoutValidation(name, value);
        }

        return answer;
    }

    private static (string First, (string, string)[] Headers, string Body) Message(string block)
    {
        var text = block[(block.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var head = (end < 0 ? text : text[..end]).Split('\n');
        return (
            head[0],
            [.. head.Skip(1).Where(line => line.Contains(": ", StringComparison.Ordinal)).Select(line => line.Split(": ", 2)).Select(parts => (parts[0], parts[1]))],
            end < 0 ? "" : text[(end + 2)..].TrimEnd('\n'));
    }
}

/// <summary>Answers from a function instead of from a server.</summary>
internal sealed class Replay(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
}
