namespace Packit.FedoraMessaging;

/// <summary>The topics that are read, without their prefix.</summary>
/// <remarks>Pagure: pagure/lib/notify.py; koji-fedoramessaging; Bodhi: bodhi.messages.schemas.</remarks>
public static class BusTopics
{
    public const string GitReceive = "pagure.git.receive";
    public const string PullRequestComment = "pagure.pull-request.comment.added";
    public const string PullRequestCommentEdited = "pagure.pull-request.comment.edited";
    public const string PullRequestClosed = "pagure.pull-request.closed";
    public const string BuildState = "buildsys.build.state.change";
    public const string TaskState = "buildsys.task.state.change";
    public const string Tag = "buildsys.tag";
    public const string Untag = "buildsys.untag";

    /// <summary>All of Bodhi's messages on updates begin with it.</summary>
    public const string UpdatePrefix = "bodhi.update.";

    private const string Root = "org.fedoraproject.";

    private static readonly string[] Environments = ["prod.", "stg.", "dev."];

    /// <summary>The part of a topic behind <c>org.fedoraproject.prod.</c> (or <c>stg</c>, <c>dev</c>); null for topics of other senders.</summary>
    public static string? Subject(string topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        if (!topic.StartsWith(Root, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = topic[Root.Length..];
        return Array.Find(Environments, environment => rest.StartsWith(environment, StringComparison.Ordinal)) is { } known ? rest[known.Length..] : null;
    }
}
