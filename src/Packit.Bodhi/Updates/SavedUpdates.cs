namespace Packit.Bodhi;

/// <summary>What came of a draft.</summary>
/// <param name="Updates">One, or one for each release when the builds belong to several.</param>
/// <param name="Caveats">What Bodhi changed in the draft or did besides, such as making an older update obsolete.</param>
public sealed record SavedUpdates(IReadOnlyList<BodhiUpdate> Updates, IReadOnlyList<UpdateCaveat> Caveats);

/// <summary>A remark of Bodhi on a field.</summary>
public sealed record UpdateCaveat(string? Name = null, string? Description = null);

/// <summary>The answer for builds of several releases; the caveats stand in the answer for one release too.</summary>
internal sealed record SavedBody(IReadOnlyList<BodhiUpdate>? Updates = null, IReadOnlyList<UpdateCaveat>? Caveats = null);

internal sealed record UpdateBody(BodhiUpdate Update);

internal sealed record CommentBody(BodhiComment Comment);

internal sealed record UpdatePage(IReadOnlyList<BodhiUpdate> Updates, int Page, int Pages);
