namespace Packit.Automation.Nvr;

/// <summary>What a commit of a package would be built as.</summary>
public abstract record NvrReading
{
    private NvrReading()
    {
    }

    /// <summary>Name, version and release.</summary>
    /// <param name="Epoch">Null when the spec has none.</param>
    public sealed record Known(string Name, string Version, string Release, string? Epoch) : NvrReading
    {
        /// <summary>As Koji names builds: <c>name-version-release</c>.</summary>
        public string Nvr => $"{Name}-{Version}-{Release}";
    }

    /// <summary>It cannot be known.</summary>
    /// <param name="Reason">What is missing and where, for the maintainer.</param>
    public sealed record Unknown(string Reason) : NvrReading;
}
