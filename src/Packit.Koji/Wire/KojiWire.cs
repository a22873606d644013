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

    private readonly HttpClient _hubHttp;
    private readonly HttpClient _loginHttp;
    private readonly RemoteExchange _hub;
    private readonly RemoteExchange _login;
    private readonly Uri _hubUrl;
    private readonly ResiliencePipeline _repeating;

    public KojiWire(KojiOptions options, string userAgent, TimeProvider time)
    {
        _hubUrl = options.HubUrl;
        var plain = new HttpClientSettings { UserAgent = userAgent, Timeout = options.Timeout, Retries = 0 };
        _hubHttp = HttpClients.Create(plain, time);
        _loginHttp = HttpClients.Create(
            plain with
            {
                ClientCertificateFile = options.Login == KojiLogin.ClientCertificate ? options.ClientCertificateFile : null,
                Around = options.Login == KojiLogin.Negotiate ? static inner => new NegotiateHandler(inner, KojiException.ServiceName) : null,
            },
            time);
        _hub = new RemoteExchange(KojiException.ServiceName, _hubHttp, time);
        _login = new RemoteExchange(KojiException.ServiceName, _loginHttp, time);
        _repeating = Repeating(options, time);
    }

    /// <summary>Sends a read, and repeats it when the trouble passes.</summary>
    /// <exception cref="KojiException">A fault, no answer, or one that cannot be understood.</exception>
    public Task<RpcValue> ReadAsync(KojiCall call, CallPass? pass, CancellationToken cancellationToken)
    {
        var body = RpcWriter.Call(call.Method, call.Arguments);
        return _repeating.ExecuteAsync(
            async token => await SendAsync(_hub, _hubUrl, call, body, pass, token), cancellationToken).AsTask();
    }

    /// <summary>Sends a write, once.</summary>
    /// <exception cref="KojiException">As with a read; <see cref="KojiException.Effect"/> says what may have been done.</exception>
    public Task<RpcValue> WriteAsync(KojiCall call, CallPass pass, CancellationToken cancellationToken) =>
        SendAsync(_hub, _hubUrl, call, RpcWriter.Call(call.Method, call.Arguments), pass, cancellationToken);

    /// <summary>Sends the call of a login by Kerberos or certificate, which has an address and a connection of its own.</summary>
    public Task<RpcValue> LoginAsync(KojiCall call, CancellationToken cancellationToken)
    {
        var url = new Uri(_hubUrl.AbsoluteUri.TrimEnd('/') + "/ssllogin");
        var body = RpcWriter.Call(call.Method, call.Arguments);
        return _repeating.ExecuteAsync(async token => await SendAsync(_login, url, call, body, null, token), cancellationToken).AsTask();
    }

    public void Dispose()
    {
        _hubHttp.Dispose();
        _loginHttp.Dispose();
    }

    private static async Task<RpcValue> SendAsync(
        RemoteExchange exchange, Uri url, KojiCall call, byte[] body, CallPass? pass, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        message.Content.Headers.ContentType = Xml;
        pass?.Session.Apply(message, pass.Number);
        RemoteAnswer answer;
        try
        {
            answer = await exchange.SendAsync(message, call.Doing, RpcLimits.Default.MaxBytes, cancellationToken);
        }
        catch (RemoteException trouble)
        {
            throw new KojiException(trouble.Failure, trouble.Message, trouble) { Effect = call.IsWrite && MayHaveLeft(trouble) ? KojiEffect.Unknown : KojiEffect.None };
        }

        return answer.Status == HttpStatusCode.OK ? Understand(call, answer) : throw Refused(call, answer);
    }

    private static bool MayHaveLeft(RemoteException trouble) => trouble.InnerException is not HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError,
    };

    private static RpcValue Understand(KojiCall call, RemoteAnswer answer)
    {
        if (answer.MediaType is not ("text/xml" or "application/xml"))
        {
            throw Lost(
                call,
                $"Something else than the hub answered while {call.Doing}: '{RemoteText.Clean(answer.MediaType)}' came instead of text/xml. Check the hub's address and what stands before it.");
        }

        try
        {
            return RpcReader.Read(answer.Body, RpcLimits.Default) switch
            {
                RpcDocument.Result result => result.Value,
                RpcDocument.Fault fault => throw KojiFaults.Exception(fault, call.Doing, call.IsWrite),
                _ => throw new XmlException("A call came as an answer."),
            };
        }
        catch (XmlException broken)
        {
            throw Lost(call, $"Koji's answer cannot be understood while {call.Doing}: {RemoteText.Clean(broken.Message)}", broken);
        }
    }

    private static KojiException Refused(KojiCall call, RemoteAnswer answer)
    {
        // The hub itself speaks plain text; pages in HTML are those of the web server or a proxy before it.
        var said = answer.MediaType == "text/plain" ? RemoteText.Clean(Encoding.UTF8.GetString(answer.Body)) : "(a page for people)";
        return new KojiException(RemoteException.Classify(answer.Status), $"Koji answered {(int)answer.Status} while {call.Doing}: {said}")
        {
            Status = answer.Status,
            RetryAfter = answer.RetryAfter,
            Effect = call.IsWrite && answer.Status >= HttpStatusCode.InternalServerError ? KojiEffect.Unknown : KojiEffect.None,
        };
    }

    // The call arrived, but what became of it is not known.
    private static KojiException Lost(KojiCall call, string message, Exception? cause = null) =>
        new(RemoteFailure.Unexpected, message, cause) { Effect = call.IsWrite ? KojiEffect.Unknown : KojiEffect.None };

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
