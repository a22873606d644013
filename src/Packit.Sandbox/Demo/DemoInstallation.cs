using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Storage;
using Packit.Sandbox.Service;

namespace Packit.Sandbox.Demo;

/// <summary>Who installed the App, and how the account came to be approved.</summary>
/// <param name="Account">The account on GitHub.</param>
/// <param name="InstalledBy">Who installed the App there.</param>
/// <param name="Status">How the account stands in the allowlist.</param>
/// <param name="FasAccount">The Fedora account that vouches for it; null when none does.</param>
internal sealed record DemoInstallation(
    string Account, [property: JsonPropertyName("installed_by")] string InstalledBy, string Status,
    [property: JsonPropertyName("fas_account")] string? FasAccount)
{
    /// <summary>Reads how it stands.</summary>
    /// <returns>Null before it is decided.</returns>
    public static async Task<DemoInstallation?> ReadAsync(SandboxService service, CancellationToken cancellationToken)
    {
        await using var database = service.Services.GetRequiredService<IPackitDbFactory>().Create();
        var row = await database.Installations.AsNoTracking().SingleOrDefaultAsync(known => known.AccountLogin == DemoWorld.Owner, cancellationToken);
        var entry = await database.Allowlist.AsNoTracking().SingleOrDefaultAsync(known => known.Namespace.EndsWith("/" + DemoWorld.Owner), cancellationToken);
        return row is null || entry is null
            ? null
            : new DemoInstallation(row.AccountLogin, row.SenderLogin, WireNames<AllowlistStatus>.Of(entry.Status), entry.FasAccount);
    }
}
