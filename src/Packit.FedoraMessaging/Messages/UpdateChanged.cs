namespace Packit.FedoraMessaging;

/// <summary>Something happened to an update in Bodhi.</summary>
/// <param name="Change">What, the topic behind <c>bodhi.update.</c>: <c>request.testing</c>, <c>complete.stable</c>, <c>comment</c>, <c>eject</c> …</param>
/// <param name="Alias"><c>FEDORA-2026-1a2ee2a084</c>.</param>
/// <param name="Status"><c>pending</c>, <c>testing</c>, <c>stable</c>, <c>unpushed</c>, <c>obsolete</c> …</param>
/// <param name="Request">Where it is asked to go: <c>testing</c>, <c>stable</c>, <c>obsolete</c>, <c>unpush</c>, <c>revoke</c>; null for nowhere.</param>
/// <param name="Nvrs">Its builds.</param>
/// <param name="Release">Bodhi's name of the release: <c>F43</c>.</param>
/// <param name="User">Login of its owner.</param>
/// <param name="FromTag">The side tag it was made from; null for none.</param>
/// <param name="Url">Its page; null when not told.</param>
/// <param name="Agent">Login of who did it; null when nobody did.</param>
/// <param name="Reason">Why it was ejected from a push; null otherwise.</param>
/// <remarks>Bodhi: bodhi.messages.schemas.update.</remarks>
public sealed record UpdateChanged(
    string Change,
    string Alias,
    string Status,
    string? Request,
    IReadOnlyList<string> Nvrs,
    string Release,
    string User,
    string? FromTag,
    Uri? Url,
    string? Agent,
    string? Reason) : MessageBody;
