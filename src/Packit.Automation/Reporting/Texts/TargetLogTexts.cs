using System.Globalization;

namespace Packit.Automation.Reporting.Texts;

/// <summary>What the log and the plan of a branch say, shown on its page. Plain text.</summary>
public static class TargetLogTexts
{
    public const string NoSuchBranch = "the branch does not exist";

    public const string NoSpecFile = "it has no spec file";

    public const string NoFetchableUrl = "it is not a URL that can be fetched";

    public static string InCacheAlready(string file) => $"{file} is in the lookaside cache and in 'sources' already.";

    public static string Bringing(string file, long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"Bringing {file} ({bytes} bytes) to the lookaside cache");

    public static string PatchTooLarge(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"a patch of {bytes} bytes is too large for dist-git");

    public static string NotOffered(string branch, string reason) => $"Not offered to {branch}: {reason}";

    public static string KeptArchive(string file) => $"archive {file} as it is in 'sources'";

    public static string ChangelogFromUpstream(string path) =>
        $"'{path}' comes from upstream by 'files_to_sync', so that no changelog entry is written to it.";

    public static string Release(string tag, string project, string commit) => $"Release {tag} of {project} at commit {commit}";

    public static string BranchAt(string branch, string package, string head) => $"Branch {branch} of {package} stands at {head}";

    public static string StandsAlready(string branch, string commit) => $"{branch} stands at {commit} already";

    public static string Pushed(string commit, string branch) => $"Pushed {commit} to {branch}";

    public static string NextAttempt(string text, DateTimeOffset next) => $"{text} Next attempt at {ProposeDownstreamTexts.Instant(next)}.";

    public static string SourceNowhere(string tag, string file) =>
        $"{tag} ({file}) is neither a URL, nor in dist-git, nor in 'sources'; a build will not find it.";

    public static string AskingRpm(int line, string reason) =>
        string.Create(CultureInfo.InvariantCulture, $"Line {line} of the spec {reason}: asking rpm, in a confinement");

    public static string RpmFailed(string reason) => $"rpm could not tell: {reason}";

    public static string RpmAway(string reason) => $"rpm cannot be asked here: {reason}";
}
