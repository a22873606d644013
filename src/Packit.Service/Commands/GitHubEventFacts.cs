using System.Globalization;
using System.Text.Json;
using Packit.Automation.Events;
using Packit.Automation.Storage;
using Packit.GitHub;

namespace Packit.Service.Commands;

/// <summary>What is read from a webhook of GitHub.</summary>
internal static class GitHubEventFacts
{
    // The field that tells the type of a body that came without its header; the first that is there counts.
    private static readonly (string Field, string Type)[] TypeOfField =
    [
        ("check_run", "check_run"), ("check_suite", "check_suite"), ("release", "release"), ("zen", "ping"),
        ("repositories_added", "installation_repositories"), ("target_type", "installation_target"), ("pusher", "push"), ("pull_request", "pull_request"), ("issue", "issue_comment"),
        ("comment", "commit_comment"), ("repository", "repository"), ("installation", "installation"),
    ];

    /// <summary>Reads a body.</summary>
    /// <param name="type">The value of <c>X-GitHub-Event</c>; null when it is not known.</param>
    /// <param name="bytes">The body.</param>
    public static EventFacts Read(string? type, byte[] bytes)
    {
        var eventType = type ?? TypeOf(bytes);
        if (eventType is null)
        {
            return new EventFacts(
                Readable: false, [("source", "github"), ("type", null), ("error", "The type cannot be told from the body; give --type.")], "None can be told.");
        }

        List<(string, string?)> fields = [("source", "github"), ("type", eventType)];
        var read = GitHubWebhook.Parse(eventType, bytes);
        fields.AddRange(Fields(read));
        return new EventFacts(read is not MalformedEvent, fields, Reaction(eventType, bytes));
    }

    private static IEnumerable<(string, string?)> Fields(GitHubEvent read)
    {
        if (read is RepositoryEvent inRepository)
        {
            yield return ("repository", inRepository.Repository.FullName);
            yield return ("sender", inRepository.Sender.Login);
            yield return ("installation", Number(inRepository.InstallationId));
        }

        IEnumerable<(string, string?)> own = read switch
        {
            ReleaseEvent e => [("action", e.Action), ("tag", e.Release.TagName), ("url", e.Release.HtmlUrl.AbsoluteUri)],
            IssueCommentEvent e => [("action", e.Action), ("issue", Number(e.Issue.Number)), ("comment", e.Comment.Body)],
            CommitCommentEvent e => [("action", e.Action), ("comment", e.Comment.Body)],
            CheckRunEvent e => [("action", e.Action), ("check", e.CheckRun.Name)],
            CheckSuiteEvent e => [("action", e.Action), ("commit", e.CheckSuite.HeadSha)],
            PullRequestEvent e => [("action", e.Action), ("pull_request", Number(e.PullRequest.Number))],
            PushEvent e => [("ref", e.Ref), ("before", e.Before), ("after", e.After)],
            InstallationEvent e => [("action", e.Action), ("installation", Number(e.Installation.Id)), ("sender", e.Sender.Login)],
            InstallationRepositoriesEvent e => [("action", e.Action), ("installation", Number(e.Installation.Id)), ("sender", e.Sender.Login)],
            InstallationTargetEvent e => [("action", e.Action), ("account", e.Account.Login), ("before", e.Changes.Login?.From)],
            RepositoryChangedEvent e => [("action", e.Action)],
            PingEvent e => [("zen", e.Zen)],
            MalformedEvent e => [("error", e.Reason)],
            _ => [],
        };
        foreach (var field in own)
        {
            yield return field;
        }
    }

    private static string Reaction(string eventType, byte[] bytes)
    {
        var delivery = new InboxDelivery
        {
            Source = DeliverySource.GitHub, DeliveryId = "", EventType = eventType, Body = bytes,
            ReceivedAt = DateTimeOffset.UnixEpoch, NextAttemptAt = DateTimeOffset.UnixEpoch,
        };
        return GitHubEvents.Read(delivery).Match(new ReactionTexts());
    }

    private static string? TypeOf(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 64 });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Array.Find(TypeOfField, known => document.RootElement.TryGetProperty(known.Field, out _)).Type
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
