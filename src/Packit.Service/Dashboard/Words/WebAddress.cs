namespace Packit.Service.Dashboard.Words;

/// <summary>Addresses that came from outside.</summary>
internal static class WebAddress
{
    /// <summary>The address when a link may lead there; null for anything but http and https, so that no link runs code.</summary>
    public static string? Of(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" ? uri!.AbsoluteUri : null;
}
