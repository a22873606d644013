namespace Packit.Koji;

/// <summary>What a <c>build</c> task was asked to do.</summary>
/// <param name="Source">As it was given: a <see cref="ScmUrl"/>, or the path of an uploaded source package.</param>
/// <param name="Target">Null when the build has no destination.</param>
public sealed record BuildTaskArguments(string Source, string? Target, bool Scratch)
{
    /// <summary>Whether it is the task of this request: source, target and kind are the same.</summary>
    public bool Answers(KojiBuildRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Source == request.Source.ToString() && Target == request.Target && Scratch == request.Scratch;
    }

    internal static BuildTaskArguments? Of(IReadOnlyList<RpcValue> request)
    {
        if (request is not [RpcValue.Text source, ..])
        {
            return null;
        }

        var target = request.Count > 1 && request[1] is RpcValue.Text name ? name.Value : null;
        var scratch = request.Count > 2 && request[2] is RpcValue.Struct options && options["scratch"] is RpcValue.Flag { Value: true } or RpcValue.Whole { Value: not 0 };
        return new BuildTaskArguments(source.Value, target, scratch);
    }
}
