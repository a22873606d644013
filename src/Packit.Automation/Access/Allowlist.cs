using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;

namespace Packit.Automation.Access;

/// <summary>Which projects and accounts the service works for. Names of forges differ in more than case, so case does not count.</summary>
public sealed class Allowlist(IPackitDbFactory databases, IOptions<InstallingOptions> options, IOptions<ServiceOptions> service)
{
    /// <summary>Whether a project may use the service.</summary>
    /// <param name="host">Host of the forge, such as <c>github.com</c>.</param>
    /// <param name="owner">Account or organisation.</param>
    /// <param name="repository">Name of the repository.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public async Task<AccessDecision> OfProjectAsync(string host, string owner, string repository, CancellationToken cancellationToken)
    {
        var levels = Levels(host, owner, repository);
        var names = levels.Select(level => level.ToLowerInvariant()).ToArray();
        await using var database = databases.Create();
        var entries = await database.Allowlist.AsNoTracking().Where(entry => names.Contains(entry.Namespace.ToLower())).ToListAsync(cancellationToken);
        if (entries.Exists(entry => entry.Status == AllowlistStatus.Denied))
        {
            return new AccessDecision.Refused($"{AccessTexts.ProjectDenied(levels[0])}\n\n{AccessTexts.AskOperators}");
        }

        // The most specific entry that is decided counts; one that waits decides nothing.
        var nearest = levels
            .Select(level => entries.Find(entry => string.Equals(entry.Namespace, level, StringComparison.OrdinalIgnoreCase) && entry.Status != AllowlistStatus.Waiting))
            .FirstOrDefault(entry => entry is not null);
        return nearest is null
            ? new AccessDecision.Refused(await NotOnAllowlistAsync(database, levels[0], host, owner, cancellationToken))
            : new AccessDecision.Granted($"{nearest.Namespace} is {WireNames<AllowlistStatus>.Of(nearest.Status)}");
    }

    /// <summary>Whether an account was denied by name.</summary>
    public async Task<AccessDecision> OfAccountAsync(string host, string login, CancellationToken cancellationToken)
    {
        string[] names = [$"{host}/{login}".ToLowerInvariant()];
        await using var database = databases.Create();
        return await database.Allowlist.AnyAsync(
            entry => names.Contains(entry.Namespace.ToLower()) && entry.Status == AllowlistStatus.Denied, cancellationToken)
            ? new AccessDecision.Refused(AccessTexts.UserDenied(login))
            : new AccessDecision.Granted("not denied");
    }

    /// <summary>What the project reads: that it is not approved, and where its approval is asked for.</summary>
    private async Task<string> NotOnAllowlistAsync(
        PackitDb database, string project, string host, string owner, CancellationToken cancellationToken)
    {
        var lower = owner.ToLowerInvariant();
        var asked = await database.Installations.AsNoTracking()
            .Where(row => row.AccountLogin.ToLower() == lower && row.ApprovalIssue != null && row.RemovedAt == null)
            .OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        var issue = asked?.ApprovalIssue is { } number && options.Value.NotificationsRepository is { Length: > 0 } repository
            ? string.Create(CultureInfo.InvariantCulture, $"{repository.TrimEnd('/')}/issues/{number}")
            : null;
        return AccessTexts.NotOnAllowlist(project, $"{host}/{owner}", issue, service.Value.CommandPrefix);
    }

    /// <summary>From the repository up to the host: <c>github.com/a/b.git</c>, <c>github.com/a</c>, <c>github.com</c>.</summary>
    private static string[] Levels(string host, string owner, string repository)
    {
        List<string> levels = [$"{host}/{owner}/{repository}.git"];
        for (var path = $"{host}/{owner}"; ; path = path[..path.LastIndexOf('/')])
        {
            levels.Add(path);
            if (!path.Contains('/', StringComparison.Ordinal))
            {
                return [.. levels];
            }
        }
    }
}

/// <summary>Whether something is let through, and why.</summary>
public abstract record AccessDecision(string Reason)
{
    public sealed record Granted(string Reason) : AccessDecision(Reason);

    /// <summary>Not let through; the reason is what the person asking reads.</summary>
    public sealed record Refused(string Reason) : AccessDecision(Reason);
}
