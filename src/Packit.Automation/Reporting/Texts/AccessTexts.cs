using System.Globalization;
using Packit.Automation.Access;

namespace Packit.Automation.Reporting.Texts;

/// <summary>What those read whose project or account is not let through.</summary>
public static class AccessTexts
{
    public const string ApprovalDocs = "https://packit.dev/docs/guide/#2-approval";

    public const string AskOperators = $"If that is a mistake, write to the operators of this service: {Operators}.";

    public const string Nobody = "Nobody can do this: a package config that is not merged is read for the check and for previews only. Merge it first.";

    public const string UnknownActor = "It is not known who asks for this, and it needs a permission. Ask for it with an account that can be looked up.";

    /// <summary>Packit: verification of the person who installed the App.</summary>
    public const string NotTheInstaller = "Packit verification comment command not created by the person who installed the application.";

    /// <summary>For installations of which only a name was ever noted.</summary>
    public const string InstallerNotNoted =
        $"It was not noted which account installed the application, and a name alone is no proof. Install it again, or write to the operators of this service: {Operators}.";

    private const string Operators = "hello@packit.dev";

    private const string PackagerDocs = "https://docs.fedoraproject.org/en-US/package-maintainers/Joining_the_Package_Maintainers/";

    public static string NotOnAllowlist(string project) => $"Project {MarkdownText.Inline(project)} is not on our allowlist! See {ApprovalDocs}";

    /// <summary>The same, and what to do; the first line tells one refusal from another.</summary>
    /// <param name="project">Key of the project in the allowlist.</param>
    /// <param name="account">Key of its account.</param>
    /// <param name="issue">Where the approval is asked for; null when nobody was asked.</param>
    /// <param name="commandPrefix">First word of commands.</param>
    public static string NotOnAllowlist(string project, string account, string? issue, string commandPrefix)
    {
        var how = issue is null
            ? $"To get {MarkdownText.Code(account)} approved, install the GitHub App again, or ask the operators of this service."
            : $"{MarkdownText.Code(account)} waits for its approval in {issue}: the person who installed the GitHub App comments "
                + $"`{commandPrefix} verify-fas my-fas-account` there.";
        return $"{NotOnAllowlist(project)}\n\n{how} Once it is approved, the newest release is proposed by itself; "
            + $"`{commandPrefix} propose-downstream` in an issue does it at any time.";
    }

    public static string ProjectDenied(string project) => $"{MarkdownText.Beginning(project)} or parent namespaces denied!";

    public static string NoWriteAccess(string login) => $"Account {MarkdownText.Inline(login)} has no write access!";

    /// <summary>For somebody under the login that the person who installed the App gave up.</summary>
    public static string NoLongerTheInstaller(string login) =>
        $"{NotTheInstaller} When it was installed, the name {MarkdownText.Inline(login)} belonged to another account. "
        + "The person who installed it gives this command under the name of their account today; it is known by its id.";

    /// <summary>For what came late: a name in it has changed hands since.</summary>
    public static string NameOfAnother(string login) =>
        $"The name {MarkdownText.Inline(login)} belongs to another account than the one that asked for this. "
        + "Ask for it again under the name of your account today.";

    public static string UserDenied(string login) => $"User namespace {MarkdownText.Inline(login)} denied!";

    /// <summary>A refusal, followed by what to do about it.</summary>
    public static string WithNext(string refusal, string next) => $"{refusal} {next}";

    public static string WhoMayMerge(string repository, bool orAuthor) =>
        $"This can be asked for by those who may merge in {MarkdownText.Inline(repository)}{(orAuthor ? " and by the author of the pull request" : "")}; "
        + "ask one of them, or for that right.";

    public static string NotAPackager(string login) =>
        $"Only packagers can give this command here, and {MarkdownText.Inline(login)} is not in the group `packager` of the Fedora account system. "
        + $"Ask a packager of the package to give it, or see how to become one: {PackagerDocs}";

    public static string NoCommitRights(string login, string package) =>
        $"Only those who may commit to {MarkdownText.Inline(package)} can give this command, and {MarkdownText.Inline(login)} may not. "
        + "Ask one of them to give it, or for commit rights in the settings of the package.";

    /// <summary>What is missing, for roles that say nothing more precise.</summary>
    public static string Needed(AccessRole role) => $"This needs {AccessRules.Meaning(role)}.";

    /// <summary>Why a comment is not answered; shown on the page of its delivery only.</summary>
    public static string TooMuch(string login, int answers, bool inThread)
    {
        var often = string.Create(CultureInfo.InvariantCulture, $"{answers} times {(inThread ? "here within an hour" : "within a day")}");
        return $"Not answered and not carried out: {login} has given commands {often}, and more is allowed only to those who may merge here. "
            + "One of them can give the command.";
    }

    // Why somebody may, for the page that explains a delivery.
    public const string AnyoneMay = "anyone may";

    public const string AccountNotDenied = "not denied";

    public static string IsAdministrator(string? login) => $"{login} is an administrator of the service";

    public static string IsPullRequestAuthor(string? login) => $"{login} is the author of the pull request";

    public static string HasInstalled(string? login) => $"{login} installed the App";

    public static string IsPackager(string login) => $"{login} is a packager";

    public static string MayMerge(string login, string repository) => $"{login} may merge in {repository}";

    public static string MayCommit(string login, string package) => $"{login} may commit to {package}";

    public static string Entry(string name, string status) => $"{name} is {status}";
}
