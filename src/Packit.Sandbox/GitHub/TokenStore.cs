using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Packit.Sandbox.GitHub;

/// <summary>What an installation token may do.</summary>
/// <param name="Repositories">The ids of the repositories it is narrowed to; null for all of the installation.</param>
internal sealed record InstallationToken(
    string Value, long Installation, IReadOnlyDictionary<string, string> Permissions, IReadOnlySet<long>? Repositories, DateTimeOffset ExpiresAt);

/// <summary>How much of the hour's requests is used.</summary>
internal sealed class RateBucket(int limit, DateTimeOffset reset)
{
    private int _used;

    public int Limit { get; } = limit;

    public DateTimeOffset Reset { get; } = reset;

    public int Used => Volatile.Read(ref _used);

    public int Remaining => Math.Max(0, Limit - Used);

    public void Count(int requests) => Interlocked.Add(ref _used, requests);
}

/// <summary>The installation tokens that were given out and what is left of their requests. Not kept over a restart, like a real hour that has passed.</summary>
internal sealed class TokenStore(AppIdentity app, TimeProvider time)
{
    private const int Hourly = 5000;
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, InstallationToken> _tokens = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RateBucket> _buckets = new(StringComparer.Ordinal);
    private int _limit = Hourly;

    public InstallationToken Issue(long installation, IReadOnlyDictionary<string, string> permissions, IReadOnlySet<long>? repositories)
    {
        string value = "ghs_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)) + app.Id;
        var token = new InstallationToken(value, installation, permissions, repositories, time.GetUtcNow() + Life);
        _tokens[value] = token;
        return token;
    }

    /// <summary>The token, while it is valid.</summary>
    public InstallationToken? Find(string value) =>
        _tokens.TryGetValue(value, out var token) && token.ExpiresAt > time.GetUtcNow() ? token : null;

    /// <summary>Takes a token out of use before its time.</summary>
    public void Revoke(string value) => _tokens.TryRemove(value, out _);

    /// <summary>Takes all tokens of an installation out of use.</summary>
    public void RevokeOf(long installation)
    {
        foreach (string value in _tokens.Where(pair => pair.Value.Installation == installation).Select(pair => pair.Key))
        {
            Revoke(value);
        }
    }

    /// <summary>The bucket of an owner such as <c>installation 7</c>; a new one when its hour is over.</summary>
    public RateBucket Bucket(string owner, int limit)
    {
        var now = time.GetUtcNow();
        return _buckets.AddOrUpdate(
            owner,
            _ => new RateBucket(limit, now + Life),
            (_, bucket) => bucket.Reset > now ? bucket : new RateBucket(limit, now + Life));
    }

    public RateBucket InstallationBucket(long installation) => Bucket("installation " + installation, Volatile.Read(ref _limit));

    public void LimitTo(int remaining)
    {
        Volatile.Write(ref _limit, remaining);
        _buckets.Clear();
    }
}
