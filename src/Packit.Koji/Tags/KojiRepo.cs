namespace Packit.Koji;

/// <summary>A repository of the packages of a build tag, from which buildroots are made.</summary>
/// <param name="CreateEvent">The event of the hub up to which everything is in it.</param>
public sealed record KojiRepo(int Id, int CreateEvent, DateTimeOffset? CreatedAt)
{
    internal static KojiRepo Read(Answer repo) => new(repo["id"].Number(), repo["create_event"].Number(), repo.Time("create") ?? repo.Time("creation"));
}
