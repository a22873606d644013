using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using Packit.Http;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Packit.FedoraMessaging;

/// <summary>Says what a failure of the broker means and what to do about it.</summary>
/// <remarks>AMQP 0-9-1: reply codes.</remarks>
internal static class BrokerProblems
{
    private const int ConnectionForced = 320;
    private const int AccessRefused = 403;
    private const int NotFound = 404;
    private const int ResourceLocked = 405;
    private const int PreconditionFailed = 406;
    private const int NotAllowed = 530;

    /// <summary>Whether an exception is the broker's or the network's and not a bug.</summary>
    public static bool IsOfBroker(Exception exception) => exception is
        RabbitMQClientException or IOException or SocketException or TimeoutException or AuthenticationException or CryptographicException
        or UnauthorizedAccessException or InvalidOperationException or ObjectDisposedException;

    public static BrokerException Describe(Exception exception, BrokerSettings settings)
    {
        var cause = Cause(exception);
        var where = $"the broker {settings.Url.Host}";
        var text = cause switch
        {
            BrokerException known => known.Message,
            OperationInterruptedException { ShutdownReason: { } reason } => Describe(reason, settings),
            AuthenticationFailureException or PossibleAuthenticationFailureException => $"{Where(settings)} refuses the login{Who(settings)}.",
            AuthenticationException tls => $"TLS with {where} failed: {RemoteText.Clean(tls.Message)} "
                + "Check that the CA file is the one of this broker and that the client certificate has not expired.",
            CryptographicException or UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException =>
                $"The certificate files for {where} cannot be used: {RemoteText.Clean(cause.Message)}",
            SocketException or ConnectFailureException or TimeoutException or OperationCanceledException => $"{Where(settings)} cannot be reached: {RemoteText.Clean(cause.Message)}",
            _ => $"The connection to {where} failed: {RemoteText.Clean(cause.Message)}",
        };
        return new BrokerException(text, exception);
    }

    public static string Describe(ShutdownEventArgs reason, BrokerSettings settings)
    {
        var said = RemoteText.Clean(reason.ReplyText);
        return reason.ReplyCode switch
        {
            AccessRefused => $"{Where(settings)} refuses queue '{settings.Queue}' to this user ({said}). On Fedora's public broker a queue must be named by a UUID; "
                + "elsewhere its operators have to allow the name.",
            ResourceLocked => $"The queue '{settings.Queue}' is held by another connection as its own ({said}). "
                + "Stop the other consumer of this name, or configure a queue name that nobody else uses.",
            PreconditionFailed => $"The queue '{settings.Queue}' exists with other properties ({said}). It must be durable, not exclusive and not auto-delete: "
                + "delete it (it is gone too when nobody used it for an hour on the public broker), or configure a new name.",
            NotFound => $"{Where(settings)} has no such queue or exchange ({said}).",
            NotAllowed => $"{Where(settings)} does not let this user into the virtual host ({said}).",
            ConnectionForced => $"{Where(settings)} closed the connection ({said}).",
            _ => $"The connection to the broker {settings.Url.Host} ended ({reason.ReplyCode} {said}).",
        };
    }

    // The library wraps what happened, sometimes twice, and collects one for each address that it tried.
    private static Exception Cause(Exception exception) => exception switch
    {
        BrokerUnreachableException { InnerException: { } inner } => Cause(inner),
        AggregateException { InnerException: { } first } => Cause(first),
        ConnectFailureException { InnerException: { } inner } => Cause(inner),
        IOException { InnerException: AuthenticationException tls } => tls,
        _ => exception,
    };

    private static string Who(BrokerSettings settings) => settings.Login switch
    {
        BrokerLogin.ByPassword password => $" of user '{RemoteText.Clean(password.User)}': name or password are wrong, or passwords are not accepted there",
        _ => ": the name in the client certificate is not known there, or certificates are not accepted",
    };

    private static string Where(BrokerSettings settings) => $"The broker {settings.Url.Host} (virtual host {settings.VirtualHost})";
}
