using Packit.Automation.Reporting.Texts;
using Packit.GitHub;
using Packit.Http;

namespace Packit.Automation.Failures;

/// <summary>Says what a failed remote call means for the job that made it.</summary>
public static class RemoteFailures
{
    /// <summary>The failure that stands in the row and on the page.</summary>
    public static Failure Describe(RemoteException remote)
    {
        ArgumentNullException.ThrowIfNull(remote);
        if (remote is InstallationUnavailableException unavailable)
        {
            return Failure.UserFixable(unavailable.IsSuspended ? FailureCodes.AppSuspended : FailureCodes.AppRemoved, remote.Message);
        }

        return remote.Failure switch
        {
            RemoteFailure.Unreachable or RemoteFailure.Timeout or RemoteFailure.ServerError =>
                Failure.Transient(FailureCodes.RemoteAway, RemoteTexts.Away(remote.Service, remote.Message)),
            RemoteFailure.RateLimited =>
                Failure.Transient(FailureCodes.RemoteLimit, RemoteTexts.Limited(remote.Service, remote.Message)),
            RemoteFailure.Unauthorized => Failure.Transient(
                FailureCodes.RemoteCredentials,
                RemoteTexts.Credentials(remote.Service, remote.Message)),
            RemoteFailure.Forbidden => Failure.UserFixable(
                FailureCodes.RemotePermission, RemoteTexts.Forbidden(remote.Service, remote.Message)),
            RemoteFailure.NotFound or RemoteFailure.Conflict or RemoteFailure.Invalid or RemoteFailure.Unexpected =>
                Failure.Bug(FailureCodes.RemoteAnswer, RemoteTexts.Unexpected(remote.Service, remote.Message)),
        };
    }
}
