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

    [Theory]
    [InlineData("GitHub:PrivateKeyFile", "", "names '{0}', which is empty.")]
    [InlineData("GitHub:PrivateKeyFile", "sesame", "names '{0}', which is no private key of a GitHub App.")]
    [InlineData("GitHub:PrivateKeyFile", "-----BEGIN RSA PRIVATE KEY-----\nsesame\n-----END RSA PRIVATE KEY-----\n", "which is no private key of a GitHub App.")]
    [InlineData("DistGit:TokenFile", " \n", "names '{0}', which is empty.")]
    public void A_secret_that_is_none_is_told_at_the_start_without_showing_it(string option, string content, string sentence)
    {
        var file = _folder.Write("broken", content);

        var refused = Assert.Throws<OptionsValidationException>(() => Build(ServiceRoles.Worker, With((option, file))));

        var failure = Assert.Single(refused.Failures);
        Assert.Contains(option, failure, StringComparison.Ordinal);
        Assert.Contains(string.Format(System.Globalization.CultureInfo.InvariantCulture, sentence, file), failure, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_public_key_in_the_place_of_the_private_one_is_told_at_the_start()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        var file = _folder.Write("public.pem", key.ExportRSAPublicKeyPem());

        var refused = Assert.Throws<OptionsValidationException>(() => Build(ServiceRoles.Worker, With(("GitHub:PrivateKeyFile", file))));

        Assert.Contains("is no private key of a GitHub App", Assert.Single(refused.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_that_is_not_there_is_told_at_the_start()
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Build(ServiceRoles.Worker, With(("DistGit:TokenFile", "/nowhere/token"))));

        Assert.Contains("DistGit:TokenFile names '/nowhere/token', which cannot be read as a secret", Assert.Single(refused.Failures), StringComparison.Ordinal);
    }

    private (string Key, string Value)[] With((string Key, string Value) other) =>
        [.. Credentials().Where(setting => setting.Key != other.Key), other];

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
