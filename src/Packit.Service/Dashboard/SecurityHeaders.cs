namespace Packit.Service.Dashboard;

/// <summary>What every answer says to browsers.</summary>
public static class SecurityHeaders
{
    /// <summary>Only the dashboard's own files: no inline script or style, nothing of third parties, no frames; forms lead to the dashboard only.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Adds the headers to all answers, errors included.</summary>
    public static void UseDashboardHeaders(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseExceptionHandler(broken => broken.Run(SayBrokenAsync));
        app.Use((context, next) =>
        {
            Set(context.Response.Headers);
            return next(context);
        });
    }

    private static void Set(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-cache";
    }

    // The log has the exception with the same reference; the answer says nothing about the inside.
    private static Task SayBrokenAsync(HttpContext context)
    {
        Set(context.Response.Headers);
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(
            $"Something went wrong inside the service, so this page cannot be shown now. Try again; if it stays, tell the operators this reference: {context.TraceIdentifier}\n",
            context.RequestAborted);
    }
}
