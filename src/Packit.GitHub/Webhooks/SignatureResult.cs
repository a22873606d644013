namespace Packit.GitHub;

/// <summary>What the signature of a delivery says.</summary>
public abstract record SignatureResult
{
    private SignatureResult()
    {
    }

    /// <summary>The delivery is genuine.</summary>
    /// <param name="SecretIndex">Which of the accepted secrets it was signed with; during a rotation tells whether the old one is still in use.</param>
    public sealed record Valid(int SecretIndex) : SignatureResult;

    /// <summary>The delivery must be answered 401.</summary>
    /// <param name="Reason">The body of that answer; the texts are those of the established Packit service.</param>
    public abstract record Rejected(string Reason) : SignatureResult;

    /// <summary>There is no signature.</summary>
    public sealed record Missing() : Rejected("X-Hub-Signature-256 not in request.headers");

    /// <summary>The header is not <c>sha256=</c> and 64 hex digits.</summary>
    public sealed record Malformed() : Rejected("Payload signature validation failed.");

    /// <summary>The body was not signed with any of the secrets.</summary>
    public sealed record Mismatch() : Rejected("Payload signature validation failed.");

    /// <summary>This side has no secret to check with; nothing is accepted unchecked.</summary>
    public sealed record NotConfigured() : Rejected("'webhook_secret' not specified in the config.");
}
