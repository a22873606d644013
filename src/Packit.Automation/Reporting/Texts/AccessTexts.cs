namespace Packit.Automation.Reporting.Texts;

/// <summary>What those read whose project or account is not let through.</summary>
public static class AccessTexts
{
    public const string ApprovalDocs = "https://packit.dev/docs/guide/#2-approval";

    public static string NotOnAllowlist(string project) => $"Project {project} is not on our allowlist! See {ApprovalDocs}";

    /// <summary>The same, and what to do; the first line tells one refusal from another.</summary>
    /// <param name="project">Key of the project in the allowlist.</param>
    /// <param name="account">Key of its account.</param>
    /// <param name="issue">Where the approval is asked for; null when nobody was asked.</param>
    /// <param name="commandPrefix">First word of commands.</param>
    public static string NotOnAllowlist(string project, string account, string? issue, string commandPrefix)
    {
        var how = issue is null
            ? $"To get `{account}` approved, install the GitHub App again, or ask the operators of this service."
            : $"`{account}` waits for its approval in {issue}: the person who installed the GitHub App comments "
                + $"`{commandPrefix} verify-fas my-fas-account` there.";
        return $"{NotOnAllowlist(project)}\n\n{how} Once it is approved, the newest release is proposed by itself; "
            + $"`{commandPrefix} propose-downstream` in an issue does it at any time.";
    }

    public static string ProjectDenied(string project) => $"{project} or parent namespaces denied!";

    public static string NoWriteAccess(string login) => $"Account {login} has no write access!";

    public static string UserDenied(string login) => $"User namespace {login} denied!";
}
