using System.Text.Json.Nodes;

namespace Packit.Sandbox.Koji;

/// <summary>Logins, accounts and what the hub says of itself.</summary>
internal static class SiteMethods
{
    public static void Map(HubMethods hub)
    {
        hub.Add("getAPIVersion", "RootExports.getAPIVersion()", _ => 1);
        hub.Add("getKojiVersion", "RootExports.getKojiVersion()", _ => KojiStandIn.Version);
        hub.Add("hello", "RootExports.hello()", _ => "Hello World");
        hub.Add("system.listMethods", "HandlerRegistry.system_listMethods()", _ => new JsonArray([.. hub.Names.Select(name => (JsonNode)name)]));
        hub.Add("sslLogin", "sslLogin(proxyuser=, proxyauthtype=, renew=, exclusive=)", SslLogin);
        hub.Add("login", "login(user, password, opts=, renew=, exclusive=)", Login);
        hub.Add("logout", "logout(session_id=)", Logout);
        hub.Add("getLoggedInUser", "RootExports.getLoggedInUser()", LoggedInUser);
        hub.Add("getSessionInfo", "RootExports.getSessionInfo(details=, user_id=)", SessionInfo);
        hub.Add("getUser", "RootExports.getUser(userInfo=, strict=, krb_princs=, groups=)", User);
    }

    private static JsonNode SslLogin(HubCall call)
    {
        if (call.Login.RemoteUser is not { } name)
        {
            throw HubFault.Auth("could not verify client: None");
        }

        if (call.Arguments["proxyuser"] is { } proxy)
        {
            throw HubFault.Auth($"{name} is not authorized to login other users: {proxy}");
        }

        return Open(call, call.Koji.Accounts.Ensure(name), authType: 3);
    }

    private static JsonNode Login(HubCall call)
    {
        string name = call.Arguments.Text("user");
        string expected = name == call.Koji.ServiceUser ? call.Koji.Password : call.Koji.FurtherLogins.TryGetValue(name, out string? other) ? other : "";
        return expected.Length > 0 && call.Arguments.Text("password") == expected
            ? Open(call, call.Koji.Accounts.Ensure(name), authType: 0)
            : throw HubFault.Auth("invalid username or password");
    }

    private static JsonObject Open(HubCall call, KojiUser user, int authType)
    {
        var session = call.Session;
        if (call.Arguments.IsTrue("renew"))
        {
            call.Koji.Sessions.Renew(session ?? throw HubFault.Auth("Invalid session or bad credentials"));
        }
        else
        {
            session = call.Koji.Sessions.Open(user, authType);
        }

        return new JsonObject { ["session-id"] = session.Id, ["session-key"] = session.Key, ["header-auth"] = true };
    }

    private static JsonNode? Logout(HubCall call)
    {
        var own = call.Session ?? throw HubFault.Auth("Not logged in");
        int? other = Arguments.IntOrNull(call.Arguments["session_id"]);
        var session = other is null
            ? own
            : call.State.Sessions.Find(known => known.Id == other && known.User == own.User) ?? throw HubFault.NotAllowed("only admins or owner may logout other session");
        call.Koji.Sessions.Close(session);
        return null;
    }

    private static JsonNode? LoggedInUser(HubCall call)
    {
        if (call.Caller is not { } user)
        {
            return null;
        }

        var json = KojiAccounts.Json(user);
        json["authtype"] = call.Session!.AuthType;
        json["krb_principal"] = KojiAccounts.Principal(user);
        return json;
    }

    private static JsonNode? SessionInfo(HubCall call) => call.Session is not { } session ? null : new JsonObject
    {
        ["session_id"] = session.Id,
        ["user_id"] = session.User,
        ["authtype"] = session.AuthType,
        ["callnum"] = session.CallNumber,
        ["exclusive"] = null,
        ["expired"] = session.Expired,
        ["start_time"] = KojiTime.Text(session.Started),
        ["start_ts"] = KojiTime.Stamp(session.Started),
        ["hostip"] = "127.0.0.1",
    };

    private static JsonNode? User(HubCall call)
    {
        var user = call.Arguments.Has("userInfo") ? call.Koji.Accounts.Find(call.Arguments["userInfo"]) : call.RequireLogin();
        return user is not null ? KojiAccounts.Json(user)
            : call.IsStrict ? throw HubFault.Generic($"No such user: {TagTree.Shown(call.Arguments["userInfo"])}")
            : null;
    }
}
