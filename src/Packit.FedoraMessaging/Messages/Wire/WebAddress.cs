namespace Packit.FedoraMessaging;

/// <summary>Addresses that may become links.</summary>
internal static class WebAddress
{
    /// <returns>Null when it is no absolute http or https address.</returns>
    public static Uri? Of(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) ? address : null;
}
