using System.Net;
using Packit.Http;

namespace Packit.GitHub;

/// <summary>The owner has suspended the App, or removed it; repeating does not help until the owner takes it up again.</summary>
public sealed class InstallationUnavailableException : RemoteException
{
    private InstallationUnavailableException(RemoteFailure failure, string message, bool isSuspended)
        : base("GitHub", failure, message) => IsSuspended = isSuspended;

    /// <summary>Whether the installation is still there.</summary>
    public bool IsSuspended { get; }

    internal static InstallationUnavailableException Suspended(string doing, string said) => new(
        RemoteFailure.Forbidden,
        $"The GitHub App is suspended, so GitHub refused {doing}. Its owner unsuspends it in the settings of the installed GitHub Apps. GitHub said: {said}",
        isSuspended: true)
    {
        Status = HttpStatusCode.Forbidden,
    };

    internal static InstallationUnavailableException Removed(long installationId, RemoteException refused) => new(
        RemoteFailure.NotFound,
        $"The GitHub App is not installed any more (installation {installationId}). Install it again to go on. {refused.Message}",
        isSuspended: false)
    {
        Status = HttpStatusCode.NotFound,
    };
}
