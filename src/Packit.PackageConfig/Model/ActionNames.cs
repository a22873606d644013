namespace Packit.PackageConfig;

/// <summary>Names of the actions that a project can define.</summary>
public static class ActionNames
{
    /// <summary>Condition: the job runs only when all commands succeed.</summary>
    public const string RunCondition = "run-condition";

    /// <summary>Hook after the upstream repository was cloned and checked out.</summary>
    public const string PostUpstreamClone = "post-upstream-clone";

    /// <summary>Hook before files are copied.</summary>
    public const string PreSync = "pre-sync";

    /// <summary>Replaces the making of patches (source-git).</summary>
    public const string CreatePatches = "create-patches";

    /// <summary>Replaces the merge of the spec and its changelog.</summary>
    public const string PrepareFiles = "prepare-files";

    /// <summary>Replaces the making of the archive (source packages).</summary>
    public const string CreateArchive = "create-archive";

    /// <summary>Prints the current version.</summary>
    public const string GetCurrentVersion = "get-current-version";

    /// <summary>Replaces the preparation of the spec (source packages).</summary>
    public const string FixSpecFile = "fix-spec-file";

    /// <summary>Hook after sources were downloaded, before they are uploaded.</summary>
    public const string PostModifications = "post-modifications";

    /// <summary>Prints the changelog entry.</summary>
    public const string ChangelogEntry = "changelog-entry";

    /// <summary>Prints the commit message.</summary>
    public const string CommitMessage = "commit-message";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        PostUpstreamClone, PreSync, CreatePatches, PrepareFiles, CreateArchive, GetCurrentVersion,
        FixSpecFile, PostModifications, ChangelogEntry, CommitMessage, RunCondition,
    ];
}
