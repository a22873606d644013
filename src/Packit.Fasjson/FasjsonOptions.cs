namespace Packit.Fasjson;

/// <summary>Where FASJSON is and how the service shows who it is. The defaults are Fedora's.</summary>
public sealed record FasjsonOptions
{
    /// <summary>With a slash at the end.</summary>
    public Uri Root { get; init; } = new("https://fasjson.fedoraproject.org/");

    public FasjsonLogin Login { get; init; } = FasjsonLogin.Negotiate;
}

/// <summary>How requests are signed in.</summary>
public enum FasjsonLogin
{
    /// <summary>With a Kerberos ticket of the process; FASJSON answers nobody without.</summary>
    Negotiate,

    /// <summary>Not at all: a stand-in on loopback.</summary>
    None,
}
