using Microsoft.Extensions.Options;
using Packit.DistGit;
using Packit.Http;

namespace Packit.Automation.Settings;

/// <summary>How the service signs in to dist-git. Read when the process starts; a missing file stops it with a clear message.</summary>
public sealed class DistGitCredentials
{
    private readonly DistGitOptions _options;

    public DistGitCredentials(IOptions<DistGitOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
        Token = SecretFile.Read(_options.TokenFile, $"{DistGitOptions.Section}:{nameof(DistGitOptions.TokenFile)}");
    }

    /// <summary>The API token of the service's account.</summary>
    public Secret Token { get; }

    /// <summary>An address with what is needed to push there.</summary>
    public GitRemote For(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return url.Scheme == "ssh"
            ? new GitRemote(url) { SshKey = new GitSshKey(_options.SshKeyFile, _options.SshKnownHostsFile) }
            : new GitRemote(url, new GitCredentials(_options.User, Token));
    }
}
