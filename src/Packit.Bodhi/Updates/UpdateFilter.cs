using System.Globalization;

namespace Packit.Bodhi;

/// <summary>Which updates are asked for: those that meet all parts that are given. An unknown release or user is refused by Bodhi.</summary>
public sealed record UpdateFilter
{
    /// <summary>NVRs; an update that holds one of them. Unknown ones are no error.</summary>
    public IReadOnlyList<string> Builds { get; init; } = [];

    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>Names such as <c>F43</c>.</summary>
    public IReadOnlyList<string> Releases { get; init; } = [];

    public IReadOnlyList<string> Users { get; init; } = [];

    public IReadOnlyList<UpdateStatus> Statuses { get; init; } = [];

    /// <summary>A side tag.</summary>
    public string? FromSideTag { get; init; }

    public DateTimeOffset? SubmittedSince { get; init; }

    public DateTimeOffset? ModifiedSince { get; init; }

    internal string Query()
    {
        string?[] parts =
        [
            List("builds", Builds), List("packages", Packages), List("releases", Releases), List("user", Users),
            List("status", [.. Statuses.Select(status => status.ToString().ToLowerInvariant())]),
            FromSideTag is null ? null : List("from_side_tag", [FromSideTag]),
            Since("submitted_since", SubmittedSince), Since("modified_since", ModifiedSince),
        ];
        return string.Concat(parts.Select(part => part is null ? "" : part + "&"));
    }

    // Bodhi takes a list as one value with commas, which no name may hold.
    private static string? List(string name, IReadOnlyList<string> values) => values.Count == 0
        ? null
        : name + "=" + string.Join(',', values.Select(value => value.Contains(',', StringComparison.Ordinal)
            ? throw new ArgumentException($"'{value}' is no value for {name}.", nameof(values))
            : Uri.EscapeDataString(value)));

    private static string? Since(string name, DateTimeOffset? time) =>
        time is { } since ? $"{name}={Uri.EscapeDataString(since.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture))}" : null;
}
