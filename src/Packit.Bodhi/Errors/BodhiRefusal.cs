namespace Packit.Bodhi;

/// <summary>What Bodhi's refusal means for an update.</summary>
/// <remarks>Bodhi: server/validators.py, server/services/updates.py.</remarks>
public enum BodhiRefusal
{
    /// <summary>Nothing more precise than <see cref="Http.RemoteException.Failure"/> is known.</summary>
    Other,

    /// <summary>A live update holds the build, or uses the side tag. Look for it by its build: the effect is there.</summary>
    AlreadyExists,

    /// <summary>Koji does not know the build, or not yet.</summary>
    BuildUnknown,

    /// <summary>The build does not stand in the candidate tag of a release. Koji tags a build some time after it is complete.</summary>
    NotTagged,

    /// <summary>The build cannot become an update: built from a fork or a source package, or named twice.</summary>
    BuildUnfit,

    /// <summary>The account lacks a right; <see cref="BodhiException.MissingRight"/> names it where Bodhi did.</summary>
    NoRights,

    /// <summary>Bodhi does not take the login any more, not even a fresh one.</summary>
    LoginLost,

    /// <summary>Koji or dist-git did not answer Bodhi. Passes by itself.</summary>
    BackendAway,

    /// <summary>Bodhi failed inside. Whether there is an update now is to be asked.</summary>
    ServerTrouble,

    /// <summary>The release gets its updates by itself, as Rawhide does.</summary>
    AutomaticUpdates,

    /// <summary>The side tag does not exist, is none, or is empty.</summary>
    SideTag,

    /// <summary>The update's own state forbids it: stable, in a compose, or gone.</summary>
    State,

    /// <summary>The update has not met the requirements for the step that was asked for.</summary>
    RequirementsNotMet,

    /// <summary>There is no such update.</summary>
    NotFound,

    /// <summary>A field is wrong in content.</summary>
    Validation,
}
