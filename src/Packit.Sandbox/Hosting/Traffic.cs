using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Packit.Sandbox.Hosting;

/// <summary>What stands in front of every endpoint: the log of requests and the faults.</summary>
internal sealed class Traffic(RequestLog log, FaultList faults, TimeProvider time)
{
    /// <summary>Told after every request that may have changed something.</summary>
    public Action? Changed { get; set; }

    public async Task PassAsync(string server, HttpContext http, RequestDelegate next)
    {
        string target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var at = time.GetUtcNow();
        long started = TimeProvider.System.GetTimestamp();
        string? crash = null;
        bool cut = false;
        IReadOnlyList<string> calls = [];
        try
        {
            calls = await XmlRpcCalls.PeekAsync(http.Request);
            cut = !await ServeAsync(faults.Take(server, http.Request, target, calls), http, next);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            cut = true;
        }
        catch (Exception exception) when (exception is not BadHttpRequestException)
        {
            crash = exception.ToString();
            if (!http.Response.HasStarted)
            {
                http.Response.StatusCode = StatusCodes.Status500InternalServerError;
                await http.Response.WriteAsync("The sandbox itself failed: " + exception.Message, http.RequestAborted);
            }
        }
        finally
        {
            int split = target.IndexOf('?', StringComparison.Ordinal);
            log.Add(new RequestRecord(
                server, http.Request.Method, split < 0 ? target : target[..split], split < 0 ? "" : target[split..],
                cut ? 0 : http.Response.StatusCode, at, TimeProvider.System.GetElapsedTime(started), http.Request.Headers.UserAgent, crash) { Calls = calls });
            if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
            {
                Changed?.Invoke();
            }
        }
    }

    /// <returns>Whether an answer went out.</returns>
    private static async Task<bool> ServeAsync(FaultKind? fault, HttpContext http, RequestDelegate next)
    {
        switch (fault)
        {
            case FaultKind.Status status:
                await AnswerAsync(status, http);
                return true;
            case FaultKind.CutConnection:
                http.Abort();
                return false;
            case FaultKind.EffectThenCut:
                http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
                await next(http);
                http.Abort();
                return false;
            case FaultKind.EffectThenSilence silence:
                http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
                await next(http);
                await Task.Delay(silence.Time, TimeProvider.System, http.RequestAborted);
                http.Abort();
                return false;
            case FaultKind.CutAfter cut:
                var body = new BreakingStream(http, cut.Bytes);
                http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
                await next(http);
                return !body.Broken;
            case FaultKind.Delay delay:
                await Task.Delay(delay.Time, TimeProvider.System, http.RequestAborted);
                await next(http);
                return true;
            default:
                await next(http);
                return true;
        }
    }

    private static Task AnswerAsync(FaultKind.Status status, HttpContext http)
    {
        http.Response.StatusCode = status.Code;
        foreach (var (name, value) in status.Headers ?? new Dictionary<string, string>())
        {
            http.Response.Headers[name] = value;
        }

        if (http.Response.ContentType is null && status.Body.StartsWith('{'))
        {
            http.Response.ContentType = "application/json";
        }

        return http.Response.WriteAsync(status.Body, http.RequestAborted);
    }
}
