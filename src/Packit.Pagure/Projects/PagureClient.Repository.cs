using Packit.Http;

namespace Packit.Pagure;

public sealed partial class PagureClient
{
    private static readonly string[] NoFile = ["ENOPROJECT", "ENOCOMMIT", "EBRANCHNOTFOUND", "EFILENOTFOUND", "EEMPTYGIT"];
    private static readonly string[] NoCommit = ["ENOPROJECT", "ENOCOMMIT"];
    private static readonly string[] NoGroup = ["ENOGROUP"];

    /// <summary>Names of the files at the top of a branch, tag or commit; folders and links are left out.</summary>
    /// <returns>Null when project or ref do not exist, or the ref holds nothing.</returns>
    public async Task<IReadOnlyList<string>?> TopLevelFilesAsync(PagureProject project, string @ref, CancellationToken cancellationToken)
    {
        if (Segments(@ref) is not { } refPath)
        {
            return null;
        }

        var tree = await _wire.FindAsync(
            Get(project, $"/tree/{refPath}", $"listing the files at {RemoteText.Clean(@ref)} of"), PagureJson.Default.TreeAnswer, NoFile, cancellationToken);
        return tree?.Content.Where(entry => entry.Type == "file").Select(entry => entry.Path).ToList();
    }

    /// <returns>Null when there is no such commit or project.</returns>
    public Task<PagureCommit?> CommitAsync(PagureProject project, string sha, CancellationToken cancellationToken) => _wire.FindAsync(
        Get(project, $"/c/{Uri.EscapeDataString(sha)}/info", "reading a commit of"), PagureJson.Default.PagureCommit, NoCommit, cancellationToken);

    /// <summary>Logins of the members of a group.</summary>
    /// <returns>Null when there is no such group.</returns>
    public async Task<IReadOnlyList<string>?> GroupMembersAsync(string group, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        var request = new PagureRequest(
            HttpMethod.Get, $"{Api}/group/{Uri.EscapeDataString(group)}", $"reading the members of the group {RemoteText.Clean(group)}");
        return (await _wire.FindAsync(request, PagureJson.Default.GroupAnswer, NoGroup, cancellationToken))?.Members;
    }
}
