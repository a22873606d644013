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
                Failure.Transient(FailureCodes.RemoteAway, $"{remote.Service} does not answer as it should: {remote.Message}"),
            RemoteFailure.RateLimited =>
                Failure.Transient(FailureCodes.RemoteLimit, $"{remote.Service} asks to slow down: {remote.Message}"),
            RemoteFailure.Unauthorized => Failure.Transient(
                FailureCodes.RemoteCredentials,
                $"{remote.Service} refuses the credentials of this service; its operators have to renew them. {remote.Message}"),
            RemoteFailure.Forbidden => Failure.UserFixable(
                FailureCodes.RemotePermission, $"{remote.Service} does not allow this: {remote.Message}"),
            RemoteFailure.NotFound or RemoteFailure.Conflict or RemoteFailure.Invalid or RemoteFailure.Unexpected =>
                Failure.Bug(FailureCodes.RemoteAnswer, $"{remote.Service} answered what was not expected: {remote.Message}"),
        };
    }
}
