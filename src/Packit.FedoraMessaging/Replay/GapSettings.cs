namespace Packit.FedoraMessaging;

/// <summary>How what was missed is read back.</summary>
public sealed record GapSettings
{
    /// <summary>Topics in full.</summary>
    public required IReadOnlyList<string> Topics { get; init; }

    /// <summary>How far before the last known message reading begins: messages come late and out of order.</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The longest gap that is read back.</summary>
    public TimeSpan LongestGap { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long a message takes, at most, until datagrepper shows it; so long after a connection the moment of connecting is read once more.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often datagrepper is asked where there is no broker.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The pause after the first failure; it doubles with each further one.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(10);
}
