namespace Packit.Automation.Agreements;

/// <summary>Which repository it is, and whose: both stay when names change.</summary>
/// <param name="RepositoryId">GitHub's id of the repository.</param>
/// <param name="OwnerId">GitHub's id of the account that owns it.</param>
public sealed record UpstreamIdentity(long RepositoryId, long OwnerId);
