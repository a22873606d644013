using System.Text.Json.Nodes;

namespace Packit.Sandbox.Bodhi;

/// <summary>One error of a refusal.</summary>
/// <param name="Location">body, querystring, url, cookies or header.</param>
internal sealed record BodhiError(string Location, string Name, string Description)
{
    public static BodhiError OfBody(string name, string description) => new("body", name, description);

    public static BodhiError OfBuilds(string description) => new("body", "builds", description);
}

/// <summary>An answer that ends a request: Bodhi's status and its list of errors.</summary>
internal sealed class BodhiRefusal(int status, params IReadOnlyList<BodhiError> errors) : Exception(errors.Count > 0 ? errors[0].Description : "Refused")
{
    public int Status { get; } = status;

    /// <summary>What follows when the builds cannot be told: nobody knows who may touch them.</summary>
    public static BodhiError NoAcls => BodhiError.OfBuilds("ACL validation mechanism was unable to determine ACLs.");

    public static BodhiRefusal Forbidden(string view) =>
        new(403, BodhiError.OfBody("HTTPForbidden", $"Unauthorized: {view}__POST failed permission check"));

    public JsonObject Body() => new()
    {
        ["status"] = "error",
        ["errors"] = new JsonArray([.. errors.Select(error => new JsonObject
        {
            ["location"] = error.Location,
            ["name"] = error.Name,
            ["description"] = error.Description,
        })]),
    };
}
