using Microsoft.Extensions.Options;
using Packit.Automation.Intake;
using Packit.Automation.Settings;

namespace Packit.Service.Webhooks;

/// <summary><c>POST /api/webhooks/github</c>.</summary>
public static class GitHubWebhookEndpoint
{
    private const string Path = "/api/webhooks/github";

    // Bodies on their way, all requests together; a single one of the largest size must fit while it grows.
    private const long SmallestBudget = 192L << 20;

    /// <summary>Registers what the endpoint needs beside <see cref="WebhookOptions"/> and the <see cref="DeliveryInbox"/>.</summary>
    public static IServiceCollection AddGitHubWebhook(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<WebhookOptions>>().Value;
            return new GitHubWebhookReceiver(
                provider.GetRequiredService<DeliveryInbox>(),
                [.. options.WebhookSecretFiles.Select(file => SecretFile.Read(file, "GitHub:WebhookSecretFiles"))],
                options.MaxDeliveryBytes,
                new BodyBudget(Math.Max(SmallestBudget, 6L * options.MaxDeliveryBytes)),
                provider.GetRequiredService<ILogger<GitHubWebhookReceiver>>());
        });
    }

    /// <summary>Maps the endpoint. The webhook secrets are read now, so that a missing one stops the start and not the first delivery.</summary>
    /// <exception cref="InvalidOperationException">A secret cannot be read.</exception>
    public static IEndpointConventionBuilder MapGitHubWebhook(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var receiver = endpoints.ServiceProvider.GetRequiredService<GitHubWebhookReceiver>();
        return endpoints.MapPost(Path, receiver.ReceiveAsync);
    }
}
