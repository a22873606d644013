using System.Globalization;
using Packit.Http;

namespace Packit.Koji;

/// <summary>What the hub gave at login. Koji: <c>kojihub/auth.py</c>, <c>createSession</c>.</summary>
/// <param name="Id">Number of the session.</param>
/// <param name="Key">What proves that it is ours.</param>
/// <param name="InHeaders">Whether the hub takes them as headers (1.31 and later); else they stand in the query.</param>
internal sealed record SessionPass(long Id, Secret Key, bool InHeaders)
{
    public static SessionPass Read(Answer login) => new(
        login["session-id"].LongOrNull() ?? throw login["session-id"].Wrong("a number"),
        login["session-key"].TextOrNull() is { Length: > 0 } key && key.All(static character => character is > ' ' and <= '~')
            ? new Secret(key)
            : throw new KojiException(RemoteFailure.Unexpected, "Koji's answer cannot be understood: it gave no session key."),
        login["header-auth"].Flag());

    /// <summary>Puts the session and the number of the call into a request.</summary>
    public void Apply(HttpRequestMessage message, int number)
    {
        var (id, callNumber) = (Id.ToString(CultureInfo.InvariantCulture), number.ToString(CultureInfo.InvariantCulture));
        if (!InHeaders)
        {
            message.RequestUri = new Uri($"{message.RequestUri}?session-id={id}&session-key={Uri.EscapeDataString(Key.Reveal())}&callnum={callNumber}");
            return;
        }

        message.Headers.Add("Koji-Session-Id", id);
        message.Headers.Add("Koji-Session-Key", Key.Reveal());
        message.Headers.Add("Koji-Session-Callnum", callNumber);
        // The releases 1.31 to 1.35.3 look for the number under this name; without it they would not notice a call that comes twice.
        message.Headers.Add("Koji-Callnum", callNumber);
    }
}

/// <summary>A session with the number of one call in it. A repetition of the same call keeps the number.</summary>
internal sealed record CallPass(SessionPass Session, int Number);
