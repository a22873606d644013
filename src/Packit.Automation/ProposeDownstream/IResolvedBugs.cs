namespace Packit.Automation.ProposeDownstream;

/// <summary>Finds the tickets that a new version resolves: those that release monitoring filed for it.</summary>
public interface IResolvedBugs
{
    /// <summary>Looks for tickets; trouble with the tracker is logged and finds nothing, since no release waits for a ticket.</summary>
    /// <param name="package">Name of the dist-git repository.</param>
    /// <param name="version">The proposed version; null when it is not known.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Tickets as <c>rhbz#123</c>.</returns>
    Task<IReadOnlyList<string>> FindAsync(string package, string? version, CancellationToken cancellationToken);
}
