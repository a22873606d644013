namespace Packit.Automation.Storage;

/// <summary>The dist-git side's word that an upstream project may propose to a package.</summary>
public sealed class PackageAgreement
{
    public int Id { get; init; }

    /// <summary>Name of the dist-git repository.</summary>
    public required string Package { get; init; }

    /// <summary>The upstream project.</summary>
    public int ProjectId { get; init; }

    public GitProject Project { get; init; } = null!;

    /// <summary>GitHub's id of the upstream repository: whoever takes its name later is somebody else.</summary>
    public long RepositoryId { get; init; }

    /// <summary>GitHub's id of the account that owned it: whoever it is handed to is somebody else, too.</summary>
    public long OwnerId { get; init; }

    /// <summary>The dist-git branch whose configuration says it; empty when it is meant for all branches.</summary>
    public string Branch { get; init; } = "";

    public required AgreementKind Kind { get; init; }

    /// <summary>Login in dist-git of the packager; null when the package's configuration says it.</summary>
    public string? GivenBy { get; init; }

    /// <summary>Page of the comment, or of the configuration file.</summary>
    public required string Evidence { get; init; }

    public required DateTimeOffset GivenAt { get; init; }

    /// <summary>The command of the comment; 0 when there is none.</summary>
    public int CommandId { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>Login in dist-git of the packager who took it back; null when the configuration does not say it any more.</summary>
    public string? RevokedBy { get; set; }

    /// <summary>Page of the comment that took it back.</summary>
    public string? RevokedEvidence { get; set; }

    /// <summary>The command of that comment; 0 when there is none.</summary>
    public int RevokedCommandId { get; set; }
}

/// <summary>How the dist-git side agreed.</summary>
public enum AgreementKind
{
    [WireName("dist-git-config")]
    DistGitConfig,

    [WireName("packager")]
    Packager,
}
