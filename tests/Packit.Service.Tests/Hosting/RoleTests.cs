using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Packit.Automation.Engine;
using Packit.Automation.Intake;
using Packit.Service.Hosting;
using Packit.Service.Tests.Support;

namespace Packit.Service.Tests.Hosting;

/// <summary>Each role asks for the settings that it needs, and for no others.</summary>
public sealed class RoleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_web_role_needs_the_secret_of_webhooks_and_no_credential_for_publishing()
    {
        await using var app = Build(ServiceRoles.Web, ("GitHub:WebhookSecretFiles:0", _folder.Write("webhook", "a secret of the test")));

        Assert.NotEmpty(app.Services.GetServices<IHostedService>());
        Assert.Null(app.Services.GetService<IDeliveryReader>());
    }

    [Fact]
    public async Task The_worker_needs_its_credentials_and_no_secret_of_webhooks()
    {
        await using var app = Build(ServiceRoles.Worker, Credentials());

        Assert.NotEmpty(app.Services.GetServices<IHostedService>());
        Assert.NotNull(app.Services.GetService<IDeliveryReader>());
        Assert.NotEmpty(app.Services.GetServices<IJobHandler>());
    }

    [Fact]
    public async Task All_roles_together_need_no_bus()
    {
        await using var app = Build(ServiceRoles.All, [.. Credentials(), ("GitHub:WebhookSecretFiles:0", _folder.Write("webhook", "a secret of the test"))]);

        Assert.NotEmpty(app.Services.GetServices<IHostedService>());
    }

    [Fact]
    public void All_that_is_missing_is_told_at_once()
    {
        var refused = Record.Exception(() => Build(ServiceRoles.All));

        var told = refused is AggregateException several ? string.Join('\n', several.InnerExceptions.Select(one => one.Message)) : refused?.Message;
        foreach (var setting in new[] { "AppId", "PrivateKeyFile", "WebhookSecretFiles", "TokenFile" })
        {
            Assert.Contains(setting, told, StringComparison.Ordinal);
        }

        Assert.All((refused as AggregateException)?.InnerExceptions ?? [refused!], one => Assert.IsType<OptionsValidationException>(one));
    }

    [Fact]
    public void What_the_client_of_Koji_would_refuse_at_the_first_call_is_refused_at_the_start()
    {
        var address = Assert.Throws<OptionsValidationException>(() => Build(
            ServiceRoles.Worker, [.. Credentials(), ("Koji:HubUrl", "http://koji.example.org/kojihub")]));
        var certificate = Assert.Throws<OptionsValidationException>(() => Build(
            ServiceRoles.Worker, [.. Credentials(), ("Koji:Login", "ClientCertificate"), ("Koji:ClientCertificateFile", "/nowhere/koji.pem")]));
        var password = Assert.Throws<OptionsValidationException>(() => Build(
            ServiceRoles.Worker, [.. Credentials(), ("Koji:Login", "Password"), ("Koji:User", "packit"), ("Koji:PasswordFile", "/nowhere/password")]));

        Assert.Contains("Koji hub address: 'http://koji.example.org/kojihub' must be an absolute https address.", address.Message, StringComparison.Ordinal);
        Assert.Contains("Koji:ClientCertificateFile names '/nowhere/koji.pem'", certificate.Message, StringComparison.Ordinal);
        Assert.Contains("Koji:PasswordFile names '/nowhere/password'", password.Message, StringComparison.Ordinal);
    }

    private (string Key, string Value)[] Credentials()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        return
        [
            ("GitHub:AppId", "Iv1.test"), ("GitHub:PrivateKeyFile", _folder.Write("app.pem", key.ExportRSAPrivateKeyPem())),
            ("DistGit:TokenFile", _folder.Write("token", "a token of the test")),
        ];
    }

    private WebApplication Build(ServiceRoles roles, params (string Key, string Value)[] settings) => PackitHost.Build(roles, builder =>
    {
        builder.Configuration.AddInMemoryCollection([
            new("Database:Provider", "sqlite"), new("Database:ConnectionString", $"Data Source={Path.Combine(_folder.Path, "packit.db")};Pooling=false"),
            .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
    });
}
