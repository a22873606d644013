using Packit.Http;

namespace Packit.GitHub;

/// <summary>The App lacks a permission. The owner of the installation grants it in the App's settings; repeating does not help.</summary>
public sealed class GitHubPermissionException(string message, string permission)
    : RemoteException("GitHub", RemoteFailure.Forbidden, message)
{
    /// <summary>What is missing, such as <c>checks: write</c>; alternatives are joined by "or".</summary>
    public string Permission { get; } = permission;
}
