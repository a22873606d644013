using Packit.DistGit;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Whose work a working branch of the service's fork holds.</summary>
internal static class ForeignCommits
{
    /// <summary>How many foreign commits are named to people.</summary>
    private const int Named = 10;

    /// <summary>Commits of others that the working branch has beyond the branch it is proposed to; none when all of them are ours.</summary>
    /// <param name="repository">Where the head of the dist-git branch is.</param>
    /// <param name="fork">The fork.</param>
    /// <param name="main">The package itself, which has the history.</param>
    /// <param name="workingBranch">Name of the working branch.</param>
    /// <param name="parent">Head of the dist-git branch.</param>
    /// <param name="present">Head of the working branch.</param>
    /// <param name="email">The address that our own commits carry.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="GitException">Fork or package cannot be read.</exception>
    public static async Task<IReadOnlyList<GitCommitFacts>> FindAsync(
        GitRepository repository, GitRemote fork, GitRemote main, string workingBranch, string parent, string present, string email,
        CancellationToken cancellationToken)
    {
        await repository.FetchAsync(fork, [new GitWant.Branch(workingBranch)], FetchDepth.Full, withoutLargeBlobs: false, cancellationToken);
        await repository.DeepenAsync(main, parent, cancellationToken);
        var beyond = await repository.CommitsBetweenAsync(parent, present, Named, cancellationToken);
        return [.. beyond.Where(found => found.Committer.Email != email || found.Author.Email != email)];
    }
}
