using System.ComponentModel.DataAnnotations.Schema;
using Packit.GitHub;

namespace Packit.Automation.Storage;

/// <summary>A repository on a forge, upstream or dist-git.</summary>
public sealed class GitProject
{
    public int Id { get; init; }

    /// <summary>Host of the forge: <c>github.com</c>, <c>src.fedoraproject.org</c>.</summary>
    public required string InstanceUrl { get; init; }

    public required string Namespace { get; set; }

    public required string RepoName { get; set; }

    /// <summary>Web address by the name of today. Unique: two projects never have one name.</summary>
    public required string ProjectUrl { get; set; }

    /// <summary>The forge's number of the repository, which stays when its name changes; null where it is not known.</summary>
    public long? ForgeId { get; set; }

    public bool IsPrivate { get; set; }

    /// <summary>Why the project is not let through, as it was told last; null when it is let through, or never asked for anything.</summary>
    public string? RefusalTold { get; set; }

    /// <summary>The delivery for which it is told, or was.</summary>
    public long? RefusalToldBy { get; set; }

    /// <summary>Owner and name, for a project on GitHub.</summary>
    /// <exception cref="InvalidOperationException">The stored names are outside GitHub's grammar; they are checked before they are stored.</exception>
    [NotMapped]
    public RepositoryName GitHubName => RepositoryName.TryParse($"{Namespace}/{RepoName}", out var name)
        ? name
        : throw new InvalidOperationException($"Project {Id} has a name that GitHub does not allow.");
}

/// <summary>A release of an upstream project. A tag that was moved makes a second row.</summary>
public sealed class ProjectRelease
{
    public int Id { get; init; }

    public int ProjectId { get; init; }

    public GitProject Project { get; init; } = null!;

    public required string TagName { get; init; }

    /// <summary>The commit that the tag pointed to when it was read.</summary>
    public required string CommitHash { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>The delivery that spoke of it last: where to read why something, or nothing, was done.</summary>
    public long? LastDeliveryId { get; set; }

    /// <summary>The App installation through which the project is reached.</summary>
    public long InstallationId { get; set; }

    /// <summary>The delivery of the release that was refused for want of approval and is read again after it; null when there is none.</summary>
    public long? RefusedDeliveryId { get; set; }
}

/// <summary>The package config as it stood at a commit.</summary>
public sealed class StoredPackageConfig
{
    public int Id { get; init; }

    public int ProjectId { get; init; }

    public required string CommitSha { get; init; }

    /// <summary>File name at the top of the repository.</summary>
    public required string Path { get; init; }

    public required byte[] Content { get; init; }

    /// <summary>Names of the files at the top of the commit, for the default of <c>specfile_path</c>; one a line.</summary>
    public required string TopLevelFiles { get; init; }
}
