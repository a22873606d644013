namespace Packit.DistGit;

/// <content>Making commits and sending them.</content>
public sealed partial class GitRepository
{
    /// <summary>Makes a commit. The same draft always gives the same name.</summary>
    /// <param name="draft">Parent, message and changes.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Full name of the commit; the parent's own name when the changes change nothing, and then no commit is made.</returns>
    /// <exception cref="GitException">The parent is not here, or a path may not stand in a repository.</exception>
    public async Task<string> WriteCommitAsync(CommitDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var parent = await CommitAsync(draft.Parent, cancellationToken);
        foreach (var existing in draft.Changes.OfType<TreeChange.PutExisting>().Where(static change => change.Kind != GitEntryKind.Submodule))
        {
            // The receiver needs the content, so a large file that was left out must come now.
            await EnsureAsync(GitName.Object(existing.Oid), cancellationToken);
        }

        var tree = await new TreeEdit(_reader, _writer).ApplyAsync(parent.Tree, draft.Changes, cancellationToken);
        return tree == parent.Tree ? draft.Parent : _writer.WriteCommit(tree, draft);
    }

    /// <summary>Sets a branch of a remote to a commit, if it still stands where the caller thinks.</summary>
    /// <param name="remote">Where to.</param>
    /// <param name="sha">The commit.</param>
    /// <param name="branch">Name of the branch there.</param>
    /// <param name="expectedSha">Where the branch must stand now; null when it must not exist.</param>
    /// <param name="history">
    /// Where the history can be had when the receiver lacks it (a fork that is behind refuses commits on a shallow history); null: <paramref name="remote"/>.
    /// </param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="GitException">The remote cannot be reached, or refuses the credentials.</exception>
    public async Task<PushResult> PushAsync(
        GitRemote remote, string sha, string branch, string? expectedSha, GitRemote? history, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(remote);
        var target = "refs/heads/" + GitName.Ref(branch);
        var command = new GitCommand(
            GitVerb.Push, "--porcelain", "--no-progress", "--no-verify", "--no-recurse-submodules", "--no-follow-tags",
            $"--force-with-lease={target}:{(expectedSha is null ? "" : GitName.Object(expectedSha))}",
            "--end-of-options", GitEnvironment.RemoteName, $"{GitName.Object(sha)}:{target}")
        {
            Remote = remote,
        };
        var output = await _program.RunAsync(command, Folder, cancellationToken);
        if (PushReport.NeedsHistory(output))
        {
            await DeepenAsync(history ?? remote, sha, cancellationToken);
            output = await _program.RunAsync(command, Folder, cancellationToken);
        }

        return PushReport.Read(output, target) switch
        {
            PushResult.LeaseLost => new PushResult.LeaseLost(
                (await ListRemoteAsync(remote, [new GitWant.Branch(branch)], cancellationToken)).Values.FirstOrDefault()),
            { } result => result,
            null => throw GitErrors.Failure($"Pushing {branch} to {remote.Shown}", output),
        };
    }

    /// <summary>Fetches the whole history of a commit whose parents were left out, or of its nearest ancestor that the remote has.</summary>
    /// <exception cref="GitException">The remote cannot be read.</exception>
    public async Task DeepenAsync(GitRemote remote, string sha, CancellationToken cancellationToken)
    {
        var shallow = await ShallowAncestorAsync(sha, cancellationToken);
        if (shallow is not null)
        {
            await FetchAsync(remote, [new GitWant.Commit(shallow)], FetchDepth.Full, withoutLargeBlobs: false, cancellationToken);
        }
    }

    private async Task<string?> ShallowAncestorAsync(string sha, CancellationToken cancellationToken)
    {
        var file = Path.Combine(Folder, "shallow");
        var shallow = File.Exists(file) ? await File.ReadAllLinesAsync(file, cancellationToken) : [];
        for (var commit = sha; shallow.Length > 0;)
        {
            if (Array.IndexOf(shallow, commit) >= 0)
            {
                return commit;
            }

            if ((await CommitAsync(commit, cancellationToken)).Parents is not [var parent, ..])
            {
                return null;
            }

            commit = parent;
        }

        return null;
    }
}
