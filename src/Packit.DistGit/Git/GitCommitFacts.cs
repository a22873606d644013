namespace Packit.DistGit;

/// <summary>Somebody in a commit.</summary>
/// <param name="Name">Without angle brackets or line ends.</param>
/// <param name="Email">Without angle brackets or line ends.</param>
public sealed record GitIdentity(string Name, string Email);

/// <summary>What a commit object says.</summary>
/// <param name="Sha">Its full name.</param>
/// <param name="Tree">Full name of its tree: equal trees are equal content.</param>
/// <param name="Parents">Full names of its parents, present here or not.</param>
/// <param name="AuthorDate">As written by the author, with the author's offset.</param>
/// <param name="Message">Title, empty line, text; ends without line feeds.</param>
public sealed record GitCommitFacts(
    string Sha,
    string Tree,
    IReadOnlyList<string> Parents,
    GitIdentity Author,
    DateTimeOffset AuthorDate,
    GitIdentity Committer,
    DateTimeOffset CommitterDate,
    string Message)
{
    /// <summary>The first line of the message.</summary>
    public string Title => Message.AsSpan().IndexOf('\n') is var end and >= 0 ? Message[..end] : Message;
}
