using System.Text.Json.Nodes;

namespace Packit.Sandbox.Pagure;

/// <summary>An answer that ends a request: Pagure's status, code and text.</summary>
internal sealed class PagureRefusal(int status, string code, string text, JsonNode? errors = null) : Exception(text)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public JsonNode? Errors { get; } = errors;

    public static PagureRefusal NoProject() => new(404, "ENOPROJECT", "Project not found");

    public static PagureRefusal NoRequest() => new(404, "ENOREQ", "Pull-Request not found");

    public static PagureRefusal Invalid(JsonNode errors) => new(400, "EINVALIDREQ", "Invalid or incomplete input submitted", errors);

    public static PagureRefusal Field(string field, string trouble) => Invalid(new JsonObject { [field] = new JsonArray(trouble) });

    public static PagureRefusal Free(string text) => new(400, "ENOCODE", text);

    public static PagureRefusal MayNotModify() => new(401, "EMODIFYPROJECTNOTALLOWED", "You are not allowed to modify this project");

    public static PagureRefusal MayNotMerge() => new(403, "ENOPRCLOSE", "You are not allowed to merge/close pull-request for this project");

    public static PagureRefusal NotEnough() => new(401, "ENOTHIGHENOUGH", "You do not have sufficient permissions to perform this action");

    public JsonObject Body()
    {
        var body = new JsonObject { ["error"] = Message, ["error_code"] = Code };
        if (Errors is not null)
        {
            body["errors"] = Errors.DeepClone();
        }

        return body;
    }
}
