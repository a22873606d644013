namespace Packit.FedoraMessaging;

/// <summary>What the listener is doing.</summary>
public enum ListenerState
{
    /// <summary>Not begun, or ended.</summary>
    Stopped,

    /// <summary>No connection; the next attempt follows.</summary>
    Disconnected,

    /// <summary>Messages come as they are sent.</summary>
    Connected,

    /// <summary>Messages are fetched from datagrepper now and then.</summary>
    Polling,
}

/// <summary>How the listener is, at one moment.</summary>
/// <param name="State">What it is doing.</param>
/// <param name="Since">How long.</param>
/// <param name="LastMessageAt">When the last message was stored.</param>
/// <param name="Problem">What is wrong with the connection or the store; null when nothing is.</param>
/// <param name="ReadBackProblem">What keeps a gap from being read back; null when nothing does.</param>
/// <param name="MissingFrom">From when on messages may be missing until the read-back is done; null when none are.</param>
/// <param name="CertificateExpiresAt">When the first of the broker's configured certificates expires; null without certificates.</param>
public sealed record ListenerSnapshot(
    ListenerState State,
    DateTimeOffset Since,
    DateTimeOffset? LastMessageAt,
    string? Problem,
    string? ReadBackProblem,
    DateTimeOffset? MissingFrom,
    DateTimeOffset? CertificateExpiresAt)
{
    private static readonly TimeSpan ExpiryNotice = TimeSpan.FromDays(14);

    /// <summary>What an operator should know about the certificates; null when they are valid for two weeks or more.</summary>
    /// <param name="now">The present.</param>
    public string? CertificateWarning(DateTimeOffset now) => CertificateExpiresAt is not { } expiry || expiry - now > ExpiryNotice
        ? null
        : expiry <= now
            ? $"A certificate for the broker expired at {expiry:u}: no connection can be made until it is replaced."
            : $"A certificate for the broker expires at {expiry:u}: replace the file, it is read at the next connection.";
}

/// <summary>How the listener is, for health pages.</summary>
public sealed class ListenerStatus(TimeProvider time)
{
    private readonly Lock _gate = new();
    private ListenerSnapshot _current = new(ListenerState.Stopped, time.GetUtcNow(), null, null, null, null, null);

    public ListenerSnapshot Current
    {
        get
        {
            lock (_gate)
            {
                return _current;
            }
        }
    }

    internal void Is(ListenerState state, string? problem)
    {
        var now = time.GetUtcNow();
        Change(was => was with { State = state, Since = was.State == state ? was.Since : now, Problem = problem });
    }

    internal void Stored()
    {
        var now = time.GetUtcNow();
        Change(was => was with { LastMessageAt = now, Problem = null });
    }

    internal void NotStored(string problem) => Change(was => was with { Problem = problem });

    internal void Missing(DateTimeOffset? from, string? problem) => Change(was => was with { MissingFrom = from, ReadBackProblem = problem });

    internal void CertificatesExpire(DateTimeOffset? at) => Change(was => was with { CertificateExpiresAt = at });

    private void Change(Func<ListenerSnapshot, ListenerSnapshot> change)
    {
        lock (_gate)
        {
            _current = change(_current);
        }
    }
}
