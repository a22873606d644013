using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml;
using Packit.Http;
using Polly;
using Polly.Retry;

namespace Packit.Koji;

/// <summary>Requests and answers, and all that can go wrong with them.</summary>
internal sealed class KojiWire : IDisposable
{
    private static readonly MediaTypeHeaderValue Xml = new("text/xml");

    private readonly HttpClient _hub;
    private readonly HttpClient _login;
    private readonly KojiOptions _options;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _repeating;

    public KojiWire(KojiOptions options, string userAgent, TimeProvider time)
    {
        _options = options;
        _time = time;
        var plain = new HttpClientSettings { UserAgent = userAgent, Timeout = options.Timeout, Retries = 0 };
        _hub = HttpClients.Create(plain, time);
        _login = HttpClients.Create(
            plain with
            {
                ClientCertificateFile = options.Login == KojiLogin.ClientCertificate ? options.ClientCertificateFile : null,
                Around = options.Login == KojiLogin.Negotiate ? static inner => new NegotiateHandler(inner, KojiException.ServiceName) : null,
            },
            time);
        _repeating = Repeating(options, time);
    }

    /// <summary>Sends a read, and repeats it when the trouble passes.</summary>
    /// <exception cref="KojiException">A fault, no answer, or one that cannot be understood.</exception>
    public Task<RpcValue> ReadAsync(KojiCall call, CallPass? pass, CancellationToken cancellationToken)
    {
        var body = RpcWriter.Call(call.Method, call.Arguments);
        return _repeating.ExecuteAsync(
            async token => await SendAsync(_hub, _options.HubUrl, call, body, pass, token), cancellationToken).AsTask();
    }

    /// <summary>Sends a write, once.</summary>
    /// <exception cref="KojiException">As with a read; <see cref="KojiException.Effect"/> says what may have been done.</exception>
    public Task<RpcValue> WriteAsync(KojiCall call, CallPass pass, CancellationToken cancellationToken) =>
        SendAsync(_hub, _options.HubUrl, call, RpcWriter.Call(call.Method, call.Arguments), pass, cancellationToken);

    /// <summary>Sends the call of a login by Kerberos or certificate, which has an address and a connection of its own.</summary>
    public Task<RpcValue> LoginAsync(KojiCall call, CancellationToken cancellationToken)
    {
        var url = new Uri(_options.HubUrl.AbsoluteUri.TrimEnd('/') + "/ssllogin");
        var body = RpcWriter.Call(call.Method, call.Arguments);
        return _repeating.ExecuteAsync(async token => await SendAsync(_login, url, call, body, null, token), cancellationToken).AsTask();
    }

    public void Dispose()
    {
        _hub.Dispose();
        _login.Dispose();
    }

    private async Task<RpcValue> SendAsync(
        HttpClient http, Uri url, KojiCall call, byte[] body, CallPass? pass, CancellationToken cancellationToken)
    {
        // The client's own limit ends with the headers; this one covers the body too.
        using var limit = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var message = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        message.Content.Headers.ContentType = Xml;
        pass?.Session.Apply(message, pass.Number);
        try
        {
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            var answer = await BodyReader.ReadAsync(stream, RpcLimits.Default.MaxBytes, either.Token)
                ?? throw Lost(call, RemoteFailure.Unexpected, $"Koji's answer is larger than {RpcLimits.Default.MaxBytes} bytes while {call.Doing}.");
            return response.StatusCode == HttpStatusCode.OK
                ? Understand(call, response.Content.Headers.ContentType?.MediaType, answer)
                : throw Refused(call, response, answer);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw Lost(
                call, RemoteFailure.Timeout, $"{url.Host} gave no whole answer within {_options.Timeout.TotalSeconds:0} s while {call.Doing}.", late);
        }
        catch (HttpRequestException unsent) when (unsent.HttpRequestError
            is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError)
        {
            throw new KojiException(RemoteFailure.Unreachable, $"No connection to {url.Host} while {call.Doing}: {RemoteText.Clean(unsent.Message)}", unsent);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            throw Lost(call, RemoteFailure.Unreachable, $"The connection to {url.Host} was cut while {call.Doing}: {RemoteText.Clean(cut.Message)}", cut);
        }
    }

    private static RpcValue Understand(KojiCall call, string? mediaType, byte[] answer)
    {
        if (mediaType is not ("text/xml" or "application/xml"))
        {
            throw Lost(
                call, RemoteFailure.Unexpected,
                $"Instead of the hub something else answered while {call.Doing}: '{RemoteText.Clean(mediaType)}' came, not text/xml. Check the hub's address, and what stands before it.");
        }

        try
        {
            return RpcReader.Read(answer, RpcLimits.Default) switch
            {
                RpcDocument.Result result => result.Value,
                RpcDocument.Fault fault => throw KojiFaults.Exception(fault, call.Doing, call.IsWrite),
                _ => throw new XmlException("A call came as an answer."),
            };
        }
        catch (XmlException broken)
        {
            throw Lost(call, RemoteFailure.Unexpected, $"Koji's answer cannot be understood while {call.Doing}: {RemoteText.Clean(broken.Message)}", broken);
        }
    }

    private static KojiException Refused(KojiCall call, HttpResponseMessage response, byte[] body)
    {
        // The hub itself speaks plain text; pages in HTML are those of the web server or a proxy before it.
        var said = response.Content.Headers.ContentType?.MediaType == "text/plain" ? RemoteText.Clean(Encoding.UTF8.GetString(body)) : "(a page for people)";
        return new KojiException(RemoteException.Classify(response.StatusCode), $"Koji answered {(int)response.StatusCode} while {call.Doing}: {said}")
        {
            Status = response.StatusCode,
            RetryAfter = response.Headers.RetryAfter?.Delta,
            Effect = call.IsWrite && response.StatusCode >= HttpStatusCode.InternalServerError ? KojiEffect.Unknown : KojiEffect.None,
        };
    }

    // The call left, but what became of it is not known.
    private static KojiException Lost(KojiCall call, RemoteFailure failure, string message, Exception? cause = null) =>
        new(failure, message, cause) { Effect = call.IsWrite ? KojiEffect.Unknown : KojiEffect.None };

    private static ResiliencePipeline Repeating(KojiOptions options, TimeProvider time) => options.Retries == 0
        ? ResiliencePipeline.Empty
        : new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.Retries,
                Delay = options.FirstPause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                MaxDelay = TimeSpan.FromSeconds(20),
                ShouldHandle = new PredicateBuilder().Handle<KojiException>(Passes),
            })
            .Build();

    // One that names its own waiting time is the caller's to plan, and one that took its whole time took enough of it.
    private static bool Passes(KojiException trouble) => trouble switch
    {
        { RetryAfter: not null } => false,
        { Code: KojiFaultCode.ServerOffline } => true,
        { Status: HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout } => true,
        { Failure: RemoteFailure.Unreachable } => true,
        _ => false,
    };
}
