namespace Packit.Automation.Storage;

/// <summary>
/// What a delivery is about, for those who look for it. Deliveries of GitHub have one; of Fedora's messages those about which something was
/// decided: the others are of thousands of projects that are none of this service.
/// </summary>
public sealed class DeliverySubject
{
    /// <summary>The delivery's row; there is at most one subject of a delivery.</summary>
    public required long DeliveryId { get; init; }

    public InboxDelivery Delivery { get; init; } = null!;

    /// <summary>Web address of the project.</summary>
    public required string ProjectUrl { get; init; }

    /// <summary>The number of the project at its forge, which stays when it is renamed; null when it was not told.</summary>
    public long? ForgeId { get; init; }

    /// <summary>Namespace and name of the project: <c>owner/name</c>, <c>rpms/name</c>.</summary>
    public required string Project { get; init; }

    /// <summary><see cref="Project"/> in lower case, by which it is looked for: names of forges differ in more than case.</summary>
    public required string ProjectKey { get; init; }

    /// <summary>Whether the project was private when the delivery was read.</summary>
    public required bool IsPrivate { get; init; }

    /// <summary>Login of who caused it.</summary>
    public string? Actor { get; init; }

    /// <summary>What happened, in a few words.</summary>
    public required string What { get; init; }

    /// <summary>Web page of what it is about.</summary>
    public string? Url { get; init; }
}
