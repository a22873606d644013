using Packit.Http;

namespace Packit.Koji;

/// <summary>From a fault to an exception. Koji: the codes of <c>koji/__init__.py</c> and the texts of <c>kojihub/kojihub.py</c>.</summary>
internal static class KojiFaults
{
    private const int MaxText = 4000;

    private static readonly string[] NotFoundTexts = ["No such ", "query returned no rows", "unknown build target"];
    private static readonly string[] ConflictTexts = ["Build already exists", "Build already in progress"];

    public static KojiException Exception(RpcDocument.Fault fault, string doing, bool isWrite)
    {
        var code = Enum.IsDefined((KojiFaultCode)fault.Code) ? (KojiFaultCode)fault.Code : KojiFaultCode.Other;
        var text = LastLine(fault.Text);
        return new KojiException(Failure(code, text), $"Koji refused {doing}: {RemoteText.Clean(text)} (fault {fault.Code})")
        {
            Code = code,
            FaultNumber = fault.Code,
            FaultText = text,
            Effect = isWrite && code == KojiFaultCode.Retry ? KojiEffect.Happened
                : isWrite && code == KojiFaultCode.Sequence ? KojiEffect.Unknown
                : KojiEffect.None,
        };
    }

    /// <summary>Whether the session is to blame and nothing else: after a new login the same call can succeed, and nothing was done yet.</summary>
    public static bool NeedsLogin(KojiException fault) =>
        fault.Code is KojiFaultCode.Auth or KojiFaultCode.AuthExpired
        || (fault.Code == KojiFaultCode.ActionNotAllowed && fault.FaultText.StartsWith("you must be logged in", StringComparison.Ordinal));

    /// <summary>A hub that is set up for it sends a whole Python traceback; its last line is <c>koji.GenericError: the text</c>.</summary>
    public static string LastLine(string text)
    {
        var clean = text.Trim();
        if (clean.StartsWith("Traceback (most recent call last)", StringComparison.Ordinal))
        {
            clean = clean[(clean.LastIndexOf('\n') + 1)..].Trim();
            var colon = clean.IndexOf(": ", StringComparison.Ordinal);
            var isClass = colon > 0 && clean[..colon].All(static character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_');
            clean = isClass ? clean[(colon + 2)..] : clean;
        }

        return clean.Length > MaxText ? clean[..MaxText] : clean;
    }

    private static RemoteFailure Failure(KojiFaultCode code, string text) => code switch
    {
        KojiFaultCode.Auth or KojiFaultCode.AuthExpired or KojiFaultCode.GssapiAuth => RemoteFailure.Unauthorized,
        KojiFaultCode.ActionNotAllowed => RemoteFailure.Forbidden,
        // These pass by themselves.
        KojiFaultCode.ServerOffline or KojiFaultCode.Lock or KojiFaultCode.AuthLock => RemoteFailure.ServerError,
        KojiFaultCode.Tag or KojiFaultCode.Sequence or KojiFaultCode.Retry => RemoteFailure.Conflict,
        KojiFaultCode.Unforeseen or KojiFaultCode.Other or KojiFaultCode.Plugin or KojiFaultCode.Callback => RemoteFailure.Unexpected,
        _ when Array.Exists(NotFoundTexts, start => text.StartsWith(start, StringComparison.Ordinal)) => RemoteFailure.NotFound,
        _ when Array.Exists(ConflictTexts, start => text.StartsWith(start, StringComparison.Ordinal)) => RemoteFailure.Conflict,
        _ => RemoteFailure.Invalid,
    };
}
