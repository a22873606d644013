using System.Data.Common;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Packit.Automation.Storage;
using Packit.FedoraMessaging;

namespace Packit.Service.Dashboard;

/// <summary>For supervisors and load balancers.</summary>
public static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Maps <c>/healthz</c> and <c>/api/healthz</c> (the process answers) and <c>/readyz</c> (its database does too, within 2 seconds; it also says how the listener is).</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGet("/healthz", Alive);
        app.MapGet("/api/healthz", Alive);
        app.MapGet("/readyz", ReadyAsync);
    }

    // The words of the established service, which existing probes look for.
    private static IResult Alive() => Results.Json(new HealthAnswer("We are healthy!"));

    private static async Task<IResult> ReadyAsync(
        IPackitDbFactory databases, TimeProvider time, IServiceProvider services, CancellationToken cancellationToken)
    {
        // A broker that is away is told and makes nobody unready: starting the process anew would not bring it back.
        var listener = services.GetService<ListenerStatus>() is { } status ? ListenerHealth.Of(status.Current, time.GetUtcNow()) : null;
        using var patience = new CancellationTokenSource(Patience, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            // Drivers may be slow to notice a cancellation; the answer is not.
            await AskAsync(databases, limit.Token).WaitAsync(limit.Token);
            return Results.Json(new HealthAnswer("ready", listener));
        }
        catch (Exception away) when (away is DbException or InvalidOperationException or TimeoutException
            || (away is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Results.Json(new HealthAnswer("The database does not answer.", listener), statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    // A table of the service's own: a database that was never migrated is not ready.
    private static async Task AskAsync(IPackitDbFactory databases, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        await db.ReleaseLists.AsNoTracking().AnyAsync(cancellationToken);
    }

    private sealed record HealthAnswer(string Status, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ListenerHealth? Listener = null);

    /// <summary>How the listener to Fedora's bus is; only in a process that has the role.</summary>
    private sealed record ListenerHealth(
        string State,
        DateTimeOffset Since,
        DateTimeOffset? LastMessage,
        string? Problem,
        string? ReadBackProblem,
        DateTimeOffset? MissingFrom,
        DateTimeOffset? CertificateExpires,
        string? Warning)
    {
        public static ListenerHealth Of(ListenerSnapshot now, DateTimeOffset at) => new(
            now.State.ToString().ToLowerInvariant(), now.Since, now.LastMessageAt, now.Problem, now.ReadBackProblem, now.MissingFrom,
            now.CertificateExpiresAt, now.CertificateWarning(at));
    }
}
