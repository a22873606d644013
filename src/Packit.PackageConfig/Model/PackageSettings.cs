namespace Packit.PackageConfig;

/// <summary>
/// Everything that can be set for a package, with defaults applied. Keys of the file that only builds in Copr, tests and source-git use
/// are in <see cref="Other"/>.
/// </summary>
public sealed record PackageSettings
{
    /// <summary>Recogniser of pre-release suffixes that is used unless the file names its own.</summary>
    public const string DefaultPrereleaseSuffixPattern = @"([.\-_~^]?)(alpha|beta|rc|pre(view)?)([.\-_]?\d+)?";

    /// <summary>Key of the package in <c>packages</c>.</summary>
    public required string PackageName { get; init; }

    /// <summary>Path of the configuration file inside the repository.</summary>
    public required string ConfigFilePath { get; init; }

    /// <summary>Path of the upstream spec file inside <see cref="Paths"/>; null only for tests that build nothing.</summary>
    public string? SpecfilePath { get; init; }

    /// <summary>Name of the upstream project, as in tags and archive names.</summary>
    public required string UpstreamPackageName { get; init; }

    /// <summary>Name of the dist-git repository and of the spec file in it.</summary>
    public required string DownstreamPackageName { get; init; }

    /// <summary>Upstream git repository; null when not set.</summary>
    public string? UpstreamProjectUrl { get; init; }

    /// <summary>Directories of the package in a monorepo; the first is its working directory.</summary>
    public IReadOnlyList<string> Paths { get; init; } = ["./"];

    /// <summary>Source-git: base of the patches; null when not set.</summary>
    public string? UpstreamRef { get; init; }

    /// <summary>Own dist-git server; null for the one that <see cref="PkgTool"/> stands for.</summary>
    public string? DistGitBaseUrl { get; init; }

    /// <summary>Namespace on the own dist-git server.</summary>
    public string? DistGitNamespace { get; init; }

    /// <summary><c>fedpkg</c>, <c>fedpkg-stage</c>, <c>centpkg</c> or <c>centpkg-sig</c>; null when not set.</summary>
    public string? PkgTool { get; init; }

    /// <summary>CentOS special interest group, for <c>centpkg-sig</c>.</summary>
    public string? Sig { get; init; }

    /// <summary>Suffix of status names; null when not set.</summary>
    public string? Identifier { get; init; }

    /// <summary>Deployments that run the job: <c>prod</c>, <c>stg</c>, <c>dev</c>.</summary>
    public IReadOnlyList<string> PackitInstances { get; init; } = ["prod"];

    /// <summary>Repository where failures of dist-git jobs are reported; null when not set.</summary>
    public string? IssueRepository { get; init; }

    /// <summary>How tags are made of versions; see <see cref="TagRules"/>.</summary>
    public string UpstreamTagTemplate { get; init; } = "{version}";

    /// <summary>Python regular expression that a tag must match from its start; empty for any tag.</summary>
    public string UpstreamTagInclude { get; init; } = "";

    /// <summary>Python regular expression that a tag must not match from its start; empty for none.</summary>
    public string UpstreamTagExclude { get; init; } = "";

    /// <summary>Python regular expression; stable branches only get versions whose match equals that of their own version.</summary>
    public string? VersionUpdateMask { get; init; }

    /// <summary>PEP 440 specifiers that a new version must satisfy; null when not set.</summary>
    public string? VersionUpdateSpecifiers { get; init; }

    /// <summary>Python regular expression that recognises a pre-release suffix; its first group is the delimiter.</summary>
    public string PrereleaseSuffixPattern { get; init; } = DefaultPrereleaseSuffixPattern;

    /// <summary>Name of the spec macro that holds the pre-release suffix; null when not set.</summary>
    public string? PrereleaseSuffixMacro { get; init; }

    /// <summary>Tag of the spec that names the upstream archive, e.g. <c>Source0</c>.</summary>
    public string SpecSourceId { get; init; } = "Source0";

    /// <summary>Name of the top directory in the archive, for source packages.</summary>
    public string? ArchiveRootDirTemplate { get; init; }

    /// <summary>Extra downloads.</summary>
    public IReadOnlyList<SourceItem> Sources { get; init; } = [];

    /// <summary>False: <c>sources</c> is updated but nothing is uploaded to the lookaside cache.</summary>
    public bool UploadSources { get; init; } = true;

    /// <summary>RPM macros to set, or to undefine when null, whenever the spec is read.</summary>
    public IReadOnlyDictionary<string, string?> ParseTimeMacros { get; init; } = NoMacros;

    /// <summary>Fingerprints of keys that may sign releases; null when not set.</summary>
    public IReadOnlyList<string>? AllowedGpgKeys { get; init; }

    /// <summary>What is copied to dist-git; the spec and the configuration file when the file names nothing.</summary>
    public IReadOnlyList<FileToSync> FilesToSync { get; init; } = [];

    /// <summary>True when <see cref="FilesToSync"/> is the default.</summary>
    public bool FilesToSyncIsDefault { get; init; }

    /// <summary>True: the upstream spec is copied with its changelog.</summary>
    public bool SyncChangelog { get; init; }

    /// <summary>True: the text of the release becomes the changelog entry.</summary>
    public bool CopyUpstreamReleaseDescription { get; init; }

    /// <summary>True: <c>README.packit</c> is written.</summary>
    public bool CreateSyncNote { get; init; } = true;

    /// <summary>For the command line only; the service always opens a pull request.</summary>
    public bool CreatePr { get; init; } = true;

    /// <summary>Commands by action name; an action without commands counts as not set.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ActionCommand>> Actions { get; init; } = NoActions;

    /// <summary>Dist-git branches and aliases to work on.</summary>
    public DistGitBranches DistGitBranches { get; init; } = DistGitBranches.None;

    /// <summary>Upstream branch, for jobs on pushes; null when not set.</summary>
    public string? Branch { get; init; }

    /// <summary>True: scratch builds in Koji.</summary>
    public bool Scratch { get; init; }

    /// <summary>Labels that a pull request must and must not have.</summary>
    public LabelRequirements RequiredLabels { get; init; } = LabelRequirements.None;

    /// <summary>True: the repositories are cloned before <c>run-condition</c> is evaluated.</summary>
    public bool CloneReposBeforeRunCondition { get; init; }

    /// <summary>Authors whose merged pull requests are built: names, <c>@group</c>, <c>all_admins</c>, <c>all_committers</c>.</summary>
    public IReadOnlyList<string> AllowedPrAuthors { get; init; } = ["packit"];

    /// <summary>Users whose direct pushes are built.</summary>
    public IReadOnlyList<string> AllowedCommitters { get; init; } = [];

    /// <summary>Owners of builds that become updates.</summary>
    public IReadOnlyList<string> AllowedBuilders { get; init; } = ["packit"];

    /// <summary>What users are told.</summary>
    public Notifications Notifications { get; init; } = Notifications.Default;

    /// <summary>Extra parameters of a Bodhi update, free form.</summary>
    public ConfigMap BodhiExtraParams { get; init; } = ConfigMap.Empty;

    /// <summary>Template of status names of Copr and test jobs; null when not set.</summary>
    public string? StatusNameTemplate { get; init; }

    /// <summary>Keys that are valid but have no meaning for the jobs of this product, as written in the file.</summary>
    public IReadOnlyDictionary<string, ConfigValue> Other { get; init; } = NoOther;

    internal static IReadOnlyDictionary<string, string?> NoMacros { get; } = new Dictionary<string, string?>();

    internal static IReadOnlyDictionary<string, IReadOnlyList<ActionCommand>> NoActions { get; } =
        new Dictionary<string, IReadOnlyList<ActionCommand>>();

    internal static IReadOnlyDictionary<string, ConfigValue> NoOther { get; } = new Dictionary<string, ConfigValue>();
}
