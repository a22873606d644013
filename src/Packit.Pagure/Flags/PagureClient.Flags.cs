namespace Packit.Pagure;

public sealed partial class PagureClient
{
    /// <summary>Sets a flag on a commit, which need not be in the project. The token needs the ACL <c>commit_flag</c>.</summary>
    /// <returns>Whether a flag was added; false when the one with this uid was changed.</returns>
    public async Task<bool> FlagCommitAsync(PagureProject project, string sha, PagureFlag flag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(flag);
        var request = Post(project, $"/c/{Uri.EscapeDataString(sha)}/flag", "flagging a commit of", flag.Form());
        return IsNew(await _wire.CallAsync(request, PagureJson.Default.FlagAnswer, cancellationToken));
    }

    /// <summary>Sets a flag on a pull request and its head commit at that moment. The token needs the ACL <c>pull_request_flag</c>.</summary>
    /// <returns>Whether a flag was added; false when the one with this uid was changed.</returns>
    public async Task<bool> FlagPullRequestAsync(PagureProject project, int id, PagureFlag flag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(flag);
        var request = Post(project, $"/pull-request/{id}/flag", $"flagging pull request {id} of", flag.Form());
        return IsNew(await _wire.CallAsync(request, PagureJson.Default.FlagAnswer, cancellationToken));
    }

    private static bool IsNew(FlagAnswer answer) => !answer.Message.Contains("updated", StringComparison.OrdinalIgnoreCase);
}
