using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Packit.Automation.Storage;
using Packit.FedoraMessaging;
using Packit.Service.Hosting;
using Packit.Service.Tests.Support;

namespace Packit.Service.Tests.Hosting;

/// <summary>A process that does nothing but listen.</summary>
public sealed class ListenerRoleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_needs_no_credential_for_publishing_and_says_how_it_is()
    {
        await using var app = Build(("Messaging:DatagrepperUrl", "http://127.0.0.1:9/datagrepper"));
        await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        await app.StartAsync();
        var status = app.Services.GetRequiredService<ListenerStatus>();
        for (var i = 0; i < 500 && status.Current.State != ListenerState.Polling; i++)
        {
            await Task.Delay(20);
        }

        using var http = Http.HttpClients.Create(new Http.HttpClientSettings(), TimeProvider.System);
        using var ready = JsonDocument.Parse(await http.GetStringAsync(new Uri(app.Urls.Single() + "/readyz")));

        Assert.Equal("ready", ready.RootElement.GetProperty("status").GetString());
        Assert.Equal("polling", ready.RootElement.GetProperty("listener").GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Null, ready.RootElement.GetProperty("listener").GetProperty("warning").ValueKind);
        await app.StopAsync();
    }

    [Fact]
    public void Without_a_bus_it_is_told_what_to_set()
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Build());

        Assert.Contains("Messaging:BrokerUrl or Messaging:DatagrepperUrl is needed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_expires_soon_is_warned_of_and_one_that_did_is_named()
    {
        var now = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
        var fine = new ListenerSnapshot(ListenerState.Connected, now, null, null, null, null, now.AddDays(15));

        Assert.Null(fine.CertificateWarning(now));
        Assert.Contains("expires at 2026-12-05", (fine with { CertificateExpiresAt = now.AddDays(13) }).CertificateWarning(now), StringComparison.Ordinal);
        Assert.Contains("expired at", (fine with { CertificateExpiresAt = now.AddDays(-1) }).CertificateWarning(now), StringComparison.Ordinal);
    }

    private WebApplication Build(params (string Key, string Value)[] settings) => PackitHost.Build(ServiceRoles.Listener, builder =>
    {
        builder.Configuration.AddInMemoryCollection([
            new("Database:Provider", "sqlite"), new("Database:ConnectionString", $"Data Source={Path.Combine(_folder.Path, "packit.db")};Pooling=false"),
            .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
    });
}
