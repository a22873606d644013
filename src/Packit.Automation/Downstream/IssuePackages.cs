using Packit.Automation.Comments;
using Packit.Automation.Matching;
using Packit.Automation.Reporting;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Pagure;

namespace Packit.Automation.Downstream;

/// <summary>
/// The package that an issue of this service is about, for commands that are given there. The text of an issue can be edited, and the issue may
/// be old: what counts is that the package config names this repository for such issues.
/// </summary>
public sealed class IssuePackages(FailureIssues issues, PagureClient pagure, DistGitAddresses addresses, DistGitConfigs configs)
{
    /// <summary>Finds the package.</summary>
    /// <param name="given">The command.</param>
    /// <param name="kinds">The kinds of failures that it is for.</param>
    /// <param name="failed">The branches on which something failed, of a package and of the branches that the issue names.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <exception cref="Http.RemoteException">A remote failed; to be tried again later.</exception>
    public async Task<IssuePackage> FindAsync(
        GivenIssueCommand given, IReadOnlyList<string> kinds, Func<string, IReadOnlyList<string>, Task<IReadOnlyList<string>>> failed,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(kinds);
        ArgumentNullException.ThrowIfNull(failed);
        if (await issues.FindAsync(given, cancellationToken) is not { } thing || !kinds.Contains(thing.Kind))
        {
            return new IssuePackage.None(IssueCommandTexts.NotHere(given.Command.Name));
        }

        var package = thing.Subject;
        if (!PagureProject.TryParse($"rpms/{package}", out _)
            || await pagure.BranchesAsync(addresses.Project(package), cancellationToken) is not { Default: { } main } branches)
        {
            return new IssuePackage.None(IssueCommandTexts.NoPackage(package));
        }

        var names = await failed(package, thing.Branches);
        if (names.Count == 0)
        {
            return new IssuePackage.Fine(package);
        }

        string? why = null;
        foreach (var branch in names.Prepend(main).Distinct(StringComparer.Ordinal))
        {
            if (!branches.Commits.TryGetValue(branch, out var head))
            {
                continue;
            }

            switch (await configs.OfCommitAsync(package, head, cancellationToken))
            {
                case LoadedConfig.Valid valid when valid.Config.Views.Any(view => IsHere(view.Settings.IssueRepository, given)):
                    return new IssuePackage.Found(package, names, valid, branches.Commits);
                case LoadedConfig.Valid:
                    why ??= IssueCommandTexts.OtherIssueRepository(package);
                    break;
                case LoadedConfig.Invalid invalid:
                    why ??= ConfigTexts.Invalid(invalid.Path, head, invalid.Problems);
                    break;
            }
        }

        return new IssuePackage.None(why ?? PullRequestCommandTexts.NoConfig(package));
    }

    private static bool IsHere(string? repository, GivenIssueCommand given) =>
        repository is not null && string.Equals(Plain(repository), Plain(given.Repository.WebUrl), StringComparison.OrdinalIgnoreCase);

    private static string Plain(string url) => url.TrimEnd('/') is var plain && plain.EndsWith(".git", StringComparison.Ordinal) ? plain[..^4] : plain;
}

/// <summary>What an issue is about.</summary>
public abstract record IssuePackage
{
    private IssuePackage()
    {
    }

    /// <param name="Package">Name of the dist-git repository.</param>
    /// <param name="Branches">The branches on which something failed.</param>
    /// <param name="Config">The config of the package's default branch, or of the first of those branches where that has none.</param>
    /// <param name="Heads">The head of each branch of the package.</param>
    public sealed record Found(
        string Package, IReadOnlyList<string> Branches, LoadedConfig.Valid Config, IReadOnlyDictionary<string, string> Heads) : IssuePackage;

    /// <summary>Nothing of it is broken (any more).</summary>
    public sealed record Fine(string Package) : IssuePackage;

    /// <param name="Text">Why nothing can be done here, and where it can.</param>
    public sealed record None(string Text) : IssuePackage;
}
