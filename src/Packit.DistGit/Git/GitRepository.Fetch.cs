using System.Text;

namespace Packit.DistGit;

/// <content>Fetching.</content>
public sealed partial class GitRepository
{
    private const int AllCommits = int.MaxValue;

    private int _fetches;
    private GitRemote? _largeBlobs;

    /// <summary>Fetches commits with their content.</summary>
    /// <param name="remote">Where from.</param>
    /// <param name="wants">Branches, tags and commits; those that the remote does not have are reported, not an error.</param>
    /// <param name="depth">How much history.</param>
    /// <param name="withoutLargeBlobs">Leave large files out until they are read (git's partial clone); then they come from the same remote.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <exception cref="GitException">The remote cannot be read, or a limit was reached.</exception>
    public async Task<FetchResult> FetchAsync(
        GitRemote remote, IReadOnlyList<GitWant> wants, FetchDepth depth, bool withoutLargeBlobs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(remote);
        ArgumentNullException.ThrowIfNull(wants);
        var place = $"refs/packit/{Interlocked.Increment(ref _fetches)}";
        var asked = wants.Distinct().ToList();
        var missing = new List<GitWant>();
        if (withoutLargeBlobs)
        {
            _largeBlobs = remote;
        }

        // git names one absent ref and ends; so each round has one want less, and usually there is one round.
        while (asked.Count > 0)
        {
            var output = await ReceiveAsync(Command(asked), cancellationToken);
            if (output.ExitCode == 0)
            {
                break;
            }

            if (Absent(asked, output.Errors) is not { } absent)
            {
                throw GitErrors.Failure($"Fetching {string.Join(", ", asked.Select(static want => want.Source))} from {remote.Shown}", output);
            }

            asked.Remove(absent);
            missing.Add(absent);
        }

        var commits = new Dictionary<GitWant, string>();
        foreach (var want in asked)
        {
            commits[want] = await CommitOfAsync(want, Place(want), cancellationToken);
        }

        return new FetchResult(commits, missing);

        string Place(GitWant want) => $"{place}/{wants.TakeWhile(other => other != want).Count()}";

        GitCommand Command(IEnumerable<GitWant> rest) => new(
            GitVerb.Fetch,
            ["--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", $"--depth={depth.Commits ?? AllCommits}",
                "--end-of-options", GitEnvironment.RemoteName, .. rest.Select(want => $"+{want.Source}:{Place(want)}")])
        {
            Remote = remote,
            BlobLimit = withoutLargeBlobs ? _program.Options.LargeBlob : null,
            WithoutNegotiation = depth.Commits is not null,
        };
    }

    /// <summary>Where branches and tags of a remote are, without fetching anything.</summary>
    /// <param name="remote">Where to look.</param>
    /// <param name="wants">Branches and tags.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>For each that exists the object it names: of an annotated tag the tag object.</returns>
    /// <exception cref="GitException">The remote cannot be read.</exception>
    public async Task<IReadOnlyDictionary<GitWant, string>> ListRemoteAsync(
        GitRemote remote, IReadOnlyList<GitWant> wants, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(remote);
        var output = await _program.RunAsync(
            new GitCommand(GitVerb.LsRemote, ["--quiet", "--end-of-options", GitEnvironment.RemoteName, .. wants.Select(static want => want.Source)])
            {
                Remote = remote,
            },
            Folder,
            cancellationToken);
        if (output.ExitCode != 0)
        {
            throw GitErrors.Failure($"Listing branches of {remote.Shown}", output);
        }

        // A pattern of ls-remote matches the end of a name, so other names may be listed too.
        var lines = Encoding.UTF8.GetString(output.Output).Split('\n').Select(static line => line.Split('\t')).Where(static line => line.Length == 2);
        var found = lines.ToLookup(static line => line[1], static line => line[0]);
        return wants.Where(want => found[want.Source].Any(GitName.IsObject)).Distinct()
            .ToDictionary(static want => want, want => found[want.Source].First());
    }

    private static GitWant? Absent(List<GitWant> asked, string errors)
    {
        var lines = errors.Split('\n');
        return asked.Find(want => Array.Exists(lines, line =>
            line.EndsWith($"couldn't find remote ref {want.Source}", StringComparison.Ordinal)
            || line.EndsWith($"not our ref {want.Source}", StringComparison.Ordinal)
            || line.EndsWith($"unadvertised object {want.Source}", StringComparison.Ordinal)));
    }

    private async Task<string> CommitOfAsync(GitWant want, string place, CancellationToken cancellationToken)
    {
        var text = (await File.ReadAllTextAsync(Path.Combine(Folder, place), cancellationToken)).Trim();
        var oid = GitName.Object(text);
        if (want is GitWant.Branch)
        {
            return oid;
        }

        return (await _reader.InfoAsync(oid + "^{commit}", cancellationToken))?.Oid
            ?? throw new GitException(GitFailure.Refused, $"{want.Source} stands for something that is not a commit.");
    }

    // The one large file that is read after all, from the remote that kept it back.
    private async Task FetchBlobAsync(string oid, GitRemote remote, CancellationToken cancellationToken)
    {
        var output = await ReceiveAsync(
            new GitCommand(
                GitVerb.Fetch, "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--end-of-options", GitEnvironment.RemoteName, oid)
            {
                Remote = remote,
                BlobLimit = _program.Options.LargeBlob,
                WithoutNegotiation = true,
            },
            cancellationToken);
        if (output.ExitCode != 0)
        {
            throw GitErrors.Failure($"Fetching a large file ({oid}) from {remote.Shown}", output);
        }
    }
}
