using System.Collections.Frozen;
using System.Text.Json.Nodes;
using static Packit.PackageConfig.Schema.TextRules;

namespace Packit.PackageConfig.Schema;

/// <summary>The keys that can stand at the top of the file, in a package and in a job: one table for reading, checking and the JSON schema.</summary>
internal static class SettingKeys
{
    private static readonly List<ConfigKey> Table = [];
    private static readonly TextShape Text = TextShape.Plain;
    private static readonly BoolShape Flag = new();
    private static readonly ListShape<string> Texts = new(Text);
    private static readonly TextShape Expression = new(TextRules.Regex);

    public static readonly ConfigKey<string> ConfigFilePath = Add("config_file_path", Text, "Path of this file; set by itself.");
    public static readonly ConfigKey<string> SpecfilePath = Add("specfile_path", Text, "Path of the spec file, relative to the repository or the package's first path.");
    public static readonly ConfigKey<string> UpstreamPackageName = Add("upstream_package_name", new TextShape(RepositoryName), "Name of the upstream project, as in tags and archives. Default: name of the repository.");
    public static readonly ConfigKey<string> DownstreamPackageName = Add("downstream_package_name", new TextShape(PackageName), "Name of the package in Fedora. Default: name of the repository; with `packages`, the package's key.");
    public static readonly ConfigKey<string> UpstreamProjectUrl = Add("upstream_project_url", Text, "URL of the upstream repository.");
    public static readonly ConfigKey<IReadOnlyList<string>> Paths = Add("paths", Texts, "Directories of the package in the repository; the first is where its commands run.", new JsonArray("./"));
    public static readonly ConfigKey<string> UpstreamRef = Add("upstream_ref", Text, "Source-git: commit that patches are made against.");
    public static readonly ConfigKey<string> DistGitBaseUrl = Add("dist_git_base_url", Text, "Dist-git server, when it is not the one of `pkg_tool`.");
    public static readonly ConfigKey<string> DistGitNamespace = Add("dist_git_namespace", Text, "Namespace on the dist-git server.");
    public static readonly ConfigKey<string> PkgTool = Add("pkg_tool", new WordShape("a packaging tool", "fedpkg", "fedpkg-stage", "centpkg", "centpkg-sig"), "Packaging tool; decides on the dist-git server.");
    public static readonly ConfigKey<string> Sig = Add("sig", Text, "CentOS special interest group, with `pkg_tool: centpkg-sig`.");
    public static readonly ConfigKey<string> Identifier = Add("identifier", Text, "Suffix of status names, to tell jobs apart.");
    public static readonly ConfigKey<IReadOnlyList<string>> PackitInstances = Add("packit_instances", new ListShape<string>(new WordShape("a deployment", "dev", "stg", "prod")), "Deployments of the service that run the job.", new JsonArray("prod"));
    public static readonly ConfigKey<string> IssueRepository = Add("issue_repository", Text, "URL of the repository where failures of dist-git jobs are reported.");

    public static readonly ConfigKey<string> UpstreamTagTemplate = Add("upstream_tag_template", new TextShape(TextRules.TagTemplate), "How tags are made of versions, e.g. `v{version}`; also `{upstream_package_name}`.", "{version}");
    public static readonly ConfigKey<string> UpstreamTagInclude = Add("upstream_tag_include", Expression, "Python regular expression that tags must match from their start.", "");
    public static readonly ConfigKey<string> UpstreamTagExclude = Add("upstream_tag_exclude", Expression, "Python regular expression that tags must not match from their start.", "");
    public static readonly ConfigKey<string> VersionUpdateMask = Add("version_update_mask", Expression, "Python regular expression; stable branches only get versions whose match is that of their own version.");
    public static readonly ConfigKey<string> VersionUpdateSpecifiers = Add("version_update_specifiers", new TextShape(Specifiers), "PEP 440 specifiers that a new version must satisfy, e.g. `>=1.0,<2.0`.");
    public static readonly ConfigKey<string> PrereleaseSuffixPattern = Add("prerelease_suffix_pattern", Expression, "Python regular expression of pre-release suffixes; its first group is the delimiter.", PackageSettings.DefaultPrereleaseSuffixPattern);
    public static readonly ConfigKey<string> PrereleaseSuffixMacro = Add("prerelease_suffix_macro", Text, "Macro of the spec that holds the pre-release suffix.");
    public static readonly ConfigKey<string> SpecSourceId = Add("spec_source_id", new SourceIdShape(), "Which Source of the spec is the upstream archive: a number or `Source<number>`.", "Source0");
    public static readonly ConfigKey<string> ArchiveRootDirTemplate = Add("archive_root_dir_template", Text, "Name of the top directory in the archive; for source packages.", "{upstream_pkg_name}-{version}");
    public static readonly ConfigKey<IReadOnlyList<SourceItem>> Sources = Add("sources", new ListShape<SourceItem>(SourceShape()), "Extra files to download.", new JsonArray());
    public static readonly ConfigKey<bool> UploadSources = Add("upload_sources", Flag, "Upload archives to the lookaside cache.", true);
    public static readonly ConfigKey<IReadOnlyDictionary<string, string?>> ParseTimeMacros = Add<IReadOnlyDictionary<string, string?>>("parse_time_macros", new MacrosShape(), "RPM macros to set, or with null to undefine, when the spec is read.");
    public static readonly ConfigKey<IReadOnlyList<string>> AllowedGpgKeys = Add("allowed_gpg_keys", Texts, "Fingerprints of the keys that may sign releases.");

    public static readonly ConfigKey<IReadOnlyList<FileToSync>> FilesToSync = Add("files_to_sync", new ListShape<FileToSync>(new FileToSyncShape()), "Files to copy to dist-git; replaces the default, which is the spec and this file.");
    public static readonly ConfigKey<bool> SyncChangelog = Add("sync_changelog", Flag, "Copy the upstream spec with its changelog.", false);
    public static readonly ConfigKey<bool> CopyUpstreamReleaseDescription = Add("copy_upstream_release_description", Flag, "Use the text of the release as changelog entry.", false);
    public static readonly ConfigKey<bool> CreateSyncNote = Add("create_sync_note", Flag, "Write README.packit.", true);
    public static readonly ConfigKey<bool> CreatePr = Add("create_pr", Flag, "For the command line; the service always opens a pull request.", true);
    public static readonly ConfigKey<IReadOnlyDictionary<string, IReadOnlyList<ActionCommand>>> Actions = Add<IReadOnlyDictionary<string, IReadOnlyList<ActionCommand>>>("actions", new ActionsShape(), "Commands that replace or extend steps.");

    public static readonly ConfigKey<DistGitBranches> DistGitBranches = Add<DistGitBranches>("dist_git_branches", new DistGitBranchesShape(), "Dist-git branches and aliases such as `fedora-all`; as a mapping also where they are fast-forwarded to.", isMetadata: true);
    public static readonly ConfigKey<string> Branch = Add("branch", Text, "Upstream branch, for jobs on pushes.", isMetadata: true);
    public static readonly ConfigKey<bool> Scratch = Add("scratch", Flag, "Scratch build in Koji.", false, isMetadata: true);
    public static readonly ConfigKey<LabelRequirements> Require = Add("require", RequireShape(), "Labels that a pull request must and must not have.");
    public static readonly ConfigKey<bool> CloneReposBeforeRunCondition = Add("clone_repos_before_run_condition", Flag, "Clone the repositories before `run-condition` is evaluated.", false);
    public static readonly ConfigKey<IReadOnlyList<string>> AllowedPrAuthors = Add("allowed_pr_authors", Texts, "Authors whose merged pull requests are built: names, @group, all_admins, all_committers.", new JsonArray("packit"));
    public static readonly ConfigKey<IReadOnlyList<string>> AllowedCommitters = Add("allowed_committers", Texts, "Users whose direct pushes are built.", new JsonArray());
    public static readonly ConfigKey<IReadOnlyList<string>> AllowedBuilders = Add("allowed_builders", Texts, "Owners of builds that become updates.", new JsonArray("packit"));
    public static readonly ConfigKey<Notifications> Notifications = Add("notifications", NotificationsShape(), "What users are told.");
    public static readonly ConfigKey<ConfigMap> BodhiExtraParams = Add<ConfigMap>("bodhi_extra_params", new FreeMapShape(), "Extra parameters of Bodhi updates.");
    public static readonly ConfigKey<string> StatusNameTemplate = Add("status_name_template", Text, "Template of status names of Copr and test jobs.");

    static SettingKeys()
    {
        OtherKeys.AddTo(Table);
        ByName = Table.ToFrozenDictionary(k => k.Name, StringComparer.Ordinal);
    }

    public static IReadOnlyList<ConfigKey> All => Table;

    public static FrozenDictionary<string, ConfigKey> ByName { get; }

    private static ConfigKey<T> Add<T>(string name, ValueShape<T> shape, string description, JsonNode? defaultValue = null, bool isMetadata = false)
    {
        var key = new ConfigKey<T>(Table.Count, name, shape, description, defaultValue) { IsMetadata = isMetadata };
        Table.Add(key);
        return key;
    }

    private static RecordShape<SourceItem> SourceShape() => new(
        "a mapping with `path` and `url`",
        [
            new Field("path", Text, "File name in dist-git.", IsRequired: true),
            new Field("url", Text, "Where it is downloaded from.", IsRequired: true),
        ],
        v => new SourceItem(v.Get("path", ""), v.Get("url", "")));

    private static RecordShape<LabelRequirements> RequireShape()
    {
        var label = new RecordShape<LabelRequirements>(
            "a mapping with `present` and `absent`",
            [
                new Field("present", Texts, "At least one of these labels must be there."),
                new Field("absent", Texts, "None of these labels may be there."),
            ],
            v => new LabelRequirements(v.Get<IReadOnlyList<string>>("present", []), v.Get<IReadOnlyList<string>>("absent", [])));
        return new RecordShape<LabelRequirements>(
            "a mapping with `label`", [new Field("label", label, "Demands on labels.")], v => v.Get("label", LabelRequirements.None));
    }

    private static RecordShape<Notifications> NotificationsShape()
    {
        var pullRequest = new RecordShape<object>(
            "a mapping with `successful_build`", [new Field("successful_build", Flag, "Comment after a build in Copr.")], v => v.Get("successful_build", false));
        var comment = new RecordShape<object>(
            "a mapping with `message`", [new Field("message", Text, "Text added to failure comments and issues.")], v => v.Get("message", ""));
        var issue = new RecordShape<object>(
            "a mapping with `create`", [new Field("create", Flag, "Open an upstream issue on failure.")], v => v.Get("create", true));
        return new RecordShape<Notifications>(
            "a mapping with `pull_request`, `failure_comment` and `failure_issue`",
            [
                new Field("pull_request", pullRequest, "Comments on pull requests."),
                new Field("failure_comment", comment, "Comments on failures."),
                new Field("failure_issue", issue, "Issues about failures."),
            ],
            v => new Notifications(
                v.Get("pull_request", false), v.Get("failure_issue", true), v.Get("failure_comment", "") is { Length: > 0 } message ? message : null));
    }
}
