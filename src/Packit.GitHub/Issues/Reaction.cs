using System.Text.Json.Serialization;

namespace Packit.GitHub;

/// <summary>A reaction to a comment.</summary>
public enum Reaction
{
    ThumbsUp,
    ThumbsDown,
    Laugh,
    Confused,
    Heart,
    Hooray,
    Rocket,
    Eyes,
}

internal sealed record ReactionBody(string Content)
{
    public static ReactionBody Of(Reaction reaction) => new(reaction switch
    {
        Reaction.ThumbsUp => "+1",
        Reaction.ThumbsDown => "-1",
        Reaction.Laugh => "laugh",
        Reaction.Confused => "confused",
        Reaction.Heart => "heart",
        Reaction.Hooray => "hooray",
        Reaction.Rocket => "rocket",
        Reaction.Eyes => "eyes",
        _ => throw new ArgumentOutOfRangeException(nameof(reaction), reaction, null),
    });
}
