namespace Packit.Koji;

/// <summary>A tag that another one inherits from.</summary>
/// <param name="Depth">1 for a direct parent.</param>
public sealed record InheritedTag(int Id, string Name, int Depth)
{
    internal static InheritedTag Read(Answer row) => new(row["parent_id"].Number(), row["name"].Text(), row["currdepth"].Number());
}
