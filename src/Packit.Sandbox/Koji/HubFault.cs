namespace Packit.Sandbox.Koji;

/// <summary>A call is answered with a fault: HTTP 200 with Koji's own code.</summary>
internal sealed class HubFault(int code, string text) : Exception(text)
{
    public int Code { get; } = code;

    /// <summary>The name of the exception on the hub, as tracebacks show it.</summary>
    public string Name => Code switch
    {
        1001 => "LockError",
        1002 => "AuthError",
        1003 => "TagError",
        1004 => "ActionNotAllowed",
        1005 => "BuildError",
        1007 => "AuthExpired",
        1008 => "SequenceError",
        1009 => "RetryError",
        1014 => "ServerOffline",
        1019 => "ParameterError",
        _ => "GenericError",
    };

    public static HubFault Generic(string text) => new(1000, text);

    public static HubFault Auth(string text) => new(1002, text);

    public static HubFault Tag(string text) => new(1003, text);

    public static HubFault NotAllowed(string text) => new(1004, text);

    public static HubFault Build(string text) => new(1005, text);

    public static HubFault Parameter(string text) => new(1019, text);
}
