namespace Packit.Pagure;

/// <summary>Who may commit to every branch of a project.</summary>
/// <param name="Users">Logins: owner, admins and committers, as persons.</param>
/// <param name="Groups">Groups with admin or commit rights.</param>
/// <param name="Committers">Logins: <paramref name="Users"/> and all members of <paramref name="Groups"/>.</param>
/// <param name="Admins">Logins: owner, admins, and the members of groups with admin rights.</param>
public sealed record ProjectAccess(
    IReadOnlySet<string> Users, IReadOnlySet<string> Groups, IReadOnlySet<string> Committers, IReadOnlySet<string> Admins)
{
    internal static ProjectAccess Of(PagureProjectFacts facts)
    {
        var users = facts.AccessUsers;
        var persons = new HashSet<string>([.. users.Owner, .. users.Admin, .. users.Commit]);
        var groups = new HashSet<string>([.. facts.AccessGroups.Admin, .. facts.AccessGroups.Commit]);
        return new ProjectAccess(
            persons, groups, persons.Concat(Members(groups)).ToHashSet(),
            new HashSet<string>([.. users.Owner, .. users.Admin, .. Members(facts.AccessGroups.Admin)]));

        IEnumerable<string> Members(IEnumerable<string> names) =>
            names.SelectMany(group => facts.GroupDetails.TryGetValue(group, out var logins) ? logins : []);
    }
}
