using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Packit.Automation.Storage;

namespace Packit.Service.Dashboard;

/// <summary>For supervisors and load balancers.</summary>
public static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Maps <c>/healthz</c> and <c>/api/healthz</c> (the process answers) and <c>/readyz</c> (its database does too, within 2 seconds).</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGet("/healthz", Alive);
        app.MapGet("/api/healthz", Alive);
        app.MapGet("/readyz", ReadyAsync);
    }

    // The words of the established service, which existing probes look for.
    private static IResult Alive() => Results.Json(new HealthAnswer("We are healthy!"));

    private static async Task<IResult> ReadyAsync(IPackitDbFactory databases, TimeProvider time, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            // Drivers may be slow to notice a cancellation; the answer is not.
            await AskAsync(databases, limit.Token).WaitAsync(limit.Token);
            return Results.Json(new HealthAnswer("ready"));
        }
        catch (Exception away) when (away is DbException or InvalidOperationException or TimeoutException
            || (away is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Results.Json(new HealthAnswer("The database does not answer."), statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    // A table of the service's own: a database that was never migrated is not ready.
    private static async Task AskAsync(IPackitDbFactory databases, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        await db.ReleaseLists.AsNoTracking().AnyAsync(cancellationToken);
    }

    private sealed record HealthAnswer(string Status);
}
