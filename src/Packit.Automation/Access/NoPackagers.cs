using Packit.Http;

namespace Packit.Automation.Access;

/// <summary>Stands where no account system is configured: who is a packager cannot be told, so nobody is refused and nothing is carried out.</summary>
internal sealed class NoPackagers : IPackagers
{
    public Task<bool> IsPackagerAsync(string login, CancellationToken cancellationToken) => throw new RemoteException(
        "FASJSON", RemoteFailure.Unreachable, "No account system is configured, so it cannot be told who is a packager.");
}
