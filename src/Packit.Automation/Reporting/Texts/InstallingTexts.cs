using Packit.Automation.Storage;

namespace Packit.Automation.Reporting.Texts;

/// <summary>What people read about installing the App and being approved.</summary>
public static class InstallingTexts
{
    private const string FasProfile = "https://accounts.fedoraproject.org/user/";

    private const string FasHome = "https://accounts.fedoraproject.org/";

    /// <summary>The kind of the approval issue; its subject is the id of the account.</summary>
    public const string IssueKind = "approval";

    /// <summary>Longest name that goes into an address; names of Fedora accounts are shorter.</summary>
    private const int LongestAccount = 64;

    /// <summary>Title of the approval issue (Packit: GitHub App installation).</summary>
    public static string IssueTitle(string accountType, string account) => $"{accountType} {account} needs to be approved.";

    /// <summary>Body of the approval issue, which speaks to the person who installed the App.</summary>
    /// <param name="sender">Login of that person, in GitHub's grammar: the one mention that is meant.</param>
    /// <param name="account">Login of the account in which the App was installed.</param>
    /// <param name="accountKey">Key of the account in the allowlist.</param>
    /// <param name="commandPrefix">First word of commands.</param>
    public static string IssueBody(string sender, string account, string accountKey, string commandPrefix) =>
        $"""
        Hi @{sender}, we need to approve you in order to start using the service for `{accountKey}`. If you have a Fedora account, you can do that yourself with a comment here:

            {commandPrefix} verify-fas <my-fas-username>

        1. The field *GitHub Username* of [your Fedora account]({FasHome}) has to be `{sender}`, and the profile must not be private.
        2. You have to be the person who installed the GitHub App for `{account}`.

        Without one, wait here: someone from the team will look at it. We ask because we were not able to find a Fedora account named
        `{sender.ToLowerInvariant()}` whose field *GitHub Username* names you.

        Once the account is approved, the newest release of each project that waits is proposed by itself. What the approval is for is said in the
        [documentation]({AccessTexts.ApprovalDocs}).
        """.ReplaceLineEndings("\n");

    public static string AlreadyApproved(string accountKey) => $"Namespace {MarkdownText.Code(accountKey)} was already approved.";

    public static string Denied(string accountKey) => $"Namespace {MarkdownText.Code(accountKey)} is denied.";

    /// <summary>The phrase, and what happens next.</summary>
    public static string Approved(string accountKey, string fasAccount, string commandPrefix) =>
        $"Namespace {MarkdownText.Code(accountKey)} approved successfully using FAS account {MarkdownText.Code(fasAccount)}!\n\n{AfterApproval(commandPrefix)}";

    public static string NoMatch(string fasAccount, string login) =>
        $"We were not able to find a match between the GitHub Username field in the FAS account {MarkdownText.Code(fasAccount)} and GitHub user {MarkdownText.Code(login)}. "
        + $"Please, check the [profile]({FasProfile}{Uri.EscapeDataString(fasAccount.Length > LongestAccount ? fasAccount[..LongestAccount] : fasAccount)}/): its field *GitHub Username* has to be {MarkdownText.Code(login)} and the profile must not be private "
        + $"([change it here]({FasHome})). Then give the command again. What the approval is for is said in the [documentation]({AccessTexts.ApprovalDocs}).";

    public static string NotAnApprovalIssue(string commandPrefix) =>
        $"This issue does not ask for the approval of an account, so `{commandPrefix} verify-fas` does nothing here. "
        + "Use it in the issue that this service opened when the GitHub App was installed; installing the App again opens one.";

    /// <summary>Last word in an approval issue that was settled elsewhere: by an operator, or by installing again.</summary>
    public static string Settled(string accountKey, AllowlistEntry entry, string commandPrefix) => entry.Status switch
    {
        AllowlistStatus.ApprovedManually =>
            $"Namespace {MarkdownText.Code(accountKey)} was approved by an operator of this service. Closing.\n\n{AfterApproval(commandPrefix)}",
        AllowlistStatus.ApprovedAutomatically =>
            $"Namespace {MarkdownText.Code(accountKey)} was approved: a Fedora account names the person who installed the GitHub App. Closing.\n\n{AfterApproval(commandPrefix)}",
        AllowlistStatus.Denied => $"{Denied(accountKey)} An operator of this service decided so. Closing.",
        AllowlistStatus.Waiting => throw new ArgumentException("It waits still.", nameof(entry)),
    };

    // Decisions, in the order of an installation's life.
    public static string FoundInFas(string accountKey, string fasAccount) =>
        $"{accountKey} is approved_automatically: the Fedora account {fasAccount} names the person who installed the App.";

    public static string Known(string accountKey, AllowlistStatus status) => $"{accountKey} is {WireNames<AllowlistStatus>.Of(status)} already.";

    public static string Waits(string accountKey, string sender, string issue) =>
        $"{accountKey} waits: no Fedora account {sender.ToLowerInvariant()} names {sender} as its GitHub user. The approval is asked for in {issue}.";

    public static string WaitsUnasked(string accountKey, string sender, string why) =>
        $"{accountKey} waits: no Fedora account {sender.ToLowerInvariant()} names {sender} as its GitHub user. "
        + $"{why} An operator approves it with 'packit-service allowlist add {accountKey}'.";

    public static string StillWaits(string accountKey, string sender) => $"{accountKey} waits still: {sender} was asked before.";

    public static string NoNotifications => "No repository for approval issues is configured (Installing:NotificationsRepository).";

    public static string Installed(string account, string sender) => $"{sender} installed the App for {account}.";

    public static string Removed(string account) => $"The App is not installed for {account} any more: work for it has ended.";

    public static string Suspended(string account) => $"The App is suspended for {account}: work for it waits until it is unsuspended.";

    public static string Active(string account) => $"The App works for {account}: what waited goes on.";

    public static string Old(string account) => $"This is about an earlier installation for {account}; the one of today counts.";

    public static string RepositoriesChanged(string account, int added, int removed) =>
        $"The App reaches other repositories of {account}: {added} added, {removed} removed.";

    public static string Renamed(string old, string now) => $"{old} is called {now} now; history and approval went along.";

    public static string Transferred(string old, string now) => $"{old} is {now} now; its history went along, the approval of its old owner did not.";

    public static string Noted(string name) => $"{name} was noted as it is.";

    public static string NameTaken(string account) =>
        $"{account} belongs to another account than before: the approval of the one before does not count for it.";

    // What stands in the row of a release's branch.
    public static string TargetSuspended(string account) =>
        $"The GitHub App is suspended for {account}, so nothing can be read there. It goes on by itself once the owner unsuspends the App "
        + "in the settings of the account (Applications, Installed GitHub Apps).";

    public static string TargetRemoved(string account, string commandPrefix) =>
        $"The GitHub App was removed from {account}, so nothing can be read there. Install it again for this repository, "
        + $"then comment `{commandPrefix} propose-downstream` in an issue.";

    // What a delivery came to that found the App away.
    public static string NotReached(string account, bool isSuspended, string commandPrefix) => isSuspended
        ? $"The App is suspended for {account}, so nothing was done. Once it is unsuspended, `{commandPrefix} propose-downstream` in an issue proposes the latest release."
        : $"The App is not installed for {account} any more, so nothing was done. Install it again, then `{commandPrefix} propose-downstream` in an issue proposes the latest release.";

    public static string ReadAgain => "The project was approved: the newest release that was refused is read again.";

    private static string AfterApproval(string commandPrefix) =>
        "The newest release of each project that was refused for want of approval is proposed now; nothing has to be published again. "
        + $"For any other, comment `{commandPrefix} propose-downstream` in an issue of the project.";
}
