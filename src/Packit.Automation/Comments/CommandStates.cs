using Packit.Automation.Storage;

namespace Packit.Automation.Comments;

/// <summary>What the states of a command mean for those who answer it.</summary>
public static class CommandStates
{
    /// <summary>Not settled: there will be more to say.</summary>
    public static IReadOnlyList<CommandState> Open { get; } = [CommandState.Received, CommandState.Accepted, CommandState.Running];

    /// <summary>Nothing more will be said.</summary>
    public static IReadOnlyList<CommandState> Settled { get; } = [CommandState.Done, CommandState.Refused, CommandState.Failed];

    /// <summary>Something was begun that is not at its end.</summary>
    public static IReadOnlyList<CommandState> Begun { get; } = [CommandState.Accepted, CommandState.Running];
}
