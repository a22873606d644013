using System.Security.Cryptography;
using Packit.Sandbox.Hosting;

namespace Packit.Sandbox.Identity;

/// <summary>Fedora's OpenID Connect provider as <c>bodhi-client</c> uses it: a code by Kerberos, tokens for the code, new tokens for the refresh token.</summary>
public sealed class IdentityStandIn
{
    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RefreshLife = TimeSpan.FromDays(1);
    private readonly TimeProvider _time;
    private readonly List<string> _handedOut = [];

    internal IdentityStandIn(IdentityState state, TimeProvider time, KerberosGate gate, Func<string, IReadOnlyList<string>> groupsOf)
    {
        _time = time;
        State = state;
        Gate = gate;
        GroupsOf = groupsOf;
    }

    /// <summary>Where it listens, with a trailing slash.</summary>
    public Uri Address { get; internal set; } = new("http://127.0.0.1/");

    /// <summary>In the place of <c>https://id.fedoraproject.org/openidc</c>.</summary>
    public Uri Issuer => new(Address, "openidc");

    /// <summary>How long an access token is good.</summary>
    public TimeSpan TokenLife { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Every code and token that was handed out since the start, also those that are good for nothing any more.</summary>
    public IReadOnlyList<string> HandedOut
    {
        get
        {
            lock (State.Gate)
            {
                return [.. _handedOut];
            }
        }
    }

    internal IdentityState State { get; }

    internal KerberosGate Gate { get; }

    /// <summary>The groups of an account, as they are told in its token.</summary>
    internal Func<string, IReadOnlyList<string>> GroupsOf { get; }

    /// <summary>Ends every access token, and with <paramref name="refreshTokens"/> the refresh tokens too.</summary>
    public void EndTokens(bool refreshTokens = false)
    {
        lock (State.Gate)
        {
            State.Grants.RemoveAll(grant => grant.Kind == GrantKind.Access || (refreshTokens && grant.Kind == GrantKind.Refresh));
        }
    }

    /// <summary>The account of an access token that is good; null for another.</summary>
    internal string? UserOf(string token)
    {
        lock (State.Gate)
        {
            return Find(token, GrantKind.Access)?.User;
        }
    }

    internal string NewCode(string client, string scope, string redirectUri)
    {
        lock (State.Gate)
        {
            return Add(GrantKind.Code, Gate.User, client, scope, CodeLife, redirectUri);
        }
    }

    /// <summary>Takes a code, which is good once, or a refresh token.</summary>
    /// <returns>The grant; null when it is unknown, expired or another client's.</returns>
    internal Grant? Redeem(string value, GrantKind kind, string client, string? redirectUri)
    {
        lock (State.Gate)
        {
            var grant = Find(value, kind);
            if (grant is not null && kind == GrantKind.Code)
            {
                State.Grants.Remove(grant);
            }

            return grant is not null && grant.Client == client && grant.RedirectUri == redirectUri ? grant : null;
        }
    }

    /// <summary>An access token and a refresh token for what was granted.</summary>
    internal (string Access, string Refresh) Tokens(Grant grant)
    {
        lock (State.Gate)
        {
            return (
                Add(GrantKind.Access, grant.User, grant.Client, grant.Scope, TokenLife, null),
                Add(GrantKind.Refresh, grant.User, grant.Client, grant.Scope, RefreshLife, null));
        }
    }

    private Grant? Find(string value, GrantKind kind) =>
        State.Grants.Find(grant => grant.Value == value && grant.Kind == kind && grant.Expires > _time.GetUtcNow());

    private string Add(GrantKind kind, string user, string client, string scope, TimeSpan life, string? redirectUri)
    {
        var now = _time.GetUtcNow();
        State.Grants.RemoveAll(grant => grant.Expires <= now);
        string value = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 48);
        _handedOut.Add(value);
        State.Grants.Add(new Grant { Value = value, Kind = kind, User = user, Client = client, Scope = scope, RedirectUri = redirectUri, Expires = now + life });
        return value;
    }
}
