namespace Packit.Koji;

/// <summary>What a tag says about a package.</summary>
/// <param name="Name">The package.</param>
/// <param name="Blocked">Nothing of it may be tagged, so a build for this tag fails.</param>
/// <param name="Owner">Whose it is in this tag.</param>
public sealed record TaggedPackage(string Name, bool Blocked, string? Owner)
{
    internal static TaggedPackage Read(Answer package) => new(package["package_name"].Text(), package["blocked"].Flag(), package["owner_name"].TextOrNull());
}
