using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Packit.Automation.Intake;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.Service.Webhooks;
using Packit.TestSupport;

namespace Packit.Service.Tests.Webhooks;

/// <summary>The endpoint on a real Kestrel with a real database.</summary>
internal sealed class WebhookHost : IAsyncDisposable
{
    public const string Secret = "It's a Secret to Everybody";
    public const string OldSecret = "the one before";

    private readonly WebApplication _app;
    private readonly string _secrets;
    private readonly TestDatabase _database;

    private WebhookHost(WebApplication app, string secrets, TestDatabase database)
    {
        _app = app;
        _secrets = secrets;
        _database = database;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Client { get; }

    public static async Task<WebhookHost> StartAsync(DatabaseProvider provider, PostgresServer server, int limit = 100_000)
    {
        var database = await TestDatabase.CreateAsync(provider, server);
        var secrets = Directory.CreateTempSubdirectory("packit-test-").FullName;
        await File.WriteAllTextAsync(Path.Combine(secrets, "new"), Secret + "\n");
        await File.WriteAllTextAsync(Path.Combine(secrets, "old"), OldSecret + "\n");

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Configuration.AddInMemoryCollection(database.Settings).AddInMemoryCollection([
            new("Urls", "http://127.0.0.1:0"),
            new("GitHub:MaxDeliveryBytes", $"{limit}"),
            new("GitHub:WebhookSecretFiles:0", Path.Combine(secrets, "new")),
            new("GitHub:WebhookSecretFiles:1", Path.Combine(secrets, "old"))]);
        builder.Services.Configure<WebhookOptions>(builder.Configuration.GetSection(WebhookOptions.Section));
        builder.Services
            .AddPackitStorage(builder.Configuration.GetSection("Database"))
            .AddDeliveryInbox(builder.Configuration.GetSection("Inbox"))
            .AddGitHubWebhook();
        var app = builder.Build();
        app.MapGitHubWebhook();
        await app.StartAsync();
        return new WebhookHost(app, secrets, database);
    }

    /// <summary>Posts a body; what is null is left out.</summary>
    public async Task<(HttpStatusCode Status, string Text)> PostAsync(
        byte[] body, string? eventType = "release", string? delivery = "72d3162e-cc78-11e3-81ab-4c9367dc0958", string? signature = "right",
        string contentType = "application/json", bool chunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/github") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        request.Headers.TransferEncodingChunked = chunked ? true : null;
        Add(request, "X-GitHub-Event", eventType);
        Add(request, "X-GitHub-Delivery", delivery);
        Add(request, "X-Hub-Signature-256", signature == "right" ? Sign(body, Secret) : signature);
        using var response = await Client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public static string Sign(byte[] body, string secret) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    public async Task<IReadOnlyList<InboxDelivery>> StoredAsync()
    {
        await using var db = _app.Services.GetRequiredService<IPackitDbFactory>().Create();
        return await db.Deliveries.AsNoTracking().OrderBy(row => row.Id).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_secrets, recursive: true);
    }

    private static void Add(HttpRequestMessage request, string header, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }
    }
}
