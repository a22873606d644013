namespace Packit.Automation.Reporting.Texts;

/// <summary>Title, description and commit message of a dist-git pull request.</summary>
public static class PullRequestTexts
{
    public static string Title(string branch, string version) => $"Update {branch} to upstream release {version}";

    /// <summary>The version that a title of ours names; null when it is another title.</summary>
    public static string? VersionOf(string title, string branch)
    {
        ArgumentNullException.ThrowIfNull(title);
        var prefix = Title(branch, "");
        return title.Length > prefix.Length && title.StartsWith(prefix, StringComparison.Ordinal) ? title[prefix.Length..] : null;
    }

    public static string CommitTitle(string version) => $"Update to {version} upstream release";

    /// <summary>The message of the one commit of the working branch.</summary>
    public static string CommitMessage(UpstreamFacts upstream, string version)
    {
        ArgumentNullException.ThrowIfNull(upstream);
        var bugs = string.Concat(upstream.Bugs.Select(bug => $"- Resolves: {bug}\n"));
        return $"{CommitTitle(version)}\n\n"
            + (bugs.Length > 0 ? bugs + "\n" : "")
            + $"Upstream tag: {upstream.Tag}\nUpstream commit: {upstream.ShortCommit}\n\n"
            + "Commit authored by Packit automation (https://packit.dev/)\n";
    }

    /// <summary>The description. Where to read the log stands at its end, so that nothing has to be appended later.</summary>
    /// <param name="upstream">The release.</param>
    /// <param name="distGit">The package.</param>
    /// <param name="workingBranch">The branch of the fork.</param>
    /// <param name="targetUrl">The page of the branch.</param>
    /// <param name="agreement">A paragraph about who agreed, or has to; null for none.</param>
    public static string Body(UpstreamFacts upstream, DistGitFacts distGit, string workingBranch, string targetUrl, string? agreement = null)
    {
        ArgumentNullException.ThrowIfNull(upstream);
        ArgumentNullException.ThrowIfNull(distGit);
        var clone = $"ssh://$YOUR_USER@{distGit.SshHost}/forks/{distGit.User}/{distGit.Namespace}/{distGit.Package}.git";
        var bugs = string.Concat(upstream.Bugs.Select(
            bug => $"Resolves: [{bug}](https://bugzilla.redhat.com/show_bug.cgi?id={bug.Replace("rhbz#", "", StringComparison.Ordinal)})\n"));
        return $"""
            Upstream tag: [{MarkdownText.Inline(upstream.Tag)}]({upstream.TagUrl})
            Upstream commit: [{upstream.ShortCommit}]({upstream.CommitUrl})
            {bugs}{(agreement is null ? "" : $"\n{agreement}")}
            ---

            If you need to do any change in this pull request, you can clone Packit's fork and push directly to the source branch of this PR (provided you have commit access to this repository):
            ```
            git clone {clone}
            cd {distGit.Package}
            git checkout {workingBranch}
            git push origin {workingBranch}
            ```

            ---

            Alternatively, if you already have the package repository cloned, you can just fetch the Packit's fork:
            ```
            cd {distGit.Package}
            git remote add packit {clone}
            git fetch packit refs/heads/{workingBranch}
            git checkout {workingBranch}
            git push packit {workingBranch}
            ```

            ---

            If a `koji_build` job is configured for this package, name those whose work may be built in `allowed_pr_authors` and `allowed_committers`: by default, Packit reacts only to its own PRs. See [koji_build](https://packit.dev/docs/configuration/downstream/koji_build).

            ---

            Before you merge, please check the new version against the [packaging guidelines](https://docs.fedoraproject.org/en-US/packaging-guidelines/):

            - the sources hold permissible content only
            - the licence has not changed
            - the API and the ABI have not changed, or the packages that depend on this one were told
            - the generated changelog says what users need to know

            ---
            Logs and details of the syncing: [Packit dashboard]({targetUrl})

            """.ReplaceLineEndings("\n");
    }

    public static string ReadmeOf(string version) =>
        $"This repository is maintained by packit.\nhttps://packit.dev/\nThe file was generated using packit {version}.\n";
}

/// <summary>The release, as pull requests and commits name it.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="TagUrl">The page of the release.</param>
/// <param name="Commit">Full sha of the commit that the tag points to.</param>
/// <param name="CommitUrl">The page of the commit.</param>
/// <param name="Bugs">Tickets that the update resolves: <c>rhbz#123</c>.</param>
public sealed record UpstreamFacts(string Tag, string TagUrl, string Commit, string CommitUrl, IReadOnlyList<string> Bugs)
{
    /// <summary>The first eight characters, as people see commits everywhere in the product.</summary>
    public string ShortCommit => Commit[..Math.Min(8, Commit.Length)];
}

/// <summary>The package's place in dist-git, as instructions name it.</summary>
public sealed record DistGitFacts(string SshHost, string User, string Namespace, string Package);
