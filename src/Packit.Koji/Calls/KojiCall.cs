namespace Packit.Koji;

/// <summary>One call of the hub's interface.</summary>
/// <param name="Method">Its name: <c>getBuild</c>.</param>
/// <param name="Doing">What it does, for errors: <c>reading the build x-1-1.fc43</c>.</param>
/// <param name="Arguments">By position; keywords come last, as <see cref="Keywords"/>.</param>
internal record KojiCall(string Method, string Doing, params IReadOnlyList<RpcValue> Arguments)
{
    public KojiAccess Access { get; init; }

    public bool IsWrite => Access == KojiAccess.Write;

    /// <summary>Named arguments: a last struct with a marker. A member that is null is left out. Koji: <c>encode_args</c>.</summary>
    public static RpcValue.Struct Keywords(params (string Name, RpcValue? Value)[] named) => RpcValue.Of([.. named, ("__starstar", true)]);
}

/// <summary>A call whose answer is read as <typeparamref name="T"/>.</summary>
internal sealed record KojiCall<T>(string Method, string Doing, Func<Answer, T> Read, params IReadOnlyList<RpcValue> Arguments)
    : KojiCall(Method, Doing, Arguments)
{
    public T Decode(RpcValue value) => Read(new Answer(value, Method));
}
