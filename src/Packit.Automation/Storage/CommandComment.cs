namespace Packit.Automation.Storage;

/// <summary>A comment that holds commands, and the one answer to it. Unique by project and comment.</summary>
public sealed class CommandComment
{
    public int Id { get; init; }

    /// <summary>Where it was written.</summary>
    public int ProjectId { get; init; }

    public GitProject Project { get; init; } = null!;

    public required CommandPlace Place { get; init; }

    /// <summary>Number of the issue or pull request.</summary>
    public required int Thread { get; init; }

    /// <summary>The forge's id of the comment.</summary>
    public required long ForgeId { get; init; }

    /// <summary>Login of who wrote it.</summary>
    public required string Author { get; init; }

    /// <summary>The forge's id of who wrote it, which stays when the login changes; null in dist-git, where accounts keep their names.</summary>
    public long? AuthorId { get; init; }

    /// <summary>The App installation through which the project is reached; 0 in dist-git.</summary>
    public long InstallationId { get; set; }

    /// <summary>The forge's id of the answer; null while there is none.</summary>
    public long? AnswerId { get; set; }

    /// <summary>What the answer is to say.</summary>
    public string? Wanted { get; set; }

    /// <summary>What the forge confirmed last.</summary>
    public string? Shown { get; set; }

    /// <summary>When the answer was sent last.</summary>
    public DateTimeOffset? ShownAt { get; set; }

    /// <summary>When <see cref="Wanted"/> was changed last.</summary>
    public DateTimeOffset? WantedAt { get; set; }

    /// <summary>When what its commands have to say was put together last; null when one of them has news since.</summary>
    public DateTimeOffset? LookedAt { get; set; }

    /// <summary>Why the forge does not take <see cref="Wanted"/>, for good; null when it does, or was not asked.</summary>
    public string? NotShown { get; set; }

    public required DateTimeOffset SeenAt { get; init; }

    public IList<CommentCommand> Commands { get; } = [];
}

/// <summary>One command of a comment. Unique by comment and position.</summary>
public sealed class CommentCommand
{
    /// <summary>The command id that everything carries which it started.</summary>
    public int Id { get; init; }

    public int CommentId { get; init; }

    public CommandComment Comment { get; init; } = null!;

    /// <summary>Place among the commands of the comment, from zero; an edit adds at the end.</summary>
    public required int Position { get; init; }

    /// <summary>The line as it was written.</summary>
    public required string Line { get; init; }

    /// <summary>The command's name; empty when the line could not be understood.</summary>
    public required string Name { get; init; }

    public required CommandState State { get; set; }

    /// <summary>What is answered to it, Markdown; null before anything is known.</summary>
    public string? Answer { get; set; }

    /// <summary>When the answer was written as a comment that stays as it is; null before, and where all commands of a comment share one that is edited.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>The delivery that told of it.</summary>
    public required long DeliveryId { get; init; }

    public required DateTimeOffset GivenAt { get; init; }
}

/// <summary>How far a command is.</summary>
public enum CommandState
{
    /// <summary>Stored, nothing done yet.</summary>
    [WireName("received")]
    Received,

    /// <summary>Something was begun.</summary>
    [WireName("accepted")]
    Accepted,

    /// <summary>What it began is being worked on.</summary>
    [WireName("running")]
    Running,

    [WireName("done")]
    Done,

    /// <summary>Not carried out: not understood, not allowed, or out of place.</summary>
    [WireName("refused")]
    Refused,

    /// <summary>Begun, and ended badly.</summary>
    [WireName("failed")]
    Failed,
}

/// <summary>Where commands are given.</summary>
public enum CommandPlace
{
    [WireName("upstream-issue")]
    UpstreamIssue,

    [WireName("upstream-pull-request")]
    UpstreamPullRequest,

    /// <summary>An issue of the repository in which accounts ask to be approved.</summary>
    [WireName("approval-issue")]
    ApprovalIssue,

    [WireName("dist-git-pull-request")]
    DistGitPullRequest,
}
