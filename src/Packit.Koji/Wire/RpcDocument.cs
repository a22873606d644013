namespace Packit.Koji;

/// <summary>What a document of XML-RPC says.</summary>
internal abstract record RpcDocument
{
    private RpcDocument()
    {
    }

    /// <summary>A call, as the hub keeps it for a task.</summary>
    public sealed record Call(string Method, IReadOnlyList<RpcValue> Parameters) : RpcDocument;

    /// <summary>An answer with its one value.</summary>
    public sealed record Result(RpcValue Value) : RpcDocument;

    /// <summary>A refusal, which comes with status 200.</summary>
    public sealed record Fault(int Code, string Text) : RpcDocument;
}
