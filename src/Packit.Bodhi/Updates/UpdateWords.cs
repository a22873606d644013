using System.Text.Json.Serialization;
using Packit.Http;

namespace Packit.Bodhi;

/// <summary>Where an update is in its life. <see cref="Other"/> is a word that this client does not know, here and below.</summary>
/// <remarks>Bodhi: server/models.py.</remarks>
[JsonConverter(typeof(WireEnumConverter<UpdateStatus>))]
public enum UpdateStatus
{
    Other,
    Pending,
    Testing,
    Stable,
    Unpushed,
    Obsolete,
}

/// <summary>The step that an update is asked to take.</summary>
[JsonConverter(typeof(WireEnumConverter<UpdateRequest>))]
public enum UpdateRequest
{
    Other,
    Testing,
    Stable,
    Obsolete,
    Unpush,
    Revoke,
}

/// <summary>What an update is for.</summary>
[JsonConverter(typeof(WireEnumConverter<UpdateType>))]
public enum UpdateType
{
    Other,
    Security,
    Bugfix,
    Newpackage,
    Enhancement,
    Unspecified,
}

/// <summary>How urgent an update is; a security update needs one that is not <see cref="Unspecified"/>.</summary>
[JsonConverter(typeof(WireEnumConverter<UpdateSeverity>))]
public enum UpdateSeverity
{
    Other,
    Unspecified,
    Urgent,
    High,
    Medium,
    Low,
}

/// <summary>What users are to do after installing.</summary>
[JsonConverter(typeof(WireEnumConverter<UpdateSuggestion>))]
public enum UpdateSuggestion
{
    Other,
    Unspecified,
    Reboot,
    Logout,
}

/// <summary>What the gate of the tests says.</summary>
[JsonConverter(typeof(WireEnumConverter<GatingStatus>))]
public enum GatingStatus
{
    Other,
    Waiting,
    Ignored,
    Queued,
    Running,
    Passed,
    Failed,
    GreenwaveFailed,
}
