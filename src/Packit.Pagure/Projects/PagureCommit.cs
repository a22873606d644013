namespace Packit.Pagure;

/// <summary>What Pagure tells about a commit.</summary>
/// <param name="Hash">Its full id.</param>
/// <param name="ParentIds">Its parents, the first one first; two or more for a merge.</param>
public sealed record PagureCommit(string Hash, IReadOnlyList<string> ParentIds);

internal sealed record TreeAnswer(IReadOnlyList<TreeContent> Content);

internal sealed record TreeContent(string Type, string Path);

internal sealed record GroupAnswer(IReadOnlyList<string> Members);
