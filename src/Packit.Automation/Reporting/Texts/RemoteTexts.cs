namespace Packit.Automation.Reporting.Texts;

/// <summary>What is told when a remote service does not do what is needed. Plain text.</summary>
public static class RemoteTexts
{
    public static string Away(string service, string said) => $"{service} does not answer as it should: {said}";

    /// <summary>What is told while a remote is waited for.</summary>
    public static string TriedUntil(string problem, DateTimeOffset until) => $"{Sentence(problem)} It is tried again until {ProposeDownstreamTexts.Instant(until)}.";

    /// <summary>What is told when a remote was waited for in vain.</summary>
    public static string GivenUp(string problem, DateTimeOffset since) => $"{Sentence(problem)} It was so since {ProposeDownstreamTexts.Instant(since)}, and is not tried again by itself.";

    public static string Limited(string service, string said) => $"{service} asks to slow down: {said}";

    public static string Credentials(string service, string said) =>
        $"{service} refuses the credentials of this service; its operators have to renew them. {said}";

    public static string Forbidden(string service, string said) => $"{service} does not allow this: {said}";

    public static string Unexpected(string service, string said) => $"{service} answered what was not expected: {said}";

    public static string NoRepository(string setting, string url, string host) => $"{setting} ({url}) is not a repository on {host}.";

    public static string NotInstalled(string setting, string url) => $"The GitHub App is not installed in {setting} ({url}); install it there to get issues.";

    public static string NoIssues(string setting, string url) => $"{setting} ({url}) has no issues; switch them on to get reports.";

    public static string NotServed(string setting, string url) => $"{setting} ({url}) is private and not served here; name a public one to get reports.";

    private static string Sentence(string text) => text.EndsWith('.') || text.EndsWith('!') ? text : text + ".";
}
