using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.Service.Hosting;

namespace Packit.Service.Commands;

/// <summary><c>allowlist waiting</c>: who installed the App and waits to be approved. A namespace comes to wait by being installed, not by a command.</summary>
internal static class AllowlistWaiting
{
    public static Command Make(CommandOutput output, Option<string?> config)
    {
        var json = CommandWords.Json();
        var command = new Command(
            "waiting",
            "Lists the namespaces that wait for approval, those that wait longest first: namespace, since when, who installed the App, approval issue, "
            + "with tabs between.")
        {
            json,
        };
        command.SetAction((parsed, cancellationToken) => StoredState.WithDatabaseAsync(output, parsed.GetValue(config), async services =>
        {
            var settings = ServiceConfiguration.Read(parsed.GetValue(config)).GetSection(InstallingOptions.Section).Get<InstallingOptions>() ?? new InstallingOptions();
            await using var db = services.GetRequiredService<IPackitDbFactory>().Create();
            var all = await ReadAsync(db, settings.NotificationsRepository.TrimEnd('/'), cancellationToken);
            foreach (var waiting in all)
            {
                Write(output, waiting, parsed.GetValue(json));
            }

            if (all.Count == 0)
            {
                output.Say("No namespace waits for approval.");
            }

            return ExitCodes.Done;
        }));
        return command;
    }

    private static async Task<IReadOnlyList<Waiting>> ReadAsync(PackitDb db, string notifications, CancellationToken cancellationToken)
    {
        var entries = await db.Allowlist.AsNoTracking().Where(entry => entry.Status == AllowlistStatus.Waiting).ToListAsync(cancellationToken);
        var installations = await db.Installations.AsNoTracking().ToListAsync(cancellationToken);
        return
        [
            .. entries.Select(entry =>
            {
                var login = entry.Namespace[(entry.Namespace.LastIndexOf('/') + 1)..];
                var installed = installations.Where(row => string.Equals(row.AccountLogin, login, StringComparison.OrdinalIgnoreCase))
                    .OrderBy(row => row.RemovedAt is not null).ThenByDescending(row => row.Id).FirstOrDefault();
                var issue = installed?.ApprovalIssue is { } number && notifications.Length > 0
                    ? string.Create(CultureInfo.InvariantCulture, $"{notifications}/issues/{number}")
                    : null;
                return new Waiting(
                    entry.Namespace, entry.ChangedAt ?? installed?.InstalledAt, installed?.AccountType,
                    installed?.SenderLogin is { Length: > 0 } sender ? sender : null, issue);
            }).OrderBy(waiting => waiting.Since).ThenBy(waiting => waiting.Name, StringComparer.Ordinal),
        ];
    }

    private static void Write(CommandOutput output, Waiting waiting, bool json)
    {
        var since = waiting.Since?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        if (!json)
        {
            output.WriteLine($"{waiting.Name}\t{since ?? "-"}\t{waiting.InstalledBy ?? "-"}\t{waiting.Issue ?? "-"}");
            return;
        }

        output.WriteJson(writer =>
        {
            writer.WriteString("namespace", waiting.Name);
            writer.WriteString("status", WireNames<AllowlistStatus>.Of(AllowlistStatus.Waiting));
            writer.WriteString("since", since);
            writer.WriteString("account_type", waiting.AccountType);
            writer.WriteString("installed_by", waiting.InstalledBy);
            writer.WriteString("issue", waiting.Issue);
        });
    }

    /// <param name="Since">Since when it waits; null for entries of old that nobody installed.</param>
    private sealed record Waiting(string Name, DateTimeOffset? Since, string? AccountType, string? InstalledBy, string? Issue);
}
