using System.ComponentModel.DataAnnotations;
using Packit.FedoraMessaging;

namespace Packit.Automation.Settings;

/// <summary>Fedora's message bus, which tells of pushes, builds and updates. Section <c>Messaging</c>.</summary>
public sealed record MessagingOptions : IValidatableObject
{
    public const string Section = "Messaging";

    /// <summary>What the service reacts to. In full, because what is missed can be asked for by whole names only.</summary>
    private static readonly string[] KnownTopics =
    [
        BusTopics.GitReceive, BusTopics.PullRequestComment, BusTopics.PullRequestCommentEdited, BusTopics.PullRequestClosed, BusTopics.BuildState, BusTopics.TaskState, BusTopics.Tag,
        .. new[]
        {
            "request.testing", "request.stable", "request.unpush", "request.obsolete", "request.revoke", "edit", "eject",
            "complete.testing", "complete.stable", "requirements_met.stable", "karma.threshold.reach",
        }.Select(change => BusTopics.UpdatePrefix + change),
    ];

    /// <summary>
    /// The broker: <c>amqps://rabbitmq.fedoraproject.org/%2Fpublic_pubsub</c> for Fedora's public one. It holds no password. Empty to listen to
    /// none.
    /// </summary>
    public string BrokerUrl { get; init; } = "";

    /// <summary>Name of the queue; on Fedora's public broker a UUID, made once with <c>uuidgen</c> and kept.</summary>
    public string Queue { get; init; } = "";

    /// <summary>Whether queue and bindings are made by the service; not where the broker's operators make them.</summary>
    public bool DeclareQueue { get; init; } = true;

    /// <summary>What stands before every topic: <c>org.fedoraproject.stg.</c> for staging.</summary>
    [Required, RegularExpression(@"^([a-z0-9-]+\.)+$", ErrorMessage = "Messaging:TopicPrefix is words that end with a dot each, such as org.fedoraproject.prod.")]
    public string TopicPrefix { get; init; } = "org.fedoraproject.prod.";

    /// <summary>Topics without their prefix and without wildcards; none for all that the service reacts to.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>PEM file with the client certificate; for Fedora's public broker <c>fedora-cert.pem</c> of fedora-messaging.</summary>
    public string ClientCertificateFile { get; init; } = "";

    /// <summary>PEM file with its key; empty when it is in the same file.</summary>
    public string ClientKeyFile { get; init; } = "";

    /// <summary>PEM file with the authority of the broker's certificate (<c>cacert.pem</c> of fedora-messaging); empty for those that the system trusts.</summary>
    public string AuthorityFile { get; init; } = "";

    /// <summary>Name at a broker that takes passwords; not used with a client certificate.</summary>
    public string User { get; init; } = "";

    /// <summary>File with the password.</summary>
    public string PasswordFile { get; init; } = "";

    /// <summary>Messages that the broker hands out before the first of them is acknowledged.</summary>
    [Range(1, 10_000)]
    public int Prefetch { get; init; } = 25;

    /// <summary>How often both sides show that they live.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Where missed messages are read back: <c>https://apps.fedoraproject.org/datagrepper/</c>. Without a broker it is asked all the time, which is
    /// enough for a trial. Empty for neither.
    /// </summary>
    public string DatagrepperUrl { get; init; } = "";

    /// <summary>How far before the last known message reading back begins: messages come late and out of order.</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The longest absence that is read back.</summary>
    public TimeSpan LongestGap { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How often datagrepper is asked where there is no broker.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The topics as they go over the wire.</summary>
    public IReadOnlyList<string> FullTopics => [.. (Topics.Count > 0 ? Topics : KnownTopics).Select(topic => TopicPrefix + topic)];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, value, least) in new[]
        {
            (nameof(Heartbeat), Heartbeat, TimeSpan.FromSeconds(5)), (nameof(Overlap), Overlap, TimeSpan.FromMinutes(1)),
            (nameof(LongestGap), LongestGap, TimeSpan.FromMinutes(1)), (nameof(PollInterval), PollInterval, TimeSpan.FromSeconds(1)),
        })
        {
            if (value < least || value > TimeSpan.FromDays(60))
            {
                yield return new ValidationResult($"Messaging:{name} must be between {least} and 60 days.", [name]);
            }
        }

        foreach (var topic in Topics.Where(topic => topic.Length == 0 || topic.AsSpan().ContainsAny("*# ")))
        {
            yield return new ValidationResult($"Messaging:Topics: '{topic}' is no whole topic; wildcards cannot be read back when messages were missed.", [nameof(Topics)]);
        }

        if (DatagrepperUrl.Length > 0 && !(Uri.TryCreate(DatagrepperUrl, UriKind.Absolute, out var grepper) && grepper.Scheme is ("https" or "http")))
        {
            yield return new ValidationResult("Messaging:DatagrepperUrl is no web address.", [nameof(DatagrepperUrl)]);
        }

        foreach (var problem in BrokerUrl.Length > 0 ? BrokerProblems() : [])
        {
            yield return problem;
        }
    }

    private IEnumerable<ValidationResult> BrokerProblems()
    {
        if (!Uri.TryCreate(BrokerUrl, UriKind.Absolute, out var url) || url.Scheme is not ("amqps" or "amqp") || url.Host.Length == 0)
        {
            yield return new ValidationResult(
                "Messaging:BrokerUrl is no address of a broker, such as amqps://rabbitmq.fedoraproject.org/%2Fpublic_pubsub.", [nameof(BrokerUrl)]);
            yield break;
        }

        if (url.UserInfo.Length > 0)
        {
            yield return new ValidationResult(
                "Messaging:BrokerUrl holds a user or a password: name the user in Messaging:User and the file with the password in Messaging:PasswordFile.",
                [nameof(BrokerUrl)]);
        }

        if (BrokerSettings.ProblemOfQueueName(Queue, url) is { } problem)
        {
            yield return new ValidationResult($"Messaging:Queue: {problem}", [nameof(Queue)]);
        }

        if (ClientCertificateFile.Length == 0 && (User.Length == 0 || PasswordFile.Length == 0))
        {
            yield return new ValidationResult(
                "The broker needs a login: Messaging:ClientCertificateFile, or Messaging:User and Messaging:PasswordFile.", [nameof(ClientCertificateFile)]);
        }

        if (ClientCertificateFile.Length > 0 && url.Scheme != "amqps")
        {
            yield return new ValidationResult("A client certificate signs in over amqps only: change Messaging:BrokerUrl.", [nameof(BrokerUrl)]);
        }
    }
}
