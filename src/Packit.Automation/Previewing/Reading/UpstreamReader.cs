using System.Globalization;
using System.Text.RegularExpressions;
using Packit.Automation.Reporting.Texts;
using Packit.DistGit;

namespace Packit.Automation.Previewing;

/// <summary>Finds the upstream commit that is asked for, by git alone.</summary>
internal static partial class UpstreamReader
{
    private const string Head = "HEAD";

    /// <summary>Fetches the commit.</summary>
    /// <returns>The commit, or why there is none. A remote that is away is a problem too: without the commit there is nothing to show.</returns>
    public static async Task<(UpstreamSight? Found, PreviewProblem? Problem)> FindAsync(
        GitRepository repository, PreviewRequest request, CancellationToken cancellationToken)
    {
        var wants = Wants(request);
        if (wants.Count == 0)
        {
            return (null, new PreviewProblem(PreviewProblemKind.RefMissing, PreviewTexts.NoRef(request.Ref!)));
        }

        try
        {
            var fetched = await repository.FetchAsync(request.Source.Remote, wants, FetchDepth.Tip, !request.Source.IsLocal, cancellationToken);
            return wants.FirstOrDefault(want => fetched[want] is not null) is not { } found
                ? (null, new PreviewProblem(PreviewProblemKind.RefMissing, PreviewTexts.RefMissing(request.Source.Shown, AskedOf(request))))
                : (new UpstreamSight(fetched[found]!, await repository.TreeAsync(fetched[found]!, cancellationToken), AskedOf(request))
                {
                    Tag = (found as GitWant.Tag)?.Name,
                    PullRequest = (found as GitWant.PullRequest)?.Number,
                    IsAmbiguous = fetched.Commits.Count > 1,
                }, null);
        }
        catch (GitException git) when (git.Kind is GitFailure.NotFound or GitFailure.Unauthorized)
        {
            return (null, new PreviewProblem(PreviewProblemKind.RepositoryMissing, PreviewTexts.RepositoryMissing(request.Source.Shown)));
        }
        catch (GitException git) when (git.Kind is GitFailure.Refused)
        {
            return (null, new PreviewProblem(PreviewProblemKind.RefMissing, git.Message));
        }
        catch (GitException git)
        {
            return (null, new PreviewProblem(PreviewProblemKind.Unreachable, git.Message));
        }
    }

    /// <summary>The commit of a tag; null when the repository has no such tag.</summary>
    /// <exception cref="GitException">The repository cannot be read.</exception>
    public static async Task<string?> CommitOfTagAsync(GitRepository repository, PreviewSource source, string tag, CancellationToken cancellationToken)
    {
        var want = new GitWant.Tag(tag);
        return (await repository.ListRemoteAsync(source.Remote, [want], cancellationToken)).Count == 0
            ? null
            : (await repository.FetchAsync(source.Remote, [want], FetchDepth.Tip, !source.IsLocal, cancellationToken))[want];
    }

    /// <summary>What was asked for, in words.</summary>
    public static string AskedOf(PreviewRequest request) => request switch
    {
        { Ref: { Length: > 0 } named } => named.Trim(),
        { PullRequest: { } number } => string.Create(CultureInfo.InvariantCulture, $"pull/{number}/head"),
        _ => Head,
    };

    // What may be meant, the likelier first: as with git itself a tag goes before a branch of the same name.
    private static IReadOnlyList<GitWant> Wants(PreviewRequest request)
    {
        var asked = AskedOf(request);
        if (asked == Head)
        {
            return [new GitWant.Head()];
        }

        if (asked.Length == 40 && GitName.IsObject(asked.ToLowerInvariant()))
        {
            return [new GitWant.Commit(asked.ToLowerInvariant())];
        }

        if (PullRequestRef().Match(asked) is { Success: true } pull && int.TryParse(pull.Groups["number"].ValueSpan, out var number))
        {
            return [new GitWant.PullRequest(number)];
        }

        const string Tags = "refs/tags/", Heads = "refs/heads/";
        if (asked.StartsWith(Tags, StringComparison.Ordinal) && GitName.IsRef(asked[Tags.Length..]))
        {
            return [new GitWant.Tag(asked[Tags.Length..])];
        }

        if (asked.StartsWith(Heads, StringComparison.Ordinal) && GitName.IsRef(asked[Heads.Length..]))
        {
            return [new GitWant.Branch(asked[Heads.Length..])];
        }

        return GitName.IsRef(asked) ? [new GitWant.Tag(asked), new GitWant.Branch(asked)] : [];
    }

    [GeneratedRegex("^(refs/)?pull/(?<number>[1-9][0-9]{0,8})/head$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PullRequestRef();
}
