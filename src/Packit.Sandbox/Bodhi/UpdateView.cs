namespace Packit.Sandbox.Bodhi;

/// <summary>An update as it stands.</summary>
/// <param name="Release">The release's name: <c>F43</c>.</param>
/// <param name="Status">pending, testing, stable, unpushed or obsolete.</param>
/// <param name="Request">testing, stable or null.</param>
/// <param name="Builds">The NVRs.</param>
/// <param name="FromTag">The side tag, or null.</param>
public sealed record UpdateView(
    string Alias, string Url, string Release, string User, string Status, string? Request, string Type, string Severity, string Notes,
    IReadOnlyList<string> Builds, IReadOnlyList<int> Bugs, int Karma, int StableKarma, bool Autokarma, string? FromTag, IReadOnlyList<string> Comments);
