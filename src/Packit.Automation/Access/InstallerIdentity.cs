using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;

namespace Packit.Automation.Access;

/// <summary>Whether somebody is the person who installed the App: told by the id of the account alone. A login is anybody's once it was given up.</summary>
public static class InstallerIdentity
{
    /// <summary>Why somebody is not; null for the person who installed it, whatever they are called today.</summary>
    /// <param name="installation">The installation.</param>
    /// <param name="login">Who asks, for the answer.</param>
    /// <param name="accountId">GitHub's id of who asks; null when it is not known.</param>
    public static string? WhyNot(GitHubInstallation installation, string login, long? accountId)
    {
        ArgumentNullException.ThrowIfNull(installation);
        return installation.SenderId <= 0 ? AccessTexts.InstallerNotNoted
            : installation.SenderId == accountId ? null
            : string.Equals(installation.SenderLogin, login, StringComparison.OrdinalIgnoreCase) ? AccessTexts.NoLongerTheInstaller(login)
            : AccessTexts.NotTheInstaller;
    }
}
