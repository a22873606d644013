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
public sealed record CheckView(CheckPhase Phase, string Title, string? Url, string? Details = null);

/// <summary>Which check on which commit.</summary>
public sealed record CheckPlace(int ProjectId, string HeadSha, string Name, string ExternalId);

[JsonSerializable(typeof(CheckView))]
internal sealed partial class CheckJson : JsonSerializerContext;
