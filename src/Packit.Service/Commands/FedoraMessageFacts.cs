using System.Globalization;
using System.Text.Json;
using Packit.Automation.Events;
using Packit.Automation.Storage;
using Packit.FedoraMessaging;

namespace Packit.Service.Commands;

/// <summary>
/// The envelope of a message of Fedora's bus, as <c>fedora-messaging</c> stores it, as datagrepper answers it, or as AMQP carries it
/// (the topic is the routing key there).
/// </summary>
internal static class FedoraMessageFacts
{
    public static EventFacts Read(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 128 });
            return MessageEnvelope.Read(document.RootElement) is { } message
                ? Read(message)
                : Unreadable("The body is no message: an object with 'topic', 'id' and 'body' is expected.");
        }
        catch (JsonException broken)
        {
            return Unreadable($"The body is not JSON: {broken.Message}");
        }
    }

    private static EventFacts Read(BusMessage message)
    {
        var body = message.Problem is { } problem ? new MalformedBody(problem) : MessageBody.Parse(message.Topic, message.Body);
        List<(string, string?)> fields =
        [
            ("source", "fedora-messaging"), ("type", message.Topic), ("topic", message.Topic), ("id", message.Id),
            ("sent_at", message.SentAt?.ToString("u", CultureInfo.InvariantCulture)), ("schema", message.Schema), .. Fields(body),
        ];
        var delivery = new InboxDelivery
        {
            Source = DeliverySource.FedoraMessaging, DeliveryId = message.Id, EventType = message.Topic, Body = message.Body.ToArray(),
            ReceivedAt = DateTimeOffset.UnixEpoch, NextAttemptAt = DateTimeOffset.UnixEpoch,
        };
        return new EventFacts(body is not MalformedBody, fields, BusEvents.Read(delivery).Match(new ReactionTexts()));
    }

    private static IEnumerable<(string, string?)> Fields(MessageBody body) => body switch
    {
        GitReceive push =>
        [
            ("repository", push.Repository.FullName), ("branch", push.Branch), ("commit", push.EndCommit), ("agent", push.Agent),
            ("pull_request", Number(push.PullRequestId)),
        ],
        PullRequestComment comment =>
        [
            ("repository", comment.PullRequest.Project.FullName), ("pull_request", Number(comment.PullRequest.Id)), ("agent", comment.Agent),
            ("comment", comment.Last.Text),
        ],
        PullRequestClosed closed =>
        [
            ("repository", closed.PullRequest.Project.FullName), ("pull_request", Number(closed.PullRequest.Id)), ("agent", closed.Agent),
            ("merged", closed.Merged ? "yes" : "no"),
        ],
        BuildStateChange change =>
        [
            ("build", change.Build.Nvr), ("state", change.New.ToString()), ("owner", change.Build.Owner), ("target", change.Request?.Target),
            ("commit", change.Request?.Commit),
        ],
        TaskStateChange change => [("task", Number(change.TaskId)), ("state", change.New.ToString()), ("owner", change.Owner)],
        BuildTagged tagged => [("build", tagged.Build.Nvr), ("tag", tagged.Tag)],
        BuildUntagged untagged => [("build", untagged.Build.Nvr), ("tag", untagged.Tag)],
        UpdateChanged change =>
        [
            ("update", change.Alias), ("status", change.Status), ("request", change.Request), ("builds", string.Join(", ", change.Nvrs)),
        ],
        MalformedBody malformed => [("error", malformed.Reason)],
        _ => [],
    };

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static EventFacts Unreadable(string reason) => new(Readable: false, [("source", "fedora-messaging"), ("error", reason)], "It would be refused.");
}
