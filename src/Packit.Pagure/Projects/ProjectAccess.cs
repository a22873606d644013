namespace Packit.Pagure;

/// <summary>Who may commit to every branch of a project.</summary>
/// <param name="Users">Logins: owner, admins and committers, as persons.</param>
/// <param name="Groups">Groups with admin or commit rights.</param>
/// <param name="Committers">Logins: <paramref name="Users"/> and all members of <paramref name="Groups"/>.</param>
public sealed record ProjectAccess(IReadOnlySet<string> Users, IReadOnlySet<string> Groups, IReadOnlySet<string> Committers)
{
    internal static ProjectAccess Of(PagureProjectFacts facts)
    {
        var users = facts.AccessUsers;
        var persons = new HashSet<string>([.. users.Owner, .. users.Admin, .. users.Commit]);
        var groups = new HashSet<string>([.. facts.AccessGroups.Admin, .. facts.AccessGroups.Commit]);
        var members = groups.SelectMany(group => facts.GroupDetails.TryGetValue(group, out var logins) ? logins : []);
        return new ProjectAccess(persons, groups, persons.Concat(members).ToHashSet());
    }
}
