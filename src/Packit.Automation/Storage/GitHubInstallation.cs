namespace Packit.Automation.Storage;

/// <summary>An account that installed the App. The account's id is its identity; its login may change.</summary>
public sealed class GitHubInstallation
{
    public int Id { get; init; }

    /// <summary>GitHub's id of the account.</summary>
    public required long AccountId { get; init; }

    public required string AccountLogin { get; set; }

    /// <summary><c>User</c> or <c>Organization</c>.</summary>
    public required string AccountType { get; set; }

    /// <summary>GitHub's id of the installation; a new one each time the App is installed.</summary>
    public required long InstallationId { get; set; }

    /// <summary>Login of who installed it last; empty when it was installed before anybody wrote it down.</summary>
    public required string SenderLogin { get; set; }

    public required long SenderId { get; set; }

    public required DateTimeOffset InstalledAt { get; set; }

    /// <summary>How often it was noted how the installation stands: who looked at GitHub before the last time has seen something old.</summary>
    public int Noted { get; set; }

    public DateTimeOffset? SuspendedAt { get; set; }

    public DateTimeOffset? RemovedAt { get; set; }

    /// <summary>Number of the approval issue; null when there is none.</summary>
    public int? ApprovalIssue { get; set; }

    /// <summary>Account id of who was last asked to be verified; null when nobody was.</summary>
    public long? AskedSenderId { get; set; }
}
