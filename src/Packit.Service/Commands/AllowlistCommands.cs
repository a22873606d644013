using System.CommandLine;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Packit.Automation.Access;
using Packit.Automation.Storage;

namespace Packit.Service.Commands;

/// <summary><c>allowlist</c>: which projects the service works for. The running service sees a change at once, and acts on it within a minute.</summary>
internal static class AllowlistCommands
{
    public static Command Make(CommandOutput output, Option<string?> config)
    {
        var fas = new Option<string?>("--fas")
        {
            Description = "The account of Fedora's account system that vouches for it; kept for later readers.", HelpName = "ACCOUNT",
        };
        return new Command(
            "allowlist", "Shows and changes which projects the service works for. The most specific entry counts; a denied one counts always.")
        {
            List(output, config),
            AllowlistWaiting.Make(output, config),
            Change(
                output, config, "add", "Approves a namespace. The service then closes its approval issue and proposes the newest release that was refused.",
                (changes, name, parsed, cancellationToken) => SetAsync(changes, name, AllowlistStatus.ApprovedManually, parsed.GetValue(fas), cancellationToken),
                fas),
            Change(
                output, config, "deny", "Denies a namespace and everything below it.",
                (changes, name, _, cancellationToken) => SetAsync(changes, name, AllowlistStatus.Denied, fasAccount: null, cancellationToken)),
            Change(
                output, config, "remove", "Removes an entry.",
                async (changes, name, _, cancellationToken) => await changes.RemoveAsync(name, cancellationToken) ? new Entry(name, "removed", null) : null),
        };
    }

    private static Command List(CommandOutput output, Option<string?> config)
    {
        var json = CommandWords.Json();
        var command = new Command("list", "Lists all entries: namespace, status and, where there is one, FAS account, with tabs between.")
        {
            json,
        };
        command.SetAction((parsed, cancellationToken) => StoredState.WithDatabaseAsync(output, parsed.GetValue(config), async services =>
        {
            await using var db = services.GetRequiredService<IPackitDbFactory>().Create();
            foreach (var entry in await db.Allowlist.AsNoTracking().OrderBy(entry => entry.Namespace).ToListAsync(cancellationToken))
            {
                Write(output, Entry.Of(entry), parsed.GetValue(json));
            }

            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command Change(
        CommandOutput output, Option<string?> config, string verb, string description,
        Func<AllowlistChanges, string, ParseResult, CancellationToken, Task<Entry?>> change, params Option[] more)
    {
        var name = new Argument<string>("NAMESPACE") { Description = AllowlistNamespace.Explanation };
        var json = CommandWords.Json();
        var command = new Command(verb, description) { name, json };
        Array.ForEach(more, command.Options.Add);
        command.SetAction((parsed, cancellationToken) =>
        {
            var typed = parsed.GetRequiredValue(name);
            if (AllowlistNamespace.Read(typed) is not { } key)
            {
                output.Say($"'{typed}' is not a namespace: write the host and, with slashes, the owner and the repository, such as github.com/packit.");
                return Task.FromResult(ExitCodes.BadInput);
            }

            return StoredState.WithDatabaseAsync(output, parsed.GetValue(config), async services =>
            {
                var changes = new AllowlistChanges(services.GetRequiredService<IPackitDbFactory>(), TimeProvider.System);
                if (await change(changes, key, parsed, cancellationToken) is not { } changed)
                {
                    output.Say($"The allowlist has no entry {key}.");
                    return ExitCodes.No;
                }

                Write(output, changed, parsed.GetValue(json));
                return ExitCodes.Done;
            });
        });
        return command;
    }

    private static async Task<Entry?> SetAsync(
        AllowlistChanges changes, string name, AllowlistStatus status, string? fasAccount, CancellationToken cancellationToken) =>
        Entry.Of(await changes.SetAsync(name, status, fasAccount, commandId: 0, cancellationToken));

    private static void Write(CommandOutput output, Entry entry, bool json)
    {
        if (json)
        {
            output.WriteJson(writer => Write(writer, entry));
        }
        else
        {
            output.WriteLine($"{entry.Name}\t{entry.Status}{(entry.FasAccount is { } account ? "\t" + account : "")}");
        }
    }

    private static void Write(Utf8JsonWriter writer, Entry entry)
    {
        writer.WriteString("namespace", entry.Name);
        writer.WriteString("status", entry.Status);
        if (entry.FasAccount is { } account)
        {
            writer.WriteString("fas_account", account);
        }
    }

    private sealed record Entry(string Name, string Status, string? FasAccount)
    {
        public static Entry Of(AllowlistEntry entry) => new(entry.Namespace, WireNames<AllowlistStatus>.Of(entry.Status), entry.FasAccount);
    }
}
