namespace Packit.Http;

/// <summary>A request was refused before it left: its address is not one this service may call. Never retried.</summary>
public sealed class EgressDeniedException(string message) : Exception(message);
