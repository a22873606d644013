namespace Packit.Koji;

/// <summary>A user of the build system.</summary>
/// <param name="Id">The number by which tasks and builds name their owner.</param>
/// <param name="Name">The login, such as <c>packit</c>.</param>
/// <param name="IsBlocked">Whether the user may do anything.</param>
/// <param name="Principals">The Kerberos principals that are this user.</param>
public sealed record KojiUser(int Id, string Name, bool IsBlocked, IReadOnlyList<string> Principals)
{
    internal static KojiUser Read(Answer user) => new(
        user["id"].Number(),
        user["name"].Text(),
        user["status"].NumberOrNull() == 1,
        user["krb_principals"].OrNull(static list => list.List(static item => item.Text())) ?? []);
}
