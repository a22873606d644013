namespace Packit.Automation.Comments.Grammar;

/// <summary>A command as it was understood.</summary>
public abstract record Command
{
    private Command()
    {
    }

    /// <summary>The word behind the prefix.</summary>
    public abstract string Name { get; }

    /// <summary>Value of <c>--package</c>: only the jobs of this package of a monorepo; null for all.</summary>
    public string? Package { get; init; }

    public sealed record Help : Command
    {
        public override string Name => "help";
    }

    /// <param name="Tag">The release; null for the issue's own, or the latest.</param>
    /// <param name="All">All branches, not only those that are not done.</param>
    /// <param name="Branches">Only these; empty for all that are configured.</param>
    public sealed record ProposeDownstream(string? Tag, bool All, IReadOnlyList<string> Branches) : Command
    {
        public override string Name => "propose-downstream";
    }

    /// <param name="ResolveBugs">Bugs that the proposal resolves.</param>
    /// <param name="WithPullRequestConfig">Whether the config of the pull request counts.</param>
    /// <param name="Version">The version; null for the latest.</param>
    public sealed record PullFromUpstream(IReadOnlyList<string> ResolveBugs, bool WithPullRequestConfig, string? Version) : Command
    {
        public override string Name => "pull-from-upstream";
    }

    public sealed record KojiBuild : Command
    {
        public override string Name => "koji-build";
    }

    public sealed record KojiTag(bool AllBranches) : Command
    {
        public override string Name => "koji-tag";
    }

    public sealed record CreateUpdate : Command
    {
        public override string Name => "create-update";
    }

    public sealed record VerifyFas(string Account) : Command
    {
        public override string Name => "verify-fas";
    }

    /// <param name="Ref">The commit, branch or tag; null for the head.</param>
    /// <param name="Tag">The tag that the release would have; null when it is to be told from the commit.</param>
    public sealed record Preview(string? Ref, string? Tag) : Command
    {
        public override string Name => "preview";
    }

    public sealed record AllowUpstream(bool Revoke) : Command
    {
        public override string Name => "allow-upstream";
    }
}
