namespace Packit.Sandbox.Git;

/// <summary>The facts of one commit.</summary>
internal sealed record CommitInfo(
    string Sha, string Tree, IReadOnlyList<string> Parents, Person Author, Person Committer, DateTimeOffset When, string Message)
{
    public string Title => Message.Split('\n', 2)[0];
}
