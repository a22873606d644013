using Packit.Automation.Events;
using Packit.Automation.Storage;

namespace Packit.Automation.Reporting.Texts;

/// <summary>What people read about whether a package's packagers agree to releases of a project.</summary>
public static class AgreementTexts
{
    /// <summary>Who agreed, when and where; plain text.</summary>
    public static string Agreed(PackageAgreement agreement)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        return agreement.Kind switch
        {
            AgreementKind.Packager => $"Agreed to by {MarkdownText.Visible(agreement.GivenBy ?? "a packager")} on {Day(agreement.GivenAt)}: {agreement.Evidence}",
            AgreementKind.DistGitConfig => $"The package's configuration names the project since {Day(agreement.GivenAt)} or before: {agreement.Evidence}",
        };
    }

    public static string NotAgreed(UpstreamRepository upstream, string package, string prefix)
    {
        ArgumentNullException.ThrowIfNull(upstream);
        return $"Neither does the configuration of {package} in dist-git name {upstream.WebUrl} as `upstream_project_url`, nor has one of its packagers agreed. "
            + $"A packager with commit rights can do so with the comment `{prefix} allow-upstream` in the pull request.";
    }

    /// <summary>The paragraph of the pull request that asks; nothing else in it speaks of it, so that it can be exchanged later.</summary>
    public static string AskParagraph(UpstreamRepository upstream, string package, string prefix)
    {
        ArgumentNullException.ThrowIfNull(upstream);
        return $"""
            ---

            **This is a question to the packagers of {MarkdownText.Inline(package)}.** The repository {Link(upstream)} would like to propose its releases to this package, and nobody on the package's side has agreed to that so far. The sources of this release are therefore not in the lookaside cache yet, and what is merged now cannot be built.

            If you have commit rights on this package and want these releases, write the comment `{prefix} allow-upstream`: the sources are uploaded then, and the other branches follow by themselves. If you do not want them, close this pull request.

            """.ReplaceLineEndings("\n");
    }

    /// <summary>The paragraph of a pull request that was agreed to.</summary>
    public static string AgreedParagraph(UpstreamRepository upstream, PackageAgreement agreement)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        return agreement.Kind switch
        {
            AgreementKind.Packager =>
                $"Releases of {Link(upstream)} are proposed here since {MarkdownText.Inline(agreement.GivenBy ?? "a packager")} [agreed]({agreement.Evidence}) on {Day(agreement.GivenAt)}.\n",
            AgreementKind.DistGitConfig => $"Releases of {Link(upstream)} are proposed here because the [configuration of this package]({agreement.Evidence}) names it.\n",
        };
    }

    /// <summary>What a branch says that waits.</summary>
    /// <param name="package">Name of the dist-git repository.</param>
    /// <param name="url">The pull request that asks; null before it stands.</param>
    /// <param name="until">When the waiting ends.</param>
    public static string Waits(string package, string? url, DateTimeOffset until) => url is null
        ? $"Waits for the pull request in which the packagers of {package} are asked whether they agree."
        : $"Waits for a packager of {package} to agree in {url} until {Day(until)}.";

    /// <summary>What a preview says of a branch that would wait.</summary>
    public static string WaitsForAnswer(string package, string branch) =>
        $"Would wait until a packager of {package} agrees in the pull request for {branch}, which asks them.";

    public static string NobodyAgreed(string package, string? url, TimeSpan patience, string prefix) =>
        $"No packager of {package} agreed within {Days(patience)}. "
        + (url is null ? "" : $"One with commit rights still can, with the comment `{prefix} allow-upstream` in {url}. ")
        + $"The next release asks again, and so does the comment `{prefix} propose-downstream` in an issue of the project.";

    public static string Closed(string package, string url, string prefix) =>
        $"The packagers of {package} closed {url}, which asked whether they agree. "
        + $"The next release asks again, and so does the comment `{prefix} propose-downstream` in an issue of the project.";

    public static string InTheWay(string url, string branch, string package, UpstreamRepository upstream, string prefix)
    {
        ArgumentNullException.ThrowIfNull(upstream);
        return $"The open pull request {url} to {branch} comes from another repository, and no packager of {package} has agreed to releases of {upstream.Name}, "
            + $"so nothing of it is changed. When it is merged or closed, ask again with the comment `{prefix} propose-downstream`.";
    }

    /// <summary>The command was given where it means nothing.</summary>
    public static string NotOurs(string prefix) =>
        $"This pull request proposes no release, so there is no project to agree to. Write `{prefix} allow-upstream` in a pull request that this service has opened.";

    public static string Shown(string url, string prefix) =>
        $"This pull request shows a release of another repository by now. Read it again, and write `{prefix} allow-upstream` once more if you agree to {MarkdownText.Inline(url)}.";

    public static string Given(UpstreamRepository upstream, string package, IReadOnlyList<string> branches, string prefix)
    {
        ArgumentNullException.ThrowIfNull(branches);
        var now = branches.Count == 0
            ? $"Nothing waits for it just now; for a release that was left alone, the project's maintainers write `{prefix} propose-downstream` in an issue."
            : $"This release goes on now: {string.Join(", ", branches)}.";
        return $"Thank you. Releases of {Link(upstream)} are proposed to {MarkdownText.Inline(package)} from now on. {now} "
            + $"To take it back, write `{prefix} allow-upstream --revoke`.";
    }

    public static string GivenBefore(UpstreamRepository upstream, string package, PackageAgreement agreement)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        return $"Releases of {Link(upstream)} are proposed to {MarkdownText.Inline(package)} already. {MarkdownText.Inline(Agreed(agreement))}";
    }

    public static string Revoked(UpstreamRepository upstream, string package) =>
        $"Releases of {Link(upstream)} are not proposed to {MarkdownText.Inline(package)} any more without a new agreement. What is open already stays as it is; the next release asks again.";

    public static string StillNamed(UpstreamRepository upstream, PackageAgreement agreement)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        return $"The package's configuration still names {Link(upstream)}: take `upstream_project_url` out of it to end that too. {agreement.Evidence}";
    }

    public static string NothingToRevoke(UpstreamRepository upstream, string package) =>
        $"Nobody has agreed to releases of {Link(upstream)} for {MarkdownText.Inline(package)}, so there is nothing to take back.";

    private static string Link(UpstreamRepository upstream)
    {
        ArgumentNullException.ThrowIfNull(upstream);
        return $"[{MarkdownText.Inline(upstream.Name.ToString())}]({upstream.WebUrl})";
    }

    private static string Day(DateTimeOffset instant) => $"{instant.UtcDateTime:yyyy-MM-dd}";

    private static string Days(TimeSpan patience) => patience.TotalDays >= 2 ? $"{(int)patience.TotalDays} days" : $"{(int)patience.TotalHours} hours";
}
