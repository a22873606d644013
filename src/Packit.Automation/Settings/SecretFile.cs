using Packit.Http;

namespace Packit.Automation.Settings;

/// <summary>Secrets stand in files of their own, never in the configuration itself.</summary>
public static class SecretFile
{
    /// <summary>Why a file gives no secret, in a sentence without anything of what is in it.</summary>
    /// <returns>Null when it can be read and is not empty.</returns>
    public static string? WhyNot(string path, string option)
    {
        try
        {
            return string.IsNullOrWhiteSpace(File.ReadAllText(path)) ? $"{option} names '{path}', which is empty." : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Unreadable(path, option, unreadable);
        }
    }

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
            throw new InvalidOperationException(Unreadable(path, option, unreadable), unreadable);
        }
    }

    private static string Unreadable(string path, string option, Exception cause) =>
        $"{option} names '{path}', which cannot be read as a secret: {cause.Message}";
}
