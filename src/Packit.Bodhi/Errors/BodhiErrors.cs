using System.Net;
using System.Text.Json;
using Packit.Http;

namespace Packit.Bodhi;

/// <summary>Turns Bodhi's refusals into typed failures that say what to do.</summary>
internal static class BodhiErrors
{
    private const string NoAccess = " does not have commit access to ";
    private const string NoPackager = " is not a member of ";

    /// <summary>The entries of an error document; none when the body is something else.</summary>
    public static IReadOnlyList<BodhiError> Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, BodhiJson.Default.BodhiErrorBody)?.Errors.Where(error => error is not null).Take(20).ToArray() ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>Whether a refused write may be due to a login or form token that is not valid any more.</summary>
    public static bool MayBeLogin(RemoteAnswer answer) => answer.Status switch
    {
        HttpStatusCode.Unauthorized => true,
        HttpStatusCode.BadRequest => Read(answer.Body).Any(IsLoginLost),
        HttpStatusCode.Forbidden => Read(answer.Body) is { Count: var count } errors && (count == 0 || errors.Any(error => IsLoginLost(error) || IsForbidden(error))),
        _ => false,
    };

    /// <param name="renewed">Whether the login was made anew just before, so that it cannot be the cause.</param>
    public static BodhiException Refused(BodhiRequest request, Uri root, RemoteAnswer answer, bool renewed = false)
    {
        var errors = Read(answer.Body);
        var refusal = KindOf(answer, errors, renewed);
        var right = refusal == BodhiRefusal.NoRights ? errors.Select(RightOf).FirstOrDefault(found => found is not null) : null;
        var said = errors.Count > 0 ? RemoteText.Clean(string.Join("; ", errors.Take(5))) : "(a page that is not of Bodhi's API)";
        return new BodhiException(
            FailureOf(refusal, answer.Status), refusal,
            $"Bodhi refused {request.Doing}: {(int)answer.Status} {said}{Advice(refusal, right, root, answer.Status, errors.Count)}", errors)
        {
            MissingRight = right,
            Status = answer.Status,
            RetryAfter = answer.RetryAfter,
        };
    }

    // Several errors may follow from one cause; the first that has a meaning of its own is the cause.
    private static BodhiRefusal KindOf(RemoteAnswer answer, IReadOnlyList<BodhiError> errors, bool renewed)
    {
        var known = errors.Select(error => KindOf(error, renewed)).FirstOrDefault(kind => kind != BodhiRefusal.Other);
        return known != BodhiRefusal.Other
            ? known
            : answer.Status switch
            {
                HttpStatusCode.BadRequest when errors.Count > 0 => BodhiRefusal.Validation,
                HttpStatusCode.NotFound when errors.Count > 0 => BodhiRefusal.NotFound,
                HttpStatusCode.Unauthorized when renewed => BodhiRefusal.LoginLost,
                HttpStatusCode.Forbidden when renewed => BodhiRefusal.NoRights,
                _ => BodhiRefusal.Other,
            };
    }

    private static BodhiRefusal KindOf(BodhiError error, bool renewed)
    {
        var said = error.Description ?? "";
        bool Starts(string text) => said.StartsWith(text, StringComparison.Ordinal);
        bool Has(string text) => said.Contains(text, StringComparison.Ordinal);
        return said switch
        {
            _ when (Starts("Update for ") && Has(" already exists")) || Starts("Update already exists using this side tag") => BodhiRefusal.AlreadyExists,
            _ when Starts("Build does not exist: ") => BodhiRefusal.BuildUnknown,
            _ when Starts("Koji error getting build") || Starts("Unable to access Pagure to check ACLs") => BodhiRefusal.BackendAway,
            _ when Starts("Cannot find any tags associated with build") || Starts("Cannot find release associated with build")
                || (Starts("Invalid tag: ") && Has(" not tagged with ")) => BodhiRefusal.NotTagged,
            _ when Starts("Invalid koji build") || Has(" was not built from an allowed source") || Starts("Duplicate builds")
                || (Starts("Multiple ") && Has(" builds specified in ")) => BodhiRefusal.BuildUnfit,
            _ when RightOf(error) is not null || Has(NoAccess) || (Has(NoPackager) && Has("packager")) => BodhiRefusal.NoRights,
            _ when Starts("Cannot manually create updates for a Release") => BodhiRefusal.AutomaticUpdates,
            _ when Starts("The supplied from_tag") || Starts("The supplied tag is not a side tag") => BodhiRefusal.SideTag,
            _ when Starts("Cannot edit stable updates") || Starts("Cannot find update to edit") || Has(" to a locked update") || Has(" on a locked update") =>
                BodhiRefusal.State,
            _ when Starts("This update has not yet met the minimum testing requirements") => BodhiRefusal.RequirementsNotMet,
            _ when Starts("Unable to create update.") => BodhiRefusal.ServerTrouble,
            _ when IsLoginLost(error) => BodhiRefusal.LoginLost,
            // Bodhi gives the same answer to a stranger and to an account outside the group packager.
            _ when IsForbidden(error) => renewed ? BodhiRefusal.NoRights : BodhiRefusal.LoginLost,
            _ => BodhiRefusal.Other,
        };
    }

    private static RemoteFailure FailureOf(BodhiRefusal refusal, HttpStatusCode status) => refusal switch
    {
        BodhiRefusal.AlreadyExists or BodhiRefusal.NotTagged or BodhiRefusal.State or BodhiRefusal.RequirementsNotMet => RemoteFailure.Conflict,
        BodhiRefusal.BuildUnknown or BodhiRefusal.NotFound => RemoteFailure.NotFound,
        BodhiRefusal.NoRights => RemoteFailure.Forbidden,
        BodhiRefusal.LoginLost => RemoteFailure.Unauthorized,
        BodhiRefusal.BackendAway or BodhiRefusal.ServerTrouble => RemoteFailure.ServerError,
        BodhiRefusal.BuildUnfit or BodhiRefusal.AutomaticUpdates or BodhiRefusal.SideTag or BodhiRefusal.Validation => RemoteFailure.Invalid,
        // A page that is not of the API: another server, or a wrong base address. Not the same as "does not exist".
        BodhiRefusal.Other when status == HttpStatusCode.NotFound => RemoteFailure.Unexpected,
        BodhiRefusal.Other => RemoteException.Classify(status),
    };

    private static string Advice(BodhiRefusal refusal, MissingRight? right, Uri root, HttpStatusCode status, int errors) => refusal switch
    {
        BodhiRefusal.NoRights when right is { Package: { } package } =>
            $" Give {right.User} commit access to {package} in dist-git: on the package's page, Settings, Users & Groups.",
        BodhiRefusal.NoRights when right is not null => $" A sponsor has to add {right.User} to the group packager in the account system.",
        BodhiRefusal.NoRights => " The account that Bodhi knows by the Kerberos keytab needs to be in the group packager and to have commit access to the package.",
        BodhiRefusal.LoginLost => " The login was refused although it was made anew; check the account of the Kerberos keytab.",
        BodhiRefusal.AutomaticUpdates => " Bodhi makes an update itself when the build is tagged.",
        BodhiRefusal.Other when errors == 0 && (int)status is >= 300 and < 500 => $" Is {root} the root of Bodhi?",
        _ => "",
    };

    private static bool IsLoginLost(BodhiError error) =>
        error.Name == "csrf_token" || error.Location == "cookies"
        || (error.Description?.StartsWith("No ACLs for anonymous user", StringComparison.Ordinal) ?? false);

    private static bool IsForbidden(BodhiError error) => error.Name == "HTTPForbidden";

    private static MissingRight? RightOf(BodhiError error)
    {
        var said = error.Description ?? "";
        if (said.IndexOf(NoAccess, StringComparison.Ordinal) is > 0 and var access)
        {
            return Name(said[..access]) is { } user && Name(said[(access + NoAccess.Length)..]) is { } package ? new MissingRight(user, package) : null;
        }

        return said.IndexOf(NoPackager, StringComparison.Ordinal) is > 0 and var group && said.Contains("packager", StringComparison.Ordinal)
            && Name(said[..group]) is { } stranger
            ? new MissingRight(stranger, null)
            : null;
    }

    // The name of an account or a package, possibly with a namespace, at the beginning of the text.
    private static string? Name(string text)
    {
        var end = text.AsSpan().IndexOfAny(' ', ',', ';') is >= 0 and var found ? found : text.Length;
        var name = text[..end].TrimEnd('.');
        return name.Length is > 0 and <= 128 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '+' or '-' or '/') ? name : null;
    }
}
