using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Storage;
using Packit.Service.Hosting;
using Packit.TestSupport;

namespace Packit.Service.Tests.Support;

/// <summary>The real service in its web role on loopback, with a database of its own, on SQLite unless said otherwise.</summary>
public sealed class DashboardHost : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private TestDatabase? _database;
    private WebApplication? _app;

    /// <summary>Where the database is to be instead of on SQLite.</summary>
    internal PostgresServer? Server { get; init; }

    /// <summary>A database to use instead of one that works.</summary>
    internal string? ConnectionString { get; init; }

    public HttpClient Http { get; private set; } = null!;

    public IServiceProvider Services => _app!.Services;

    public Rows Rows => new(Services.GetRequiredService<IPackitDbFactory>());

    public async ValueTask InitializeAsync()
    {
        await using var noServer = new PostgresServer();
        _database = Server is null
            ? await TestDatabase.CreateAsync(DatabaseProvider.Sqlite, noServer)
            : await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql, Server);
        var settings = new Dictionary<string, string?>(_database.Settings)
        {
            ["Urls"] = "http://127.0.0.1:0",
            ["GitHub:AppId"] = "Iv1.test",
            ["GitHub:PrivateKeyFile"] = _folder.Write("app.pem", Key()),
            ["GitHub:WebhookSecretFiles:0"] = _folder.Write("webhook", "a secret of the test"),
            ["DistGit:TokenFile"] = _folder.Write("token", "not used here"),
            ["Serilog:MinimumLevel:Default"] = "Fatal",
            ["Serilog:MinimumLevel:Override:Microsoft"] = "Fatal",
        };
        settings["Database:ConnectionString"] = ConnectionString ?? _database.ConnectionString;
        _app = PackitHost.Build(ServiceRoles.Web, builder => builder.Configuration.AddInMemoryCollection(settings));
        await _app.StartAsync();
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    /// <summary>Reads a page that must be there.</summary>
    public async Task<IHtmlDocument> PageAsync(string path)
    {
        using var answer = await Http.GetAsync(path);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _folder.Dispose();
    }

    private static string Key()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        return key.ExportRSAPrivateKeyPem();
    }
}
