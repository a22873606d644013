using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;
using Packit.PackageConfig;

namespace Packit.Service.Schema;

/// <summary>The JSON schema of <c>.packit.yaml</c> at an address that editors can be told once.</summary>
public static class SchemaEndpoint
{
    /// <summary>The address; projects write it into their files, so it stays as it is.</summary>
    public const string Path = "/schema/packit.json";

    private const string ContentType = "application/schema+json";

    /// <summary>It changes with a new version of the service only; editors ask again after an hour, and mostly learn that nothing changed.</summary>
    private const string Caching = "public, max-age=3600";

    private static readonly byte[] Content = Encoding.UTF8.GetBytes(PackageConfigSchema.Json());
    private static readonly EntityTagHeaderValue Tag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(Content))[..16]}\"");

    /// <summary>Maps the schema, for everybody: it holds nothing but the format.</summary>
    public static void MapPackageConfigSchema(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], Answer);
    }

    private static IResult Answer(HttpContext context)
    {
        context.Response.Headers.CacheControl = Caching;

        // Editors that run in a browser may read it from any page.
        context.Response.Headers.AccessControlAllowOrigin = "*";
        return Results.Bytes(Content, ContentType, entityTag: Tag);
    }
}
