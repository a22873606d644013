namespace Packit.Automation.Nvr;

/// <summary>A commit of a package as rpmautospec looks at it.</summary>
/// <param name="Parents">Full names of its parents.</param>
/// <param name="HasSpec">Whether the package's spec is there.</param>
/// <param name="Version">Epoch and version of the spec (<c>1:2.0</c>, <c>2.0</c>); null when there is no spec or it does not say.</param>
/// <param name="BumpRelease">The number that its message asks for, or 0.</param>
internal sealed record HistoryCommit(IReadOnlyList<string> Parents, bool HasSpec, string? Version, int BumpRelease);

/// <summary>
/// Counts what <c>%autorelease</c> stands for: the commits since the version changed, along the longest way
/// (rpmautospec: <c>PkgHistoryProcessor.release_number_visitor</c>).
/// </summary>
/// <param name="read">Gives a commit by its full name; asked once for each.</param>
internal sealed class PackageHistory(Func<string, CancellationToken, Task<HistoryCommit>> read)
{
    /// <summary>The most commits that are looked at; no version of any package has as many.</summary>
    public const int MaxCommits = 50_000;

    private readonly Dictionary<string, HistoryCommit> _commits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>The release number of a commit: 1 for the first with its version.</summary>
    /// <exception cref="InvalidDataException">The history is longer than <see cref="MaxCommits"/>.</exception>
    public async Task<int> ReleaseNumberAsync(string head, CancellationToken cancellationToken)
    {
        // Parents before children, without recursion: histories are long.
        var open = new Stack<string>([head]);
        while (open.TryPeek(out var sha))
        {
            if (_numbers.ContainsKey(sha))
            {
                open.Pop();
                continue;
            }

            var commit = await CommitAsync(sha, cancellationToken);
            var followed = await FollowedAsync(commit, cancellationToken);
            var missing = followed.Where(parent => !_numbers.ContainsKey(parent)).ToList();
            if (missing.Count == 0)
            {
                _numbers[sha] = Number(commit, followed);
                open.Pop();
            }

            missing.ForEach(open.Push);
        }

        return _numbers[head];
    }

    /// <summary>A version that no parent has begins here, whatever came before.</summary>
    private async Task<IReadOnlyList<string>> FollowedAsync(HistoryCommit commit, CancellationToken cancellationToken)
    {
        if (commit.Version is null)
        {
            return commit.Parents;
        }

        foreach (var parent in commit.Parents)
        {
            var version = (await CommitAsync(parent, cancellationToken)).Version;
            if (version is null || version == commit.Version)
            {
                return commit.Parents;
            }
        }

        return [];
    }

    private int Number(HistoryCommit commit, IReadOnlyList<string> followed)
    {
        var before = 0;
        foreach (var parent in followed)
        {
            // A spec that could not be read for a while, or a package that was retired for a while, does not end the count.
            var version = _commits[parent].Version;
            if (commit.Version is null || version is null || version == commit.Version)
            {
                before = Math.Max(before, _numbers[parent]);
            }
        }

        return Math.Max(commit.HasSpec ? before + 1 : before, commit.BumpRelease);
    }

    private async Task<HistoryCommit> CommitAsync(string sha, CancellationToken cancellationToken)
    {
        if (!_commits.TryGetValue(sha, out var commit))
        {
            if (_commits.Count >= MaxCommits)
            {
                throw new InvalidDataException($"The version of the package is the same in more than {MaxCommits} commits.");
            }

            _commits[sha] = commit = await read(sha, cancellationToken);
        }

        return commit;
    }
}
