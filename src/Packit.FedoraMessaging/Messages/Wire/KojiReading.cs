using System.Buffers;
using System.Text.Json;
using Packit.Http;

namespace Packit.FedoraMessaging;

/// <summary>From Koji's fields to what they mean.</summary>
internal static class KojiReading
{
    private const string RpmBuild = "build";
    private const int LongestName = 256;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._+-~^");

    public static BuildStateChange BuildState(WireBuildState wire) => new(
        Build(wire.BuildId, wire.Name, wire.Version, wire.Release, wire.Epoch, wire.Owner),
        wire.TaskId,
        wire.Old is { } old ? BuildStateOf(old) : null,
        BuildStateOf(wire.New),
        wire.Task?.Method,
        Request(wire.Task?.Method, wire.Request),
        Tasks(wire.Task?.Children),
        wire.CreationTime,
        wire.CompletionTime);

    public static TaskStateChange TaskState(WireTaskState wire) => new(
        wire.Id,
        wire.Method,
        wire.Owner,
        wire.Old is { } old ? TaskStateOf(old) : null,
        TaskStateOf(wire.New),
        Request(wire.Method, wire.Info?.Request),
        Tasks(wire.Info?.Children));

    public static BuildTagged Tagged(WireTag wire) => new(Build(wire), TagName(wire.Tag), wire.TagId, wire.User);

    public static BuildUntagged Untagged(WireTag wire) => new(Build(wire), TagName(wire.Tag), wire.TagId, wire.User);

    private static BusBuild Build(WireTag wire) => Build(wire.BuildId, wire.Name, wire.Version, wire.Release, epoch: null, wire.Owner);

    private static BusBuild Build(long id, string name, string version, string release, int? epoch, string owner) =>
        new(id, Name(name, "name"), Name(version, "version"), Name(release, "release"), epoch, owner);

    private static string Name(string value, string field) =>
        value.Length is > 0 and <= LongestName && !value.AsSpan().ContainsAnyExcept(NameCharacters)
            ? value
            : throw new JsonException($"{field} is none: {RemoteText.Clean(value)}");

    private static string TagName(string value) => Name(value, "tag");

    private static BuildState BuildStateOf(int number) =>
        Enum.IsDefined((BuildState)number) ? (BuildState)number : throw new JsonException($"Koji has no build state {number}.");

    private static TaskState TaskStateOf(string name) => name switch
    {
        "FREE" => FedoraMessaging.TaskState.Free,
        "OPEN" => FedoraMessaging.TaskState.Open,
        "CLOSED" => FedoraMessaging.TaskState.Closed,
        "CANCELED" => FedoraMessaging.TaskState.Canceled,
        "ASSIGNED" => FedoraMessaging.TaskState.Assigned,
        "FAILED" => FedoraMessaging.TaskState.Failed,
        _ => throw new JsonException($"Koji has no task state {RemoteText.Clean(name)}."),
    };

    // Only of an rpm build is the shape known: source, target, options. Images and modules have other requests under the same topic.
    private static BusBuildRequest? Request(string? method, JsonElement? request)
    {
        if (method is not (null or RpmBuild)
            || request is not { ValueKind: JsonValueKind.Array } list
            || list.GetArrayLength() is not (2 or 3)
            || list[0].ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var scratch = list.GetArrayLength() == 3
            && list[2].ValueKind == JsonValueKind.Object
            && list[2].TryGetProperty("scratch", out var flag)
            && flag.ValueKind == JsonValueKind.True;
        return new BusBuildRequest(list[0].GetString()!, list[1].ValueKind == JsonValueKind.String ? list[1].GetString() : null, scratch);
    }

    private static IReadOnlyList<BusTask> Tasks(IReadOnlyList<WireTask>? children) =>
    [
        .. (children ?? []).Where(child => child.Id is not null).Select(child => new BusTask(
            child.Id!.Value,
            child.Method,
            child.Arch,
            child.State is { } state && Enum.IsDefined((TaskState)state) ? (TaskState)state : null)),
    ];
}
