using System.Text.Json.Serialization;
using Packit.Http;

namespace Packit.GitHub;

/// <summary>A check run as GitHub keeps it.</summary>
/// <param name="ExternalId">The text that its App gave it.</param>
/// <param name="Conclusion">Null until it is completed.</param>
/// <param name="App">The App that owns it; only that App may update it.</param>
public sealed record CheckRun(
    long Id,
    string Name,
    string HeadSha,
    CheckRunStatus Status,
    CheckRunConclusion? Conclusion = null,
    string? ExternalId = null,
    Uri? DetailsUrl = null,
    Uri? HtmlUrl = null,
    CheckRunOutput? Output = null,
    CheckRunApp? App = null);

/// <summary>What people read in a check run.</summary>
public sealed record CheckRunOutput(string? Title = null, string? Summary = null, string? Text = null);

/// <summary>The App that owns a check run.</summary>
public sealed record CheckRunApp(long Id, string? Slug = null);

/// <summary>All check runs of one App on one commit.</summary>
public sealed record CheckSuite(long Id, string HeadSha, CheckRunApp? App = null);

/// <summary>Where a check run is.</summary>
[JsonConverter(typeof(WireEnumConverter<CheckRunStatus>))]
public enum CheckRunStatus
{
    /// <summary>A state that only GitHub's own programs set.</summary>
    Other,
    Queued,
    InProgress,
    Completed,
}

/// <summary>How a check run ended.</summary>
[JsonConverter(typeof(WireEnumConverter<CheckRunConclusion>))]
public enum CheckRunConclusion
{
    /// <summary>An end that only GitHub itself sets, such as <c>stale</c>.</summary>
    Other,
    Success,
    Failure,
    Neutral,
    Cancelled,
    TimedOut,
    ActionRequired,
    Skipped,
}

internal sealed record CheckRunList(IReadOnlyList<CheckRun> CheckRuns);
