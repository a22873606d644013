namespace Packit.Koji;

/// <summary>Whether a call that failed changed something. Ask this before a write is made again.</summary>
public enum KojiEffect
{
    /// <summary>Nothing was changed: the call was refused, or never reached the hub.</summary>
    None,

    /// <summary>
    /// The answer was lost, so the change may have been made. Look whether it is there (a build by its NVR and the tasks of our user, a tag
    /// by the tags of the build) before it is asked for again.
    /// </summary>
    Unknown,

    /// <summary>The hub says that it processed this very call before (fault 1009): the change is there, look it up.</summary>
    Happened,
}
