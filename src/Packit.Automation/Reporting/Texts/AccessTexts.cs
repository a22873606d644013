namespace Packit.Automation.Reporting.Texts;

/// <summary>What those read whose project or account is not let through.</summary>
public static class AccessTexts
{
    public const string ApprovalDocs = "https://packit.dev/docs/guide/#2-approval";

    public static string NotOnAllowlist(string project) => $"Project {project} is not on our allowlist! See {ApprovalDocs}";

    public static string ProjectDenied(string project) => $"{project} or parent namespaces denied!";

    public static string NoWriteAccess(string login) => $"Account {login} has no write access!";

    public static string UserDenied(string login) => $"User namespace {login} denied!";
}
