using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Packit.Benchmarks.Ingest;

/// <summary>
/// The sender's side, in a process of its own: each connection is a thread with a plain socket, because a sender that costs more than the
/// receiver would measure itself. Prints one line: accepted, others, seconds, p50, p99 and longest in milliseconds.
/// </summary>
internal sealed class IngestLoad : IBenchmark
{
    public string Verb => "ingest-load";

    public string Usage => "ingest-load --port N [--seconds 10] [--connections 32] [--size 20000]: the sender of `ingest`";

    public Task<int> RunAsync(Arguments arguments)
    {
        var port = arguments.Number("port", 0, 1, 65535);
        var connections = arguments.Number("connections", 32, 1, 1000);
        var duration = TimeSpan.FromSeconds(arguments.Number("seconds", 10, 1, 600));
        var body = SampleDelivery.Body(arguments.Number("size", 20_000, 1000, 25_000_000));

        var clock = Stopwatch.StartNew();
        var senders = Enumerable.Range(0, connections).Select(_ => new Sender(port, body, duration)).ToArray();
        var threads = senders.Select(sender => new Thread(sender.Run, 128 * 1024)).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        var seconds = clock.Elapsed.TotalSeconds;

        var times = senders.SelectMany(sender => sender.Milliseconds).Order().ToArray();
        var others = senders.Sum(sender => sender.NotAccepted);
        Console.WriteLine($"{times.Length} {others} {seconds:F3} {At(times, 0.50):F2} {At(times, 0.99):F2} {At(times, 1):F2}");
        return Task.FromResult(0);
    }

    private static double At(double[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];

    private sealed class Sender(int port, byte[] body, TimeSpan duration)
    {
        private readonly string _head =
            $"POST /api/webhooks/github HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/json\r\nX-GitHub-Event: release\r\n" +
            $"X-Hub-Signature-256: {SampleDelivery.Signature(body)}\r\nContent-Length: {body.Length}\r\nX-GitHub-Delivery: ";

        public List<double> Milliseconds { get; } = new(64 * 1024);

        public int NotAccepted { get; private set; }

        public void Run()
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Connect("127.0.0.1", port);
            var answer = new byte[4096];
            var clock = Stopwatch.StartNew();
            while (clock.Elapsed < duration)
            {
                ArraySegment<byte> head = Encoding.ASCII.GetBytes($"{_head}{Guid.NewGuid()}\r\n\r\n");
                var begun = Stopwatch.GetTimestamp();
                socket.Send([head, body]);
                // Answers are short and come in one piece, head and text together.
                var length = socket.Receive(answer);
                if (length > 12 && answer.AsSpan(9, 3).SequenceEqual("202"u8))
                {
                    Milliseconds.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                }
                else
                {
                    NotAccepted++;
                }
            }
        }
    }
}
