using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Packit.Sandbox.Koji;

/// <summary>Sessions and their call numbers, checked in the hub's order: known, not expired, number not seen before.</summary>
internal sealed class HubSessions(KojiState state, TimeProvider time)
{
    /// <summary>The hub's <c>SessionRenewalTimeout</c>: 1440 minutes.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1440);

    /// <summary>Methods that a session may still call when it has expired.</summary>
    private static readonly string[] ForExpired = ["sslLogin", "login", "logout"];

    private readonly List<string> _handedOut = [];

    /// <summary>Every session key since the start, also those that are good for nothing any more. The caller holds the gate.</summary>
    public IReadOnlyList<string> HandedOut => _handedOut;

    /// <summary>Hubs from 1.31 to 1.35.3 look for <c>Koji-Callnum</c>, later ones for what clients really send.</summary>
    public string NumberHeader { get; set; } = "Koji-Session-Callnum";

    /// <summary>The session and call number of a request; both null for an anonymous one.</summary>
    public (KojiSession? Session, int? Number) Check(HttpRequest request, string method)
    {
        if (Field(request, "Koji-Session-Id", "session-id") is not { } idText)
        {
            return (null, null);
        }

        string key = Field(request, "Koji-Session-Key", "session-key") ?? throw HubFault.Auth("session-key not specified in session args");
        if (!int.TryParse(idText, NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            || state.Sessions.Find(known => known.Id == id && known.Key == key) is not { } session)
        {
            throw HubFault.Auth("Invalid session or bad credentials");
        }

        if ((session.Expired || time.GetUtcNow() - session.Started > Life) && !ForExpired.Contains(method))
        {
            session.Expired = true;
            throw new HubFault(1007, $"session \"{id}\" has expired");
        }

        if (Field(request, NumberHeader, "callnum") is not { } numberText)
        {
            return (session, null);
        }

        if (!int.TryParse(numberText, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            throw HubFault.Auth("Invalid callnum: " + numberText);
        }

        if (session.CallNumber > number)
        {
            throw new HubFault(1008, $"{session.CallNumber} > {number} (session {id})");
        }

        return session.CallNumber == number
            ? throw new HubFault(1009, $"unable to retry call {number} (method {method}) for session {id}")
            : (session, number);
    }

    public KojiSession Open(KojiUser user, int authType)
    {
        var session = new KojiSession { Id = ++state.LastSession, Key = NewKey(user.Id), User = user.Id, AuthType = authType, Started = time.GetUtcNow() };
        state.Sessions.Add(session);
        return session;
    }

    /// <summary>A login with <c>renew</c>: the id stays, the key is new, and the call number stays too.</summary>
    public void Renew(KojiSession session) => (session.Key, session.Started, session.Expired) = (NewKey(session.User), time.GetUtcNow(), false);

    public void Close(KojiSession session) => state.Sessions.Remove(session);

    private string NewKey(int user)
    {
        _handedOut.Add($"{user}-{RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 20)}");
        return _handedOut[^1];
    }

    /// <summary>Headers are the newer form, the query the older; when there is a session in the headers, the query does not count.</summary>
    private static string? Field(HttpRequest request, string header, string query)
    {
        bool headers = request.Headers.ContainsKey("Koji-Session-Id");
        string? text = headers ? request.Headers[header] : request.Query[query];
        return string.IsNullOrEmpty(text) ? null : text;
    }
}
