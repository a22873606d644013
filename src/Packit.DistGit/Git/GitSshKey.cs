namespace Packit.DistGit;

/// <summary>How ssh signs in and knows the server. A host whose key is not among the known ones is not spoken to.</summary>
public sealed record GitSshKey
{
    /// <param name="keyFile">The private key.</param>
    /// <param name="knownHostsFile">Host keys that are trusted, as in known_hosts of ssh.</param>
    /// <exception cref="ArgumentException">A path is not absolute, or has characters that a shell would read.</exception>
    public GitSshKey(string keyFile, string knownHostsFile)
    {
        KeyFile = Plain(keyFile, nameof(keyFile));
        KnownHostsFile = Plain(knownHostsFile, nameof(knownHostsFile));
    }

    public string KeyFile { get; }

    public string KnownHostsFile { get; }

    /// <summary>The command for <c>GIT_SSH_COMMAND</c>, which git hands to a shell; hence the plain paths.</summary>
    internal string Command =>
        $"ssh -F /dev/null -i {KeyFile} -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=yes "
        + $"-o UserKnownHostsFile={KnownHostsFile} -o GlobalKnownHostsFile=/dev/null -o ConnectTimeout=15";

    private static string Plain(string path, string parameter) =>
        Path.IsPathFullyQualified(path) && path.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '_' or '-')
            ? path
            : throw new ArgumentException($"'{path}' must be an absolute path of letters, digits and / . _ - only.", parameter);
}
