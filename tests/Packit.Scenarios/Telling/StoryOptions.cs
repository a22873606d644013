using Packit.Automation.Storage;
using Packit.Sandbox.Bus;

namespace Packit.Scenarios.Telling;

/// <summary>How a story begins.</summary>
public sealed record StoryOptions
{
    public DatabaseProvider Provider { get; init; } = DatabaseProvider.PostgreSql;

    /// <summary>Run due jobs by hand instead of by the engine, so that time can be moved and races be written down.</summary>
    public bool Stepped { get; init; }

    /// <summary>Whether the upstream owner is on the allowlist.</summary>
    public bool Approved { get; init; } = true;

    /// <summary>Whether a packager of the package has agreed to releases of the project, long ago.</summary>
    public bool Agreed { get; init; } = true;

    /// <summary>Whether the App is installed for the upstream owner when the story begins.</summary>
    public bool Installed { get; init; } = true;

    /// <summary>Full name of the repository on GitHub in which accounts ask to be approved; empty for none.</summary>
    public string Notifications { get; init; } = "";

    /// <summary>Branches of the package, and of the job in its config unless <see cref="Config"/> says otherwise.</summary>
    public IReadOnlyList<string> Branches { get; init; } = ["rawhide", "f43", "f42"];

    /// <summary>The package config; null for the usual one.</summary>
    public string? Config { get; init; }

    /// <summary>Lines added to the usual package config, at its top level.</summary>
    public string MoreConfig { get; init; } = "";

    /// <summary>Value of <c>dist_git_branches</c> in the usual config.</summary>
    public string ConfiguredBranches { get; init; } = "fedora-all";

    /// <summary>The upstream spec; null for the usual one.</summary>
    public string? UpstreamSpec { get; init; }

    /// <summary>The dist-git spec of a branch, instead of the usual one.</summary>
    public IReadOnlyDictionary<string, string> DistGitSpecs { get; init; } = new Dictionary<string, string>();

    /// <summary>More files in the upstream repository.</summary>
    public IReadOnlyDictionary<string, string> UpstreamFiles { get; init; } = new Dictionary<string, string>();

    /// <summary>Settings of the service that differ from the sandbox's.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether the service goes as slowly as GitHub wants; most stories have no time for that.</summary>
    public bool Paced { get; init; }

    /// <summary>A real broker that the world's messages go to; null for none.</summary>
    public BrokerOptions? Broker { get; init; }

    /// <summary>Whether the service reads back from the archive of messages what it missed: when it starts, and after a broker was away.</summary>
    public bool ReadsBack { get; init; }
}
