using Packit.Http;

namespace Packit.Koji;

/// <summary>
/// Reads that go over the wire in one request: for a watcher with many builds. Put them in, send them with
/// <see cref="KojiClient.SendAsync(KojiBatch, CancellationToken)"/>, then look at each answer.
/// </summary>
/// <remarks>Koji: <c>multiCall</c> in <c>kojihub/kojixmlrpc.py</c>.</remarks>
public sealed class KojiBatch
{
    private const int CallsPerRequest = 100;
    private readonly List<KojiBatchEntry> _entries = [];

    public int Count => _entries.Count;

    public KojiBatchEntry<KojiTask?> Task(int id) => Add(KojiCalls.Task(id));

    public KojiBatchEntry<IReadOnlyList<KojiTask>> TaskChildren(int id) => Add(KojiCalls.TaskChildren(id));

    public KojiBatchEntry<KojiBuild?> Build(string nvr) => Add(KojiCalls.Build(nvr));

    /// <summary>The build that a task made; empty when it made none (yet).</summary>
    public KojiBatchEntry<IReadOnlyList<KojiBuild>> BuildsOfTask(int taskId) => Add(KojiCalls.Builds(new BuildQuery { TaskId = taskId }));

    public KojiBatchEntry<IReadOnlyList<KojiTag>> TagsOfBuild(string nvr) => Add(KojiCalls.TagsOfBuild(nvr));

    internal IEnumerable<KojiBatchEntry[]> Parts() => _entries.Chunk(CallsPerRequest);

    internal static KojiCall Call(KojiBatchEntry[] part) => new(
        "multiCall",
        $"{part.Length} calls at once",
        new RpcValue.List([.. part.Select(static entry => RpcValue.Of(
            ("methodName", entry.Call.Method), ("params", new RpcValue.List([.. entry.Call.Arguments]))))]));

    internal static void Take(KojiBatchEntry[] part, RpcValue value)
    {
        var answers = new Answer(value, "multiCall").Items().ToList();
        if (answers.Count != part.Length)
        {
            throw new KojiException(RemoteFailure.Unexpected, $"Koji gave {answers.Count} answers to {part.Length} calls at once.");
        }

        foreach (var (entry, answer) in part.Zip(answers))
        {
            entry.Take(answer);
        }
    }

    private KojiBatchEntry<T> Add<T>(KojiCall<T> call)
    {
        var entry = new KojiBatchEntry<T>(call);
        _entries.Add(entry);
        return entry;
    }
}

/// <summary>One call of a batch.</summary>
public abstract class KojiBatchEntry
{
    private protected KojiBatchEntry(KojiCall call) => Call = call;

    internal KojiCall Call { get; }

    /// <summary>Why this call failed; null when it did not.</summary>
    public KojiException? Failure { get; private protected set; }

    internal void Take(Answer answer)
    {
        try
        {
            switch (answer.Value)
            {
                case RpcValue.List { Items: [var only] }:
                    Read(only);
                    break;
                case RpcValue.Struct fault:
                    Failure = KojiFaults.Exception(
                        new RpcDocument.Fault(answer["faultCode"].Number(), answer["faultString"].TextOrNull() ?? ""), Call.Doing, isWrite: false);
                    break;
                default:
                    throw answer.Wrong("a list of one");
            }
        }
        catch (KojiException unreadable)
        {
            Failure = unreadable;
        }
    }

    private protected abstract void Read(RpcValue value);
}

/// <summary>One call of a batch, and its answer once the batch was sent.</summary>
public sealed class KojiBatchEntry<T> : KojiBatchEntry
{
    private readonly KojiCall<T> _call;
    private T? _value;
    private bool _isRead;

    internal KojiBatchEntry(KojiCall<T> call)
        : base(call) => _call = call;

    /// <exception cref="KojiException">This call failed.</exception>
    /// <exception cref="InvalidOperationException">The batch was not sent.</exception>
    public T Value => Failure is { } failure ? throw failure
        : _isRead ? _value!
        : throw new InvalidOperationException("The batch was not sent yet.");

    private protected override void Read(RpcValue value)
    {
        _value = _call.Decode(value);
        _isRead = true;
    }
}
