using System.CommandLine;
using Packit.Service.Hosting;

namespace Packit.Service.Commands;

/// <summary><c>serve</c>: the service itself.</summary>
internal static class ServeCommand
{
    public static Command Make(CommandOutput output, Option<string?> config)
    {
        var role = new Option<string[]>("--role")
        {
            Description = "What this process does: 'web' takes webhooks and shows the dashboard, 'worker' does the releases, 'listener' takes in Fedora's message bus. May be repeated. Default: everything.",
            HelpName = "web|worker|listener",
        };
        role.AcceptOnlyFromAmong("web", "worker", "listener");
        var command = new Command("serve", "Runs the service until it is told to stop; the database is brought up to date first. Logs go to standard error.") { role };
        command.SetAction((parsed, cancellationToken) => StoredState.GuardAsync(output, async () =>
        {
            await using var app = PackitHost.Build(Roles(parsed.GetValue(role)), configurationFile: parsed.GetValue(config));
            await PackitHost.RunAsync(app, cancellationToken);
            return ExitCodes.Done;
        }));
        return command;
    }

    private static ServiceRoles Roles(string[]? names) => names is null or []
        ? ServiceRoles.All
        : names.Aggregate(ServiceRoles.None, (roles, name) => roles | name switch
        {
            "web" => ServiceRoles.Web,
            "listener" => ServiceRoles.Listener,
            _ => ServiceRoles.Worker,
        });
}
