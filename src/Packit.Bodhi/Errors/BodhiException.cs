using Packit.Http;

namespace Packit.Bodhi;

/// <summary>A refusal in Bodhi's own terms.</summary>
/// <param name="refusal">What it means.</param>
/// <param name="message">What was asked, Bodhi's words and what to do.</param>
/// <param name="errors">The entries of the error document; empty when the answer was not one.</param>
public sealed class BodhiException(RemoteFailure failure, BodhiRefusal refusal, string message, IReadOnlyList<BodhiError> errors)
    : RemoteException("Bodhi", failure, message)
{
    public BodhiRefusal Refusal { get; } = refusal;

    public IReadOnlyList<BodhiError> Errors { get; } = errors;

    /// <summary>The right to grant, for <see cref="BodhiRefusal.NoRights"/> that says which.</summary>
    public MissingRight? MissingRight { get; init; }

    /// <summary>Whether the build is only not there yet, so that the same call can succeed some minutes later.</summary>
    public bool IsAwaitingBuild => Refusal is BodhiRefusal.BuildUnknown or BodhiRefusal.NotTagged;
}

/// <summary>What to grant to whom.</summary>
/// <param name="User">The account.</param>
/// <param name="Package">The package whose commit right it needs; null when it needs to be in the group <c>packager</c>.</param>
public sealed record MissingRight(string User, string? Package);
