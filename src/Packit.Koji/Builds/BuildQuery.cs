namespace Packit.Koji;

/// <summary>Which builds to list; what is null does not matter. Newest first.</summary>
public sealed record BuildQuery
{
    /// <summary>Name of the package.</summary>
    public string? Package { get; init; }

    /// <summary>The task that made the build.</summary>
    public int? TaskId { get; init; }

    /// <summary>Name of the owner.</summary>
    public string? Owner { get; init; }

    public KojiBuildState? State { get; init; }

    /// <summary>The exact source.</summary>
    public ScmUrl? Source { get; init; }

    /// <summary>Created later than this, to the second.</summary>
    public DateTimeOffset? CreatedAfter { get; init; }

    /// <summary>The most builds that are listed.</summary>
    public int Limit { get; init; } = 50;

    internal RpcValue Keywords() => KojiCall.Keywords(
        ("packageID", Package),
        ("taskID", TaskId),
        ("userID", Owner),
        ("state", (int?)State),
        ("source", Source?.ToString()),
        ("createdAfter", CreatedAfter?.ToUnixTimeSeconds()),
        ("queryOpts", RpcValue.Of(("order", "-build_id"), ("limit", Limit))));
}
