using System.Text.Json;
using System.Text.Unicode;
using Packit.Http;

namespace Packit.FedoraMessaging;

/// <summary>What a message says: one of a closed set, by its topic.</summary>
public abstract record MessageBody
{
    /// <summary>The instance name of Fedora's own Koji; others may publish under the same topics.</summary>
    /// <remarks>koji-fedoramessaging: the field <c>instance</c>.</remarks>
    private const string PrimaryKoji = "primary";

    private protected MessageBody()
    {
    }

    /// <summary>Reads a body. Fields that are not used may be anything; those that are must be what they should be.</summary>
    /// <param name="topic">With its prefix; the part after <c>org.fedoraproject.&lt;environment&gt;.</c> decides.</param>
    /// <param name="body">The bytes, UTF-8 JSON.</param>
    /// <returns><see cref="OtherBody"/> for what concerns nobody here, <see cref="MalformedBody"/> for what cannot be read. Never throws on a bad body.</returns>
    public static MessageBody Parse(string topic, ReadOnlyMemory<byte> body)
    {
        ArgumentNullException.ThrowIfNull(topic);
        if (body.Length > BusMessage.MaxBodyBytes)
        {
            return new MalformedBody($"The body has {body.Length} bytes; at most {BusMessage.MaxBodyBytes} are read.");
        }

        if (!Utf8.IsValid(body.Span))
        {
            return new MalformedBody("The body is not UTF-8.");
        }

        try
        {
            return Read(BusTopics.Subject(topic), body.Span);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // The second is the JSON library's way to say that a string holds half a character.
            return new MalformedBody($"The body is not what topic {RemoteText.Clean(topic)} promises: {RemoteText.Clean(broken.Message)}");
        }
    }

    private static MessageBody Read(string? subject, ReadOnlySpan<byte> body) => subject switch
    {
        BusTopics.GitReceive => PagureReading.GitReceive(MessageJson.Read(body, MessageJson.Default.WireGitReceive)),
        BusTopics.PullRequestComment => PagureReading.Comment(MessageJson.Read(body, MessageJson.Default.WirePullRequestMessage)),
        BusTopics.PullRequestCommentEdited => PagureReading.EditedComment(MessageJson.Read(body, MessageJson.Default.WirePullRequestMessage)),
        BusTopics.PullRequestClosed => PagureReading.Closed(MessageJson.Read(body, MessageJson.Default.WirePullRequestMessage)),
        BusTopics.BuildState => OfPrimary(MessageJson.Read(body, MessageJson.Default.WireBuildState), KojiReading.BuildState),
        BusTopics.TaskState => OfPrimary(MessageJson.Read(body, MessageJson.Default.WireTaskState), KojiReading.TaskState),
        BusTopics.Tag => OfPrimary(MessageJson.Read(body, MessageJson.Default.WireTag), KojiReading.Tagged),
        BusTopics.Untag => OfPrimary(MessageJson.Read(body, MessageJson.Default.WireTag), KojiReading.Untagged),
        not null when subject.StartsWith(BusTopics.UpdatePrefix, StringComparison.Ordinal) =>
            BodhiReading.Update(subject[BusTopics.UpdatePrefix.Length..], MessageJson.Read(body, MessageJson.Default.WireUpdateMessage)),
        _ => Other(body),
    };

    private static MessageBody OfPrimary<T>(T wire, Func<T, MessageBody> read)
        where T : IKojiWire => wire switch
    {
        { Instance: not PrimaryKoji } => new OtherBody($"It is of the Koji instance '{RemoteText.Clean(wire.Instance)}', not of '{PrimaryKoji}'."),
        { Attribute: not (null or "state") } => new OtherBody($"The attribute '{RemoteText.Clean(wire.Attribute)}' changed, not the state."),
        _ => read(wire),
    };

    // Even what nobody asks for is no message when it is no JSON object.
    private static OtherBody Other(ReadOnlySpan<byte> body)
    {
        MessageJson.RequireObject(body);
        return new OtherBody("Nothing here reacts to its topic.");
    }
}

/// <summary>A message that concerns nobody here.</summary>
/// <param name="Why">One sentence.</param>
public sealed record OtherBody(string Why) : MessageBody;

/// <summary>Not JSON, or not the fields that its topic promises.</summary>
/// <param name="Reason">What is wrong with it, fit to be shown.</param>
public sealed record MalformedBody(string Reason) : MessageBody;
