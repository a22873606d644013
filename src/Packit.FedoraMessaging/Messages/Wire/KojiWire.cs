using System.Text.Json;

namespace Packit.FedoraMessaging;

/// <summary>What every message of a Koji has.</summary>
internal interface IKojiWire
{
    string Instance { get; }

    /// <summary>What changed; null for messages that tell no change of a field.</summary>
    string? Attribute { get; }
}

internal sealed record WireBuildState(
    string Instance,
    long BuildId,
    string Name,
    string Version,
    string Release,
    string Owner,
    int New,
    string? Attribute = null,
    int? Old = null,
    int? Epoch = null,
    long? TaskId = null,
    JsonElement? Request = null,
    WireTask? Task = null,
    DateTimeOffset? CreationTime = null,
    DateTimeOffset? CompletionTime = null) : IKojiWire;

internal sealed record WireTask(
    string Method, long? Id = null, string? Arch = null, int? State = null, JsonElement? Request = null, IReadOnlyList<WireTask>? Children = null);

internal sealed record WireTaskState(
    string Instance, long Id, string Method, string Owner, string New, string? Attribute = null, string? Old = null, WireTask? Info = null) : IKojiWire;

internal sealed record WireTag(
    string Instance,
    long BuildId,
    string Name,
    string Version,
    string Release,
    string Owner,
    string Tag,
    long TagId,
    string? User = null) : IKojiWire
{
    public string? Attribute => null;
}
