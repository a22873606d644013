using System.Text.Json.Nodes;

namespace Packit.Sandbox.Koji;

/// <summary>The accounts of the hub. A login makes one, as Fedora's <c>LoginCreatesUser</c> does.</summary>
internal sealed class KojiAccounts(KojiState state)
{
    public KojiUser ById(int id) => state.Users.First(user => user.Id == id);

    public KojiUser Ensure(string name, bool admin = false)
    {
        if (state.Users.Find(user => user.Name == name) is { } known)
        {
            return known;
        }

        var user = new KojiUser { Id = state.Users.Count + 1, Name = name, IsAdmin = admin };
        state.Users.Add(user);
        return user;
    }

    /// <summary>By id, name or Kerberos principal; null when there is none.</summary>
    public KojiUser? Find(JsonNode? given) => Arguments.IntOrNull(given) is { } id
        ? state.Users.Find(user => user.Id == id)
        : Arguments.StringOrNull(given) is { } name ? state.Users.Find(user => user.Name == name || Principal(user) == name) : null;

    public static string Principal(KojiUser user) => user.Name + "@FEDORAPROJECT.ORG";

    public static JsonObject Json(KojiUser user) => new()
    {
        ["id"] = user.Id,
        ["name"] = user.Name,
        ["status"] = 0,
        ["usertype"] = 0,
        ["krb_principals"] = new JsonArray(Principal(user)),
    };
}
