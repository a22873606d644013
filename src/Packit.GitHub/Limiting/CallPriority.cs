namespace Packit.GitHub;

/// <summary>Who goes first when there is not enough for all.</summary>
internal enum CallPriority
{
    /// <summary>Nobody waits for it: checks of a config, repetitions.</summary>
    Background,

    /// <summary>Releases, and what people asked for, previews too.</summary>
    Ordinary,

    /// <summary>The first sign to a person: a reaction.</summary>
    Urgent,
}
