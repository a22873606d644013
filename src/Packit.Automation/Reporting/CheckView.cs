using System.Text.Json.Serialization;

namespace Packit.Automation.Reporting;

/// <summary>How far the thing is that a check stands for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CheckPhase>))]
public enum CheckPhase
{
    Queued,
    InProgress,
    Success,

    /// <summary>Left alone on purpose.</summary>
    Neutral,
    Failure,
}

/// <summary>What a check shows.</summary>
/// <param name="Phase">How far it is.</param>
/// <param name="Title">One sentence.</param>
/// <param name="Url">The dashboard's page; null while there is none.</param>
/// <param name="Details">Text of several lines below the title; shown as it is, without markup.</param>
public sealed record CheckView(CheckPhase Phase, string Title, string? Url, string? Details = null)
{
    /// <summary>Markdown below the details: what to do. Holds nothing foreign.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Advice { get; init; }

    /// <summary>Markdown at the end: what somebody asked of the check, and why it was not done. Gone with the next state.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    /// <summary>Remarks at places of the commit's files; GitHub shows the first fifty of them beside the lines.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CheckRemark>? Remarks { get; init; }
}

/// <summary>A remark at a place of a file.</summary>
/// <param name="File">From the root of the repository.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1; null when it is about the whole line.</param>
/// <param name="IsError">Error or warning.</param>
/// <param name="Title">Its kind, in a few words.</param>
/// <param name="Text">What is wrong and what to write instead.</param>
public sealed record CheckRemark(string File, int Line, int? Column, bool IsError, string Title, string Text);

/// <summary>How the forge shows a check.</summary>
public enum CheckDisplay
{
    /// <summary>Not confirmed yet; to be tried again.</summary>
    Pending,

    /// <summary>As a check run, with details and remarks.</summary>
    Whole,

    /// <summary>As a commit status: check runs are refused, and there is room for the title only.</summary>
    TitleOnly,

    /// <summary>Not at all: the project gave the App no right to.</summary>
    Refused,
}

/// <summary>Which check on which commit.</summary>
public sealed record CheckPlace(int ProjectId, string HeadSha, string Name, string ExternalId);

[JsonSerializable(typeof(CheckView))]
internal sealed partial class CheckJson : JsonSerializerContext;
