namespace Packit.FedoraMessaging;

/// <summary>The broker cannot be reached, refuses something, or the connection ended. The text says what to do.</summary>
public sealed class BrokerException(string message, Exception? innerException = null) : Exception(message, innerException);
