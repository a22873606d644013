namespace Packit.Koji;

/// <summary>As whom a call is made, and whether it changes something.</summary>
public enum KojiAccess
{
    /// <summary>A read that everybody may do: sent without a session, in parallel with others, repeated when trouble passes.</summary>
    Anonymous,

    /// <summary>A read whose answer depends on the user: sent in the session, one after the other.</summary>
    Session,

    /// <summary>A change: sent in the session, and sent once.</summary>
    Write,
}
