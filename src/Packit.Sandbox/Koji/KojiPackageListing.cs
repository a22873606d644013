namespace Packit.Sandbox.Koji;

/// <summary>How a package stands in a tag's list.</summary>
public enum KojiPackageListing
{
    /// <summary>It may be built for the tag.</summary>
    Listed,

    /// <summary>It is in the list and was retired.</summary>
    Blocked,

    /// <summary>Nobody has added it.</summary>
    Absent,
}
