using Packit.Http;

namespace Packit.GitHub;

/// <summary>Calls in the App's own name. GitHub counts them apart from those of the installations.</summary>
internal sealed class AppSession(GitHubWire wire, AppJwt jwt, InstallationState state)
{
    /// <returns>Any answer, refusals among them.</returns>
    /// <exception cref="RemoteException">No answer, or a limit named earlier is still on.</exception>
    public async Task<GitHubAnswer> SendAsync(GitHubRequest request, CancellationToken cancellationToken)
    {
        state.ThrowIfHeldBack(request, CallPriority.Ordinary);
        var answer = await wire.SendAsync(request, jwt.Current(), etag: null, cancellationToken);
        state.Note(answer);
        return answer;
    }

    /// <exception cref="RemoteException">Every refusal, typed.</exception>
    public async Task<GitHubAnswer> CallAsync(GitHubRequest request, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(request, cancellationToken);
        return answer.IsSuccess ? answer : throw Refused(request, answer);
    }

    /// <summary>The typed failure of a refused call. A limit stops all calls in the App's own name until it ends.</summary>
    public RemoteException Refused(GitHubRequest request, GitHubAnswer answer) => state.Refused(request, answer);
}
