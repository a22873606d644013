namespace Packit.Koji;

/// <summary>A side tag: a buildroot of one's own, for updates of several packages. It is also the name of its build target.</summary>
/// <param name="Name"><c>f43-build-side-12345</c>.</param>
/// <param name="Owner">Null when it was just made, by the user of the session.</param>
/// <remarks>Koji: <c>plugins/hub/sidetag_hub.py</c>.</remarks>
public sealed record SideTag(int Id, string Name, string? Owner)
{
    internal static SideTag Read(Answer tag) => new(tag["id"].Number(), tag["name"].Text(), tag["user_name"].TextOrNull());
}
