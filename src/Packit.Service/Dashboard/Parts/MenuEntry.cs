namespace Packit.Service.Dashboard.Parts;

/// <summary>The entry of the menu to which a page belongs.</summary>
public enum MenuEntry
{
    /// <summary>The page is no part of any.</summary>
    None,

    Releases,
    Builds,
    Updates,
    Deliveries,
    Aliases,
    Limits,
}
