namespace Packit.Koji;

/// <summary>Which tasks to list; what is null does not matter. Newest first, with their arguments.</summary>
public sealed record TaskQuery
{
    /// <summary>The number of the user who asked for them (<see cref="KojiUser.Id"/>).</summary>
    public int? OwnerId { get; init; }

    public string? Method { get; init; }

    /// <summary>The states they may have; empty for any.</summary>
    public IReadOnlyList<KojiTaskState> States { get; init; } = [];

    /// <summary>Created later than this, to the second.</summary>
    public DateTimeOffset? CreatedAfter { get; init; }

    public int? ParentId { get; init; }

    /// <summary>The most tasks that are listed.</summary>
    public int Limit { get; init; } = 50;

    internal RpcValue Keywords() => KojiCall.Keywords(
        ("opts", RpcValue.Of(
            ("owner", OwnerId),
            ("method", Method),
            ("state", States.Count > 0 ? RpcValue.Of(States.Select(static state => (long)state)) : null),
            ("createdAfter", CreatedAfter?.ToUnixTimeSeconds()),
            ("parent", ParentId),
            ("decode", true))),
        ("queryOpts", RpcValue.Of(("order", "-id"), ("limit", Limit))));
}
