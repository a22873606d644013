using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Packit.Automation.Storage;

namespace Packit.Service.Commands;

/// <summary><c>allowlist</c>: which projects the service works for.</summary>
internal static class AllowlistCommands
{
    public static Command Make(CommandOutput output, Option<string?> config) => new(
        "allowlist", "Shows and changes which projects the service works for. The most specific entry counts; a denied one counts always.")
    {
        List(output, config),
        Change(output, config, "add", "Approves a namespace.", (db, name, cancellationToken) => SetAsync(db, name, AllowlistStatus.ApprovedManually, cancellationToken)),
        Change(output, config, "deny", "Denies a namespace and everything below it.", (db, name, cancellationToken) => SetAsync(db, name, AllowlistStatus.Denied, cancellationToken)),
        Change(output, config, "remove", "Removes an entry; exit code 1 when there is none.", RemoveAsync),
    };

    private static Command List(CommandOutput output, Option<string?> config)
    {
        var json = CommandWords.Json();
        var command = new Command("list", "Lists all entries: namespace, tab, status. " + ExitCodes.Explanation) { json };
        command.SetAction((parsed, cancellationToken) => StoredState.WithDatabaseAsync(output, parsed.GetValue(config), async services =>
        {
            await using var db = services.GetRequiredService<IPackitDbFactory>().Create();
            foreach (var entry in await db.Allowlist.AsNoTracking().OrderBy(entry => entry.Namespace).ToListAsync(cancellationToken))
            {
                Write(output, entry.Namespace, WireNames<AllowlistStatus>.Of(entry.Status), parsed.GetValue(json));
            }

            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command Change(
        CommandOutput output, Option<string?> config, string verb, string description,
        Func<PackitDb, string, CancellationToken, Task<string?>> change)
    {
        var name = new Argument<string>("NAMESPACE") { Description = "'host', 'host/owner' or 'host/owner/repository', such as github.com/packit." };
        var json = CommandWords.Json();
        var command = new Command(verb, $"{description} {ExitCodes.Explanation}") { name, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var typed = parsed.GetRequiredValue(name);
            if (AllowlistNamespace.Read(typed) is not { } key)
            {
                output.Say($"'{typed}' is no namespace: write the host and, with slashes, the owner and the repository, such as github.com/packit.");
                return Task.FromResult(ExitCodes.BadInput);
            }

            return StoredState.WithDatabaseAsync(output, parsed.GetValue(config), async services =>
            {
                await using var db = services.GetRequiredService<IPackitDbFactory>().Create();
                if (await change(db, key, cancellationToken) is not { } status)
                {
                    output.Say($"The allowlist has no entry {key}.");
                    return ExitCodes.No;
                }

                Write(output, key, status, parsed.GetValue(json));
                return ExitCodes.Done;
            });
        });
        return command;
    }

    private static async Task<string?> SetAsync(PackitDb db, string name, AllowlistStatus status, CancellationToken cancellationToken)
    {
        var entry = await db.GetOrCreateAsync(row => row.Namespace == name, () => new AllowlistEntry { Namespace = name, Status = status }, cancellationToken);
        entry.Status = status;
        await db.SaveChangesAsync(cancellationToken);
        return WireNames<AllowlistStatus>.Of(status);
    }

    private static async Task<string?> RemoveAsync(PackitDb db, string name, CancellationToken cancellationToken) =>
        await db.Allowlist.Where(entry => entry.Namespace == name).ExecuteDeleteAsync(cancellationToken) == 1 ? "removed" : null;

    private static void Write(CommandOutput output, string name, string status, bool json)
    {
        if (json)
        {
            output.WriteJson(writer =>
            {
                writer.WriteString("namespace", name);
                writer.WriteString("status", status);
            });
        }
        else
        {
            output.WriteLine($"{name}\t{status}");
        }
    }
}
