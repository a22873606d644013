namespace Packit.Koji;

/// <summary>Where a build takes its buildroot from and where it goes.</summary>
/// <param name="Name">Such as <c>f43-candidate</c>, or the name of a side tag.</param>
/// <param name="BuildTag">The tag whose packages are used for building.</param>
/// <param name="DestinationTag">The tag that the finished build gets.</param>
public sealed record BuildTarget(int Id, string Name, string BuildTag, string DestinationTag)
{
    internal static BuildTarget Read(Answer target) =>
        new(target["id"].Number(), target["name"].Text(), target["build_tag_name"].Text(), target["dest_tag_name"].Text());
}
