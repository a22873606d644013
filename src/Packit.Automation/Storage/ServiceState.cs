namespace Packit.Automation.Storage;

/// <summary>The distribution's releases as Bodhi listed them last.</summary>
public sealed class ReleaseListSnapshot
{
    /// <summary>Always 1: there is one list.</summary>
    public int Id { get; init; }

    public required string ReleasesJson { get; set; }

    public required DateTimeOffset FetchedAt { get; set; }
}

/// <summary>How a namespace stands with the service.</summary>
public sealed class AllowlistEntry
{
    /// <summary><c>host</c>, <c>host/owner</c> or <c>host/owner/repository.git</c>.</summary>
    public required string Namespace { get; init; }

    public required AllowlistStatus Status { get; set; }

    public string? FasAccount { get; set; }

    /// <summary>Since when it stands so; null for entries of old.</summary>
    public DateTimeOffset? ChangedAt { get; set; }

    /// <summary>The command by which it was approved (<see cref="CommentCommand"/>); 0 when none did.</summary>
    public int CommandId { get; set; }
}

/// <summary>How far a listener to Fedora's bus has come.</summary>
public sealed class MessagePosition
{
    /// <summary>The queue's name, or <c>datagrepper</c> where there is no broker.</summary>
    public required string Listener { get; init; }

    /// <summary>Everything sent before is stored.</summary>
    public required DateTimeOffset CompleteUntil { get; set; }
}
