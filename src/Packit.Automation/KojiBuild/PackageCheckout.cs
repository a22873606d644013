using Packit.Automation.Nvr;
using Packit.Automation.Settings;
using Packit.Automation.Workspaces;
using Packit.DistGit;
using Packit.Specfile;

namespace Packit.Automation.KojiBuild;

/// <summary>Looks at one commit of a package with git: whether it is on its branch, and what it would be built as.</summary>
public sealed class PackageCheckout(GitProgram git, DistGitAddresses addresses, ProcessFolder process)
{
    /// <summary>The head is usually the commit; a few pushes later it is not far below; and only then all of the history is needed.</summary>
    private static readonly FetchDepth[] Depths = [FetchDepth.Tip, new(50), FetchDepth.Full];

    /// <summary>Looks.</summary>
    /// <param name="package">Name of the dist-git repository.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="commit">Full sha.</param>
    /// <param name="macros">The macros of the branch's builders.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="GitException">dist-git cannot be read.</exception>
    public async Task<(CommitPlace Place, NvrReading? Nvr)> LookAsync(
        string package, string branch, string commit, MacroContext macros, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(process.Path, $"build-{Path.GetRandomFileName()}");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            var remote = addresses.Main(package);
            await using var repository = await GitRepository.CreateAsync(git, Path.Combine(folder, "git"), cancellationToken);
            var place = await PlaceAsync(repository, remote, branch, commit, cancellationToken);
            return place == CommitPlace.OnBranch
                ? (place, await NvrReader.ReadAsync(repository, remote, package, branch, commit, macros, cancellationToken))
                : (place, null);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<CommitPlace> PlaceAsync(
        GitRepository repository, GitRemote remote, string branch, string commit, CancellationToken cancellationToken)
    {
        var want = new GitWant.Branch(branch);
        foreach (var depth in Depths)
        {
            var heads = await repository.FetchAsync(remote, [want], depth, withoutLargeBlobs: false, cancellationToken);
            if (heads[want] is not { } head)
            {
                return CommitPlace.BranchMissing;
            }

            // Nothing but this branch was ever fetched into this repository, so what is in it is on the branch.
            if (head == commit || await HasAsync(repository, commit, cancellationToken))
            {
                return CommitPlace.OnBranch;
            }
        }

        return CommitPlace.NotOnBranch;
    }

    private static async Task<bool> HasAsync(GitRepository repository, string commit, CancellationToken cancellationToken)
    {
        try
        {
            await repository.CommitAsync(commit, cancellationToken);
            return true;
        }
        catch (GitException missing) when (missing.Kind == GitFailure.NotFound)
        {
            return false;
        }
    }
}
