using System.Net;
using System.Text.Json;
using Packit.Http;

namespace Packit.Pagure;

/// <summary>Turns Pagure's refusals into typed failures that say what to do.</summary>
/// <remarks>Pagure: pagure/api/__init__.py, APIERROR.</remarks>
internal static class PagureErrors
{
    private const string MissingAcls = "Missing ACLs: ";

    public static RemoteException Refused(PagureRequest request, Uri root, RemoteAnswer answer)
    {
        var status = answer.Status;
        var (said, code, details) = Read(answer.Body);
        var acl = details.StartsWith(MissingAcls, StringComparison.Ordinal) ? details[MissingAcls.Length..] : null;
        var words = $"{said} {details}".Trim();
        return new PagureException(
            Failure(status, code, said, acl),
            $"Pagure refused {request.Doing}: {(int)status} {(code.Length == 0 ? "" : code + " ")}{words}{Advice(root, status, code, details, acl)}",
            code)
        {
            MissingAcl = acl,
            Status = status,
            RetryAfter = answer.RetryAfter,
        };
    }

    private static RemoteFailure Failure(HttpStatusCode status, string code, string said, string? missingAcl) => code switch
    {
        "EINVALIDTOK" when missingAcl is null => RemoteFailure.Unauthorized,
        "EINVALIDTOK" or "ENOTHIGHENOUGH" or "EMODIFYPROJECTNOTALLOWED" or "EUBLOCKED" => RemoteFailure.Forbidden,
        "EPULLREQUESTSDISABLED" or "ETRACKERDISABLED" => RemoteFailure.Forbidden,
        "ENOCODE" when said.Contains("already exists", StringComparison.OrdinalIgnoreCase) => RemoteFailure.Conflict,
        "EDBERROR" or "EGITERROR" or "ENOPRSTATS" => RemoteFailure.ServerError,
        // A page that is not of the API: another server, or a wrong base address. Not the same as "does not exist".
        "" when status == HttpStatusCode.NotFound => RemoteFailure.Unexpected,
        _ => RemoteException.Classify(status),
    };

    private static string Advice(Uri root, HttpStatusCode status, string code, string details, string? missingAcl) => code switch
    {
        "EINVALIDTOK" when missingAcl is not null => $" Create an API token that has the ACL {missingAcl} at {root}settings#nav-api-tab",
        "EINVALIDTOK" when details.StartsWith("Expired", StringComparison.Ordinal) => $" Renew the API token at {root}settings#nav-api-tab",
        "EINVALIDTOK" => $" Configure an API token made at {root}settings#nav-api-tab",
        "EMODIFYPROJECTNOTALLOWED" or "ENOTHIGHENOUGH" => " The owner of the token lacks rights in the project.",
        "" when (int)status is >= 300 and < 400 or 404 => $" Is {root} the root of a Pagure instance?",
        _ => "",
    };

    private static (string Said, string Code, string Details) Read(byte[] body)
    {
        try
        {
            var error = JsonSerializer.Deserialize(body, PagureJson.Default.PagureErrorBody);
            return (RemoteText.Clean(error?.Error), Code(error?.ErrorCode), RemoteText.Clean(Details(error?.Errors)));
        }
        catch (JsonException)
        {
            return ("(a page that is not of Pagure's API)", "", "");
        }
    }

    private static string Code(string? code) =>
        code is { Length: <= 64 } && code.All(letter => char.IsAsciiLetterUpper(letter) || letter == '_') ? code : "";

    private static string Details(JsonElement? errors) => errors switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString() ?? "",
        { ValueKind: JsonValueKind.Object } fields => string.Join(
            "; ", fields.EnumerateObject().Take(10).Select(field => $"{field.Name}: {Texts(field.Value)}")),
        { ValueKind: JsonValueKind.Array } list => Texts(list),
        _ => "",
    };

    private static string Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(' ', value.EnumerateArray().Take(10).Select(Texts)),
        JsonValueKind.String => value.GetString() ?? "",
        _ => "",
    };
}

/// <summary>The error document of the API. <c>errors</c> is a text, or field names with lists of texts.</summary>
internal sealed record PagureErrorBody(string? Error = null, string? ErrorCode = null, JsonElement? Errors = null);
