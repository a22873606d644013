namespace Packit.Automation.Storage;

/// <summary>A row of work that is put off while a remote is away.</summary>
public interface IOutageWaiter
{
    /// <summary>Retries of what happened last.</summary>
    int Retries { get; set; }

    /// <summary>Attempts that ended because a remote was away or asked to slow down; they count against nothing.</summary>
    int Delays { get; set; }

    /// <summary>Since when a remote has been away for it; null when the last attempt met none that was.</summary>
    DateTimeOffset? AwaySince { get; set; }

    /// <summary>When it is due again; null for none.</summary>
    DateTimeOffset? NextAttemptAt { get; set; }
}
