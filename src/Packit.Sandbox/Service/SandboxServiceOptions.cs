using Microsoft.Extensions.DependencyInjection;

namespace Packit.Sandbox.Service;

/// <summary>How the service is run in the sandbox.</summary>
public sealed record SandboxServiceOptions
{
    /// <summary>Where secrets, working folders and, on SQLite, the database are.</summary>
    public required string Folder { get; init; }

    /// <summary><c>sqlite</c> or <c>postgresql</c>.</summary>
    public string Provider { get; init; } = "sqlite";

    /// <summary>Null for a file in <see cref="Folder"/>.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Port of the dashboard; null for a free one.</summary>
    public int? Port { get; init; }

    /// <summary>The service's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Upstream owners that are on the allowlist.</summary>
    public IReadOnlyList<string> ApprovedOwners { get; init; } = [];

    /// <summary>Settings beyond the sandbox's own, such as <c>Service:Deployment</c>.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>A first word on the service's parts: what is registered here is not replaced.</summary>
    public Action<IServiceCollection>? Configure { get; init; }
}
