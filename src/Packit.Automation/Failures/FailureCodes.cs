namespace Packit.Automation.Failures;

/// <summary>Stable codes of failures. Each is explained in docs/errors.md.</summary>
public static class FailureCodes
{
    public const string TagTemplate = "TAG_TEMPLATE";
    public const string BranchMissing = "BRANCH_MISSING";
    public const string PackageMissing = "PACKAGE_MISSING";
    public const string SpecMissing = "SPEC_MISSING";
    public const string SourceMissing = "SOURCE_MISSING";
    public const string SourceUnknown = "SOURCE_UNKNOWN";
    public const string SourceName = "SOURCE_NAME";
    public const string SourceStale = "SOURCE_STALE";
    public const string SourceHashOld = "SOURCE_HASH_OLD";
    public const string PathOutside = "PATH_OUTSIDE";
    public const string ActionsOff = "ACTIONS_OFF";
    public const string SourceGitUnsupported = "SOURCE_GIT_UNSUPPORTED";
    public const string DistGitUnsupported = "DIST_GIT_UNSUPPORTED";
    public const string ForeignCommits = "FOREIGN_COMMITS";
    public const string BranchMoved = "BRANCH_MOVED";
    public const string PushDenied = "PUSH_DENIED";
    public const string AgreementAwaited = "AGREEMENT_AWAITED";
    public const string AgreementMissing = "AGREEMENT_MISSING";
    public const string AgreementBlocked = "AGREEMENT_BLOCKED";
    public const string ArchiveNotThere = "ARCHIVE_NOT_THERE";
    public const string ArchiveRefused = "ARCHIVE_REFUSED";
    public const string ArchiveChanged = "ARCHIVE_CHANGED";
    public const string ArchiveNotVerified = "ARCHIVE_NOT_VERIFIED";
    public const string NvrUnknown = "NVR_UNKNOWN";
    public const string NameForeign = "NAME_FOREIGN";
    public const string BuildTargetMissing = "BUILD_TARGET_MISSING";
    public const string KojiAnswerLost = "KOJI_ANSWER_LOST";
    public const string KojiNotAllowed = "KOJI_NOT_ALLOWED";
    public const string KojiRefused = "KOJI_REFUSED";
    public const string KojiTaskGone = "KOJI_TASK_GONE";
    public const string BuildFailed = "BUILD_FAILED";
    public const string BuildCanceled = "BUILD_CANCELED";
    public const string BuildTooLong = "BUILD_TOO_LONG";
    public const string BuildNotTagged = "BUILD_NOT_TAGGED";
    public const string BodhiAnswerLost = "BODHI_ANSWER_LOST";
    public const string UpdateRights = "UPDATE_RIGHTS";
    public const string UpdateRefused = "UPDATE_REFUSED";
    public const string RemoteAway = "REMOTE_AWAY";
    public const string RemoteLimit = "REMOTE_LIMIT";
    public const string RemoteCredentials = "REMOTE_CREDENTIALS";
    public const string RemotePermission = "REMOTE_PERMISSION";
    public const string RemoteAnswer = "REMOTE_ANSWER";
    public const string AppSuspended = "APP_SUSPENDED";
    public const string AppRemoved = "APP_REMOVED";
    public const string Internal = "INTERNAL";
}
