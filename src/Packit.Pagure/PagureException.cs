using Packit.Http;

namespace Packit.Pagure;

/// <summary>A refusal in Pagure's own terms.</summary>
/// <param name="code">Pagure's <c>error_code</c>, such as <c>EINVALIDTOK</c>; empty when the answer is not of the API.</param>
public sealed class PagureException(RemoteFailure failure, string message, string code) : RemoteException("Pagure", failure, message)
{
    public string Code { get; } = code;

    /// <summary>The ACL that the API token lacks, where that is the cause.</summary>
    public string? MissingAcl { get; init; }
}
