using System.CommandLine;

namespace Packit.Service.Commands;

/// <summary><c>event show</c>: what the service reads from a stored webhook or message, and whether anything reacts to it.</summary>
internal static class EventCommands
{
    private const string GitHub = "github";
    private const string FedoraMessaging = "fedora-messaging";

    public static Command Make(CommandOutput output) => new("event", "Looks at webhooks and messages.") { Show(output) };

    private static Command Show(CommandOutput output)
    {
        var files = CommandWords.Files("The bodies, as they were delivered.");
        var json = CommandWords.Json();
        var source = new Option<string>("--source") { Description = "Where they are from.", Required = true };
        source.AcceptOnlyFromAmong(GitHub, FedoraMessaging);
        var type = new Option<string?>("--type")
        {
            Description = "For GitHub: the value of X-GitHub-Event, such as release. Default: told from the fields of the body.", HelpName = "TYPE",
        };
        var command = new Command("show", "Shows what is read from webhooks and messages, and what reacts to it.")
        {
            files, json, source, type,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var worst = ExitCodes.Done;
            foreach (var file in parsed.GetRequiredValue(files))
            {
                var (bytes, problem) = await InputFile.ReadAsync(file, cancellationToken);
                var code = bytes is null
                    ? output.Unreadable(file, problem, parsed.GetValue(json))
                    : Show(
                        output, file,
                        parsed.GetRequiredValue(source) == GitHub ? GitHubEventFacts.Read(parsed.GetValue(type), bytes) : FedoraMessageFacts.Read(bytes),
                        parsed.GetValue(json));
                worst = Math.Max(worst, code);
            }

            return worst;
        });
        return command;
    }

    private static int Show(CommandOutput output, string file, EventFacts facts, bool json)
    {
        if (json)
        {
            output.WriteJson(writer =>
            {
                writer.WriteString("file", file);
                writer.WriteBoolean("ok", facts.Readable);
                foreach (var (name, value) in facts.Fields)
                {
                    writer.WriteString(name, value);
                }

                writer.WriteString("reaction", facts.Reaction);
            });
        }
        else
        {
            output.WriteLine($"# {file}");
            foreach (var (name, value) in facts.Fields.Where(field => field.Value is not null))
            {
                output.WriteLine($"{name}: {value}");
            }

            output.WriteLine($"reaction: {facts.Reaction}");
        }

        return facts.Readable ? ExitCodes.Done : ExitCodes.No;
    }
}

/// <summary>What is read from a body.</summary>
/// <param name="Readable">False when it is not what it says to be.</param>
/// <param name="Fields">Names and values, in the order in which they are shown.</param>
/// <param name="Reaction">What the service does about it, one sentence.</param>
internal sealed record EventFacts(bool Readable, IReadOnlyList<(string Name, string? Value)> Fields, string Reaction);
