namespace Packit.GitHub;

/// <summary>What to do with a delivery, decided from its first level alone.</summary>
public enum WebhookTriage
{
    /// <summary>No body, or JSON that holds nothing.</summary>
    Empty,

    /// <summary>Not one JSON object: cut, nested too deep, keys repeated.</summary>
    Malformed,

    /// <summary>GitHub tries whether the address works.</summary>
    Ping,

    /// <summary>Genuine, but of an event or action that nothing here acts on.</summary>
    NotInteresting,

    /// <summary>To be stored and read.</summary>
    Interesting,
}
