using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Packit.Automation.Explaining;
using Packit.Automation.Settings;
using Packit.Service.Dashboard.Live;
using Packit.Service.Dashboard.Pages;
using Packit.Service.Dashboard.Reading;

namespace Packit.Service.Dashboard;

/// <summary>The addresses of the dashboard. Checks and pull requests link to them, so they stay as they are.</summary>
public static class DashboardEndpoints
{
    /// <summary>Maps the pages, their live events, and the files they need.</summary>
    public static void MapDashboard(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGet("/", ReleaseListAsync);
        app.MapGet("/releases/{id:int}", ReleaseAsync);
        app.MapGet("/jobs/propose-downstreams", () => Results.Redirect("/"));
        app.MapGet("/jobs/propose-downstream/{id:int}", TargetAsync);
        app.MapGet("/jobs/propose-downstream/{id:int}/log", LogAsync);
        app.MapGet("/jobs/propose-downstream/{id:int}/diff", DiffAsync);
        app.MapGet("/jobs/propose-downstream/{id:int}/events", TargetEvents.StreamAsync);
        app.MapGet("/jobs/downstream-koji-builds", BuildListAsync);
        app.MapGet("/jobs/koji/{id:int}", BuildAsync);
        app.MapGet("/jobs/bodhi-updates", UpdateListAsync);
        app.MapGet("/jobs/bodhi/{id:int}", UpdateAsync);
        app.MapGet("/deliveries", DeliveryListAsync);
        app.MapGet("/deliveries/{id}", DeliveryAsync);
        app.MapGet("/previews/{id:int}", PreviewAsync);
        app.MapGet("/previews/{id:int}/json", PreviewJsonAsync);
        app.MapGet("/aliases", AliasesAsync);
        app.MapGet("/limits", LimitsAsync);
        app.MapGet("/assets/{name}", Asset);
        app.MapGet("/{*path}", Missing).WithOrder(int.MaxValue);
    }

    private static async Task<RazorComponentResult> ReleaseListAsync([FromQuery] int? before, ReleaseListQuery query, CancellationToken cancellationToken) =>
        Page<ReleaseListPage>(await query.ReadAsync(before, cancellationToken));

    private static async Task<RazorComponentResult> ReleaseAsync(int id, ReleaseQuery query, CancellationToken cancellationToken) =>
        await query.ReadAsync(id, cancellationToken) is { } release ? Page<ReleasePage>(release) : NotFound();

    private static async Task<RazorComponentResult> TargetAsync(int id, TargetQuery query, CancellationToken cancellationToken) =>
        await query.ReadAsync(id, cancellationToken) is { } target ? Page<TargetPage>(target) : NotFound();

    private static async Task<RazorComponentResult> BuildListAsync([FromQuery] int? before, BuildQuery query, CancellationToken cancellationToken) =>
        Page<BuildListPage>(await query.ListAsync(before, cancellationToken));

    private static async Task<RazorComponentResult> BuildAsync(int id, BuildQuery query, CancellationToken cancellationToken) =>
        await query.ReadAsync(id, cancellationToken) is { } build ? Page<BuildPage>(build) : NotFound();

    private static async Task<RazorComponentResult> UpdateListAsync([FromQuery] int? before, UpdateQuery query, CancellationToken cancellationToken) =>
        Page<UpdateListPage>(await query.ListAsync(before, cancellationToken));

    private static async Task<RazorComponentResult> UpdateAsync(int id, UpdateQuery query, CancellationToken cancellationToken) =>
        await query.ReadAsync(id, cancellationToken) is { } update ? Page<UpdatePage>(update) : NotFound();

    private static async Task<RazorComponentResult> DeliveryListAsync(
        [FromQuery] string? repository, [FromQuery] long? before, DeliveryExplanations explanations, CancellationToken cancellationToken) =>
        Page<DeliveryListPage>(await explanations.ListAsync(repository, before, Viewer.Anybody, cancellationToken));

    private static async Task<RazorComponentResult> DeliveryAsync(
        string id, DeliveryExplanations explanations, IOptions<ServiceOptions> service, CancellationToken cancellationToken) =>
        await explanations.ReadAsync(id, Viewer.Anybody, service.Value.CommandPrefix, cancellationToken) is { } explained
            ? Page<DeliveryPage>(explained)
            : NotFound();

    private static async Task<RazorComponentResult> PreviewAsync(int id, PreviewQuery query, CancellationToken cancellationToken) =>
        await query.ReadAsync(id, cancellationToken) is { } preview ? Page<PreviewPage>(preview) : NotFound();

    private static async Task<IResult> PreviewJsonAsync(int id, PreviewQuery query, CancellationToken cancellationToken) =>
        await query.JsonAsync(id, cancellationToken) is { } json ? Results.Text(json, "application/json", Encoding.UTF8) : NotFound();

    private static async Task<RazorComponentResult> AliasesAsync(AliasQuery query, CancellationToken cancellationToken) =>
        Page<AliasPage>(await query.ReadAsync(cancellationToken));

    private static async Task<RazorComponentResult> LimitsAsync(LimitQuery query, CancellationToken cancellationToken) =>
        Page<LimitPage>(await query.AllAsync(cancellationToken));

    private static async Task<IResult> LogAsync(int id, TargetQuery query, HttpContext context, CancellationToken cancellationToken)
    {
        if (!await query.IsVisibleAsync(id, cancellationToken))
        {
            return NotFound();
        }

        context.Response.ContentType = "text/plain; charset=utf-8";
        await using var text = new StreamWriter(context.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        await foreach (var line in query.LogAsync(id, cancellationToken))
        {
            var at = line.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
            await text.WriteLineAsync($"{at} {line.Level} {PlainText.Clean(line.Text)}".AsMemory(), cancellationToken);
        }

        return Results.Empty;
    }

    private static async Task<IResult> DiffAsync(int id, TargetQuery query, CancellationToken cancellationToken) =>
        await query.DiffAsync(id, cancellationToken) is { } diff ? Results.Text(PlainText.Clean(diff), "text/plain", Encoding.UTF8) : NotFound();

    private static IResult Asset(string name, HttpContext context)
    {
        if (DashboardFiles.Find(name) is not { } file)
        {
            return NotFound();
        }

        // The address carries the content's hash, so it never changes what it means.
        context.Response.Headers.CacheControl = context.Request.Query.ContainsKey(DashboardFiles.VersionKey) ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Bytes(file.Content, file.ContentType, entityTag: new($"\"{file.Hash}\""));
    }

    private static IResult Missing(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) ? Results.Json(new { error = "Not found." }, statusCode: 404) : NotFound();

    private static RazorComponentResult<NotFoundPage> NotFound() => new() { StatusCode = StatusCodes.Status404NotFound };

    private static RazorComponentResult<TPage> Page<TPage>(object model)
        where TPage : Microsoft.AspNetCore.Components.IComponent =>
        new(new Dictionary<string, object?> { ["Model"] = model }) { PreventStreamingRendering = true };
}
