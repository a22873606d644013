namespace Packit.Sandbox.GitHub;

/// <summary>Who calls the API.</summary>
internal abstract record Caller
{
    private Caller()
    {
    }

    public sealed record Anonymous : Caller;

    /// <summary>The App itself, by its JSON web token.</summary>
    public sealed record App(AppIdentity Identity) : Caller;

    public sealed record Installation(InstallationToken Token) : Caller;
}
