using Packit.Http;

namespace Packit.Automation.Settings;

/// <summary>Secrets stand in files of their own, never in the configuration itself.</summary>
public static class SecretFile
{
    /// <summary>Reads a secret.</summary>
    /// <param name="path">The file.</param>
    /// <param name="option">The option that names it, for the message.</param>
    /// <exception cref="InvalidOperationException">The file cannot be read or is empty; the text names option and file.</exception>
    public static Secret Read(string path, string option)
    {
        try
        {
            return new Secret(File.ReadAllText(path));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidOperationException($"{option} names '{path}', which cannot be read as a secret: {unreadable.Message}", unreadable);
        }
    }
}
