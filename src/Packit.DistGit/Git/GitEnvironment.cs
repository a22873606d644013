using System.Globalization;

namespace Packit.DistGit;

/// <summary>
/// The whole environment of a git process. Nothing is inherited. Configuration is given by <c>GIT_CONFIG_COUNT</c> (git-config(1)),
/// which overrides a repository's own file, reaches the processes that git starts, and is never shown in a list of processes.
/// </summary>
internal sealed class GitEnvironment
{
    /// <summary>The name under which git knows the remote of a run.</summary>
    public const string RemoteName = "origin";

    private readonly List<KeyValuePair<string, string>> _settings = [];

    private GitEnvironment(GitOptions options)
    {
        Set("core.hooksPath", "/dev/null");
        Set("core.fsmonitor", "false");
        Set("core.symlinks", "false");
        Set("core.protectNTFS", "true");
        Set("core.protectHFS", "true");
        Set("core.attributesFile", "/dev/null");
        // A repository of ours is a cache that can be fetched again at any time.
        Set("core.fsync", "none");
        Set("gc.auto", "0");
        Set("maintenance.auto", "false");
        Set("submodule.recurse", "false");
        Set("credential.helper", "");
        Set("protocol.ext.allow", "never");
        Set("transfer.fsckObjects", "true");
        // Found in the history of well-known projects, and without harm here.
        Set("fetch.fsck.zeroPaddedFilemode", "warn");
        Set("fetch.fsck.badTimezone", "warn");
        Set("fetch.fsck.missingSpaceBeforeDate", "warn");
        Set("fetch.unpackLimit", "1");
        Set("http.userAgent", options.UserAgent);
        // A moved repository is reported, not followed: the new place may be anywhere.
        Set("http.followRedirects", "false");
        Set("http.proxy", "");
        // Servers send a few bytes every five seconds while they prepare a large answer; only silence is a stall.
        Set("http.lowSpeedLimit", "1");
        Set("http.lowSpeedTime", ((int)options.StallTimeout.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        Set("http.postBuffer", "8m");
    }

    /// <summary>Writes the environment of a command.</summary>
    /// <param name="target">Filled; what it held is removed.</param>
    /// <param name="command">The command.</param>
    /// <param name="folder">The repository, or null for commands that need none.</param>
    /// <param name="pinned">The checked address that the remote's host is bound to (<c>host:port:address</c>), or null.</param>
    /// <param name="options">Limits and names.</param>
    public static void Write(IDictionary<string, string?> target, GitCommand command, string? folder, string? pinned, GitOptions options)
    {
        var settings = new GitEnvironment(options);
        settings.AddRemote(command, pinned);

        target.Clear();
        target["PATH"] = "/usr/local/bin:/usr/bin:/bin";
        target["LC_ALL"] = "C";
        target["HOME"] = folder ?? "/nonexistent";
        target["GIT_CONFIG_NOSYSTEM"] = "1";
        target["GIT_CONFIG_GLOBAL"] = "/dev/null";
        target["GIT_ATTR_NOSYSTEM"] = "1";
        target["GIT_TERMINAL_PROMPT"] = "0";
        target["GIT_ASKPASS"] = "/bin/false";
        target["GIT_NO_LAZY_FETCH"] = "1";
        target["GIT_NO_REPLACE_OBJECTS"] = "1";
        target["GIT_ALLOW_PROTOCOL"] = command.Remote is { } remote ? Protocols(options, remote) : "";
        if (folder is not null)
        {
            target["GIT_DIR"] = folder;
        }

        if (command.Remote?.SshKey is { } key)
        {
            target["GIT_SSH_COMMAND"] = key.Command;
        }

        target["GIT_CONFIG_COUNT"] = settings._settings.Count.ToString(CultureInfo.InvariantCulture);
        for (var index = 0; index < settings._settings.Count; index++)
        {
            target[$"GIT_CONFIG_KEY_{index}"] = settings._settings[index].Key;
            target[$"GIT_CONFIG_VALUE_{index}"] = settings._settings[index].Value;
        }
    }

    private static string Protocols(GitOptions options, GitRemote remote) =>
        "https" + (remote.SshKey is null ? "" : ":ssh") + (options.AllowHttp ? ":http" : "") + (options.AllowFile ? ":file" : "");

    private void AddRemote(GitCommand command, string? pinned)
    {
        if (command.Remote is not { } remote)
        {
            return;
        }

        Set($"remote.{RemoteName}.url", remote.Url.AbsoluteUri);
        if (remote.Credentials is { } credentials)
        {
            Set($"http.{remote.Origin}/.extraHeader", credentials.Header().Reveal());
        }

        if (pinned is not null)
        {
            Set("http.curloptResolve", pinned);
        }

        if (command.BlobLimit is { } limit)
        {
            // Declared for this run only. So the repository itself has no promisor, and a reader that meets an absent blob
            // is told so instead of going to the network behind our back.
            Set($"remote.{RemoteName}.promisor", "true");
            Set($"remote.{RemoteName}.partialCloneFilter", "blob:limit=" + limit.ToString(CultureInfo.InvariantCulture));
        }

        if (command.WithoutNegotiation)
        {
            Set("fetch.negotiationAlgorithm", "noop");
        }
    }

    private void Set(string key, string value) => _settings.Add(new(key, value));
}
