using System.Globalization;
using System.Text;

namespace Packit.DistGit;

/// <content>Reading objects.</content>
public sealed partial class GitRepository
{
    /// <summary>The most paths that a listing may have.</summary>
    public const int MaxEntries = 200_000;

    private const int MaxDepth = 64;
    private const long TreeBytesCap = 64L << 20;
    private const int CommitCap = 1 << 20;
    private const int LinkCap = 4096;
    private const int MaxLinks = 5000;

    /// <summary>Lists all paths of a commit.</summary>
    /// <param name="commit">Full name of a commit that was fetched or written.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="GitException">The commit is not here, or has more than <see cref="MaxEntries"/> paths.</exception>
    public async Task<GitTree> TreeAsync(string commit, CancellationToken cancellationToken)
    {
        var facts = await CommitAsync(commit, cancellationToken);
        var entries = new List<GitTreeEntry>();
        var unreadable = 0;
        var level = new List<(string Path, string Oid)> { ("", facts.Tree) };
        for (var depth = 0; level.Count > 0; depth++)
        {
            var trees = await _reader.ReadTreesAsync([.. level.Select(static tree => tree.Oid)], TreeBytesCap, cancellationToken);
            var next = new List<(string Path, string Oid)>();
            foreach (var (tree, content) in level.Zip(trees))
            {
                foreach (var item in TreeItem.Parse(content))
                {
                    if (item.Text is not { } name)
                    {
                        unreadable++;
                    }
                    else if (item.IsDirectory)
                    {
                        next.Add((tree.Path + name + "/", item.Oid));
                    }
                    else
                    {
                        entries.Add(new GitTreeEntry(tree.Path + name, item.Kind, item.Oid));
                    }
                }
            }

            if (entries.Count + next.Count > MaxEntries || depth > MaxDepth)
            {
                throw new GitException(GitFailure.TooLarge, $"The commit {commit} has more than {MaxEntries} paths, or they are nested too deeply.");
            }

            level = next;
        }

        await ReadLinksAsync(entries, cancellationToken);
        return new GitTree(entries, unreadable);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="entry">A file or a symbolic link, whose content is its target.</param>
    /// <param name="cap">The most bytes that are accepted.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="GitException">It is not here, or is larger.</exception>
    public Task<byte[]> ReadAsync(GitTreeEntry entry, int cap, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return ReadAsync(entry.Oid, cap, cancellationToken);
    }

    /// <summary>Reads a blob by its full name. One that a fetch left out for its size is fetched now.</summary>
    /// <inheritdoc cref="ReadAsync(GitTreeEntry, int, CancellationToken)"/>
    public async Task<byte[]> ReadAsync(string oid, int cap, CancellationToken cancellationToken)
    {
        GitName.Object(oid);
        if (await _reader.ReadAsync(oid, "blob", cap, cancellationToken) is { } here)
        {
            return here;
        }

        await EnsureAsync(oid, cancellationToken);
        return await _reader.ReadAsync(oid, "blob", cap, cancellationToken)
            ?? throw new GitException(GitFailure.NotFound, $"The object {oid} is not a file of this repository.");
    }

    /// <summary>Looks for one file of a commit, without listing the others.</summary>
    /// <param name="commit">Full name of a commit that was fetched or written.</param>
    /// <param name="path">Path from the top.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The full name of its blob; null when there is no file of that path, or the commit is not here.</returns>
    public async Task<string?> FindFileAsync(string commit, string path, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        // A line end would begin another question to the reader.
        return path.AsSpan().ContainsAny('\n', '\r')
            ? null
            : await _reader.InfoAsync($"{GitName.Object(commit)}:{path}", cancellationToken) is { Type: "blob" } blob ? blob.Oid : null;
    }

    /// <summary>What a commit says.</summary>
    /// <exception cref="GitException">It is not here.</exception>
    public async Task<GitCommitFacts> CommitAsync(string sha, CancellationToken cancellationToken)
    {
        var content = await _reader.ReadAsync(GitName.Object(sha), "commit", CommitCap, cancellationToken)
            ?? throw new GitException(GitFailure.NotFound, $"The commit {sha} is not in the repository.");
        return CommitText.Parse(sha, Encoding.UTF8.GetString(content));
    }

    /// <summary>The commits that a branch has beyond another, newest first: <c>base..tip</c> of git-rev-list(1).</summary>
    /// <param name="baseCommit">Commits that this one reaches are left out.</param>
    /// <param name="tip">Where to begin.</param>
    /// <param name="limit">The most commits to return.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <remarks>At the end of a shallow history the list ends, too; fetch with enough depth.</remarks>
    /// <exception cref="GitException">One of the two is not here.</exception>
    public async Task<IReadOnlyList<GitCommitFacts>> CommitsBetweenAsync(
        string baseCommit, string tip, int limit, CancellationToken cancellationToken)
    {
        var output = await _program.RunAsync(
            new GitCommand(
                GitVerb.RevList, $"--max-count={limit.ToString(CultureInfo.InvariantCulture)}", "--end-of-options",
                GitName.Object(tip), "^" + GitName.Object(baseCommit)),
            Folder,
            cancellationToken);
        if (output.ExitCode != 0)
        {
            throw GitErrors.Failure($"Listing the commits between {baseCommit} and {tip}", output);
        }

        var commits = new List<GitCommitFacts>();
        foreach (var sha in Encoding.ASCII.GetString(output.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            commits.Add(await CommitAsync(sha, cancellationToken));
        }

        return commits;
    }

    /// <summary>The difference of two commits as text (unified format), for people to read.</summary>
    /// <param name="from">The older commit.</param>
    /// <param name="to">The newer commit.</param>
    /// <param name="cap">The most bytes; a longer difference ends at a whole line with a note.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="GitException">One of the two is not here.</exception>
    public async Task<string> DiffAsync(string from, string to, int cap, CancellationToken cancellationToken)
    {
        var output = await _program.RunAsync(
            new GitCommand(
                GitVerb.DiffTree, "-r", "--patch", "--no-color", "--no-ext-diff", "--no-textconv", "--find-renames", "--no-commit-id", "--end-of-options",
                GitName.Object(from), GitName.Object(to))
            {
                OutputCap = cap,
                CutOutput = true,
            },
            Folder,
            cancellationToken);
        if (output.ExitCode != 0)
        {
            throw GitErrors.Failure($"Comparing {from} with {to}", output);
        }

        var text = Encoding.UTF8.GetString(output.Output);
        return output.WasCut ? text[..(text.LastIndexOf('\n') + 1)] + $"… the difference is longer than {cap} bytes\n" : text;
    }

    private async Task ReadLinksAsync(List<GitTreeEntry> entries, CancellationToken cancellationToken)
    {
        var links = 0;
        for (var at = 0; at < entries.Count && links < MaxLinks; at++)
        {
            if (entries[at].Kind == GitEntryKind.SymbolicLink)
            {
                links++;
                var target = await _reader.ReadAsync(entries[at].Oid, "blob", LinkCap, cancellationToken);
                entries[at] = entries[at] with { LinkTarget = target is null ? null : TreeItem.TextOf(target) };
            }
        }
    }

    private async Task EnsureAsync(string oid, CancellationToken cancellationToken)
    {
        if (_largeBlobs is { } remote && await _reader.InfoAsync(oid, cancellationToken) is null)
        {
            await FetchBlobAsync(oid, remote, cancellationToken);
        }
    }
}
