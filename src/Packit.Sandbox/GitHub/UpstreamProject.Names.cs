namespace Packit.Sandbox.GitHub;

/// <summary>What becomes of the project's name.</summary>
public sealed partial class UpstreamProject
{
    /// <summary>Calls the repository something else; its old address redirects. Sends the <c>repository</c> webhook.</summary>
    /// <returns>The delivery's GUID; null when none is sent.</returns>
    public Task<string?> RenameAsync(string newName, CancellationToken ct = default) => _github.RenameAsync(_repository, Owner, newName, ct);

    /// <summary>Gives the repository to another account. Sends the <c>repository</c> webhook.</summary>
    /// <returns>The delivery's GUID; null when the App is not installed at the new owner.</returns>
    public Task<string?> TransferAsync(string newOwner, CancellationToken ct = default) => _github.TransferAsync(_repository, newOwner, newOwner, ct);
}
