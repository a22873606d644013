namespace Packit.GitHub;

/// <summary>How an installation of the App stands.</summary>
/// <param name="Id">Stays until the App is removed.</param>
/// <param name="Account">Whose it is, by the name of today; null for an enterprise.</param>
/// <param name="SuspendedAt">Since when the App gets no events and no tokens; null when it works.</param>
public sealed record InstallationStanding(long Id, GitHubAccount? Account, DateTimeOffset? SuspendedAt);
