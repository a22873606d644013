using System.Net;
using Polly;
using Polly.Retry;

namespace Packit.Http;

/// <summary>
/// Repeats reads that failed for a passing reason (connection trouble, 502, 503, 504), with growing pauses. Writes are never
/// repeated here: whether their effect happened is for the caller to ask.
/// </summary>
internal sealed class RetryHandler : DelegatingHandler
{
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    public RetryHandler(HttpMessageHandler inner, int retries, TimeSpan firstPause, TimeProvider time)
        : base(inner)
    {
        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = retries,
                Delay = firstPause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                MaxDelay = TimeSpan.FromSeconds(10),
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome switch
                {
                    { Exception: HttpRequestException { InnerException: EgressDeniedException } } => false,
                    { Exception: HttpRequestException } => true,
                    { Result: { } answer } => IsPassing(answer),
                    _ => false,
                }),
                OnRetry = static arguments =>
                {
                    arguments.Outcome.Result?.Dispose();
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)
        {
            return base.SendAsync(request, cancellationToken);
        }

        return _pipeline.ExecuteAsync(
            async token => await base.SendAsync(request, token), cancellationToken).AsTask();
    }

    // A 503 that names its own waiting time is the caller's to plan; sleeping here would hold a worker.
    private static bool IsPassing(HttpResponseMessage answer) =>
        answer.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout
        || (answer.StatusCode == HttpStatusCode.ServiceUnavailable && answer.Headers.RetryAfter is null);
}
