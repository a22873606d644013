using System.Text.Json;
using Packit.Http;

namespace Packit.FedoraMessaging;

/// <summary>From Pagure's fields to what they mean.</summary>
internal static class PagureReading
{
    private const int LongestRef = 255;

    public static GitReceive GitReceive(WireGitReceive wire) => new(
        Repository(wire.Repo),
        Ref(wire.Branch),
        wire.OldCommit is { } old && GitNames.IsCommit(old) ? old : null,
        wire.StartCommit is null ? null : Commit(wire.StartCommit, "start_commit"),
        Commit(wire.EndCommit, "end_commit"),
        wire.TotalCommits,
        wire.Forced,
        wire.Agent,
        wire.PullRequestId,
        wire.ChangedFiles ?? []);

    public static PullRequestComment Comment(WirePullRequestMessage wire)
    {
        var comments = wire.Pullrequest.Comments is { Count: > 0 } some
            ? some
            : throw new JsonException("The pull request has no comments.");
        return new PullRequestComment(PullRequest(wire.Pullrequest), [.. comments.Select(Comment)], wire.Agent);
    }

    public static PullRequestComment EditedComment(WirePullRequestMessage wire) => new(
        PullRequest(wire.Pullrequest), [Comment(wire.Comment ?? throw new JsonException("The message has no comment."))], wire.Agent) { IsEdit = true };

    public static PullRequestClosed Closed(WirePullRequestMessage wire) =>
        new(PullRequest(wire.Pullrequest), wire is { Merged: true, Pullrequest.Status: "Merged" }, wire.Agent);

    private static BusComment Comment(WireComment wire) => new(wire.Id, wire.Comment, wire.User.Name, wire.DateCreated, wire.Notification);

    private static BusPullRequest PullRequest(WirePullRequest wire) => new(
        wire.Id,
        Repository(wire.Project),
        Ref(wire.Branch),
        wire.RepoFrom is { } source ? Repository(source) : null,
        wire.BranchFrom,
        wire.Title ?? "",
        wire.User.Name,
        wire.Status ?? "Open",
        wire.CommitStop is { } head && GitNames.IsCommit(head) ? head : null,
        wire.ClosedBy?.Name,
        WebAddress.Of(wire.FullUrl));

    private static BusRepository Repository(WireProject wire) => new(
        wire.Namespace ?? "",
        wire.Name.Length > 0 ? wire.Name : throw new JsonException("The project has no name."),
        wire.Fullname,
        wire.User?.Name,
        wire.Parent?.Fullname,
        WebAddress.Of(wire.FullUrl));

    private static string Commit(string id, string field) =>
        GitNames.IsCommit(id) ? id : throw new JsonException($"{field} is no commit: {RemoteText.Clean(id)}");

    private static string Ref(string name) =>
        name.Length is > 0 and <= LongestRef ? name : throw new JsonException($"A branch name of {name.Length} characters.");
}
