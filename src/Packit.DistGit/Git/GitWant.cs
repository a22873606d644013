using System.Globalization;

namespace Packit.DistGit;

/// <summary>Something to fetch.</summary>
public abstract record GitWant
{
    private GitWant()
    {
    }

    /// <summary>What git is asked for.</summary>
    internal abstract string Source { get; }

    /// <summary>The tip of a branch.</summary>
    public sealed record Branch(string Name) : GitWant
    {
        internal override string Source => "refs/heads/" + GitName.Ref(Name);
    }

    /// <summary>The commit that a tag, annotated or not, stands for.</summary>
    public sealed record Tag(string Name) : GitWant
    {
        internal override string Source => "refs/tags/" + GitName.Ref(Name);
    }

    /// <summary>What the remote shows by default: the tip of its default branch.</summary>
    public sealed record Head : GitWant
    {
        internal override string Source => "HEAD";
    }

    /// <summary>The head of a pull request, also of one from a fork, as GitHub shows it (<c>refs/pull/12/head</c>).</summary>
    public sealed record PullRequest(int Number) : GitWant
    {
        internal override string Source => string.Create(CultureInfo.InvariantCulture, $"refs/pull/{Number}/head");
    }

    /// <summary>A commit (or other object) by its full name; servers may refuse what no branch or tag reaches.</summary>
    public sealed record Commit(string Sha) : GitWant
    {
        internal override string Source => GitName.Object(Sha);
    }
}
