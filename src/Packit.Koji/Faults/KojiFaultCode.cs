namespace Packit.Koji;

/// <summary>The codes of the hub's faults. Koji: <c>koji/__init__.py</c>, the classes with a <c>faultCode</c>.</summary>
public enum KojiFaultCode
{
    /// <summary>A number that is not in this list.</summary>
    Other = 0,

    /// <summary>Something unforeseen happened in the hub.</summary>
    Unforeseen = 1,

    /// <summary>Not found, a wrong value, a duplicate …: the text says it.</summary>
    Generic = 1000,
    Lock = 1001,

    /// <summary>The session is bad or closed, or the login failed.</summary>
    Auth = 1002,
    Tag = 1003,

    /// <summary>Not logged in, a right is missing, or a policy says no.</summary>
    ActionNotAllowed = 1004,
    Build = 1005,

    /// <summary>Another session has the user for itself.</summary>
    AuthLock = 1006,

    /// <summary>The session is older than the hub allows.</summary>
    AuthExpired = 1007,

    /// <summary>A call number lower than the last one.</summary>
    Sequence = 1008,

    /// <summary>A call number that was processed already.</summary>
    Retry = 1009,
    PreBuild = 1010,
    PostBuild = 1011,
    Buildroot = 1012,
    FunctionDeprecated = 1013,

    /// <summary>The hub is down for maintenance, or its database is.</summary>
    ServerOffline = 1014,
    LiveCD = 1015,
    Plugin = 1016,
    Callback = 1017,
    Appliance = 1018,

    /// <summary>Wrong arguments.</summary>
    Parameter = 1019,
    Import = 1020,
    Configuration = 1021,
    LiveMedia = 1022,
    GssapiAuth = 1023,

    /// <summary>A name with characters that are not allowed.</summary>
    NameValidation = 1024,
}
