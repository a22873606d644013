using System.Globalization;

namespace Packit.Automation.Access;

/// <summary>An administrator as the settings name them: <c>login#id</c>, by which the id alone counts, or <c>login</c>.</summary>
/// <param name="Login">For readers, where there is an id.</param>
/// <param name="Id">GitHub's id of the account; null when the settings have none, and negative when what they have is none.</param>
public sealed record AdminEntry(string Login, long? Id)
{
    /// <summary>Reads an entry of the settings.</summary>
    public static AdminEntry Parse(string entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Split('#', 2) is [var login, var number]
            ? new AdminEntry(login, long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : -1)
            : new AdminEntry(entry, Id: null);
    }

    /// <summary>Whether the entry can be anybody's.</summary>
    public bool IsValid => Login.Length > 0 && Id is not -1;

    /// <summary>Whether it is somebody. With an id in the settings a login is no proof, nor is the lack of it any.</summary>
    public bool Is(string login, long? accountId) => Id is { } id ? id == accountId : string.Equals(Login, login, StringComparison.OrdinalIgnoreCase);
}
