using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Packit.Automation.Access;
using Packit.Automation.Explaining;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.Service.Dashboard;

namespace Packit.Service.Commands;

/// <summary><c>explain</c>: what came of a delivery, and why.</summary>
internal static class ExplainCommand
{
    public static Command Make(CommandOutput output, Option<string?> config)
    {
        var name = new Argument<string>("DELIVERY")
        {
            Description = "The id that GitHub shows under 'Recent deliveries', the id of a message of Fedora's bus, or the number on the page of deliveries.",
        };
        var json = CommandWords.Json();
        var command = new Command(
            "explain", "Says what came of a delivery: which jobs run, why the others do not, what was started, and what to do.") { name, json };
        command.SetAction((parsed, cancellationToken) => StoredState.WithDatabaseAsync(output, parsed.GetValue(config), async services =>
        {
            var service = services.GetRequiredService<IOptions<ServiceOptions>>();
            var options = service.Value;
            var wanted = parsed.GetRequiredValue(name).Trim();
            var explanations = new DeliveryExplanations(services.GetRequiredService<IPackitDbFactory>(), new ShownProjects(service));
            if (await explanations.ReadAsync(wanted, Viewer.Operator, options.CommandPrefix, cancellationToken) is not { } explained)
            {
                output.Say(PlainText.Clean(ExplanationTexts.Unknown(wanted)));
                return ExitCodes.No;
            }

            if (parsed.GetValue(json))
            {
                output.WriteJson(writer => Write(writer, explained, options.DashboardUrl));
            }
            else
            {
                output.WriteLines(PlainText.Clean(Text(explained, options.DashboardUrl)));
            }

            return ExitCodes.Done;
        }));
        return command;
    }

    private static string Text(DeliveryExplanation explained, string dashboard)
    {
        var head = explained.Head;
        List<string> lines =
        [
            $"{head.Subject?.What ?? head.EventType}",
            $"  delivery    {head.DeliveryId} ({head.Id.ToString(CultureInfo.InvariantCulture)}), {head.EventType} from {WireNames<DeliverySource>.Of(head.Source)}",
        ];
        if (head.Subject is { } subject)
        {
            lines.Add($"  repository  {subject.Project} ({subject.ProjectUrl}){(subject.Actor is { } actor ? $", by {actor}" : "")}");
        }

        lines.Add($"  received    {Time(head.ReceivedAt)}, {WireNames<DeliveryState>.Of(head.State)}{(explained.HandledAt is { } handled ? $" {Time(handled)}" : "")}, attempts: {explained.Attempts.ToString(CultureInfo.InvariantCulture)}");
        if (explained.NextAttemptAt is { } next)
        {
            lines.Add($"  next        {Time(next)}");
        }

        lines.AddRange(["", explained.Summary]);
        if (explained.NextStep is { } step)
        {
            lines.Add(step);
        }

        Add(lines, "Looked at:", explained.LookedAt.Select(Line));
        Add(lines, "Jobs that run:", explained.Matched.Select(Line));
        Add(lines, "Jobs that do not:", explained.NotMatched.Select(Line));
        Add(lines, "What came of it:", explained.Results.Select(result =>
            $"{result.Kind} {result.Name}{(result.State.Length > 0 ? $": {result.State}" : "")}{(result.Path is { } path ? $" {dashboard.TrimEnd('/')}{path}" : "")}"));
        return string.Join('\n', lines) + "\n";
    }

    private static void Add(List<string> lines, string title, IEnumerable<string> entries)
    {
        var all = entries.Select(entry => $"  {entry.ReplaceLineEndings("\n    ")}").ToList();
        if (all.Count > 0)
        {
            lines.AddRange(["", title, .. all]);
        }
    }

    private static string Line(ExplainedDecision decision) =>
        $"{ExplanationTexts.Heading(decision)}: {decision.Reason}{(ExplanationTexts.Step(decision) is { } step ? $" ({step})" : "")}";

    private static void Write(Utf8JsonWriter writer, DeliveryExplanation explained, string dashboard)
    {
        var head = explained.Head;
        writer.WriteNumber("id", head.Id);
        writer.WriteString("delivery", head.DeliveryId);
        writer.WriteString("source", WireNames<DeliverySource>.Of(head.Source));
        writer.WriteString("event", head.EventType);
        writer.WriteString("repository", head.Subject?.ProjectUrl);
        writer.WriteString("actor", head.Subject?.Actor);
        writer.WriteString("what", head.Subject?.What);
        writer.WriteString("received", Time(head.ReceivedAt));
        writer.WriteString("state", WireNames<DeliveryState>.Of(head.State));
        writer.WriteString("outcome", head.Outcome);
        writer.WriteNumber("attempts", explained.Attempts);
        writer.WriteString("next_attempt", explained.NextAttemptAt is { } next ? Time(next) : null);
        writer.WriteString("summary", explained.Summary);
        writer.WriteString("next_step", explained.NextStep);
        WriteDecisions(writer, "looked_at", explained.LookedAt);
        WriteDecisions(writer, "matched", explained.Matched);
        WriteDecisions(writer, "not_matched", explained.NotMatched);
        writer.WriteStartArray("results");
        foreach (var result in explained.Results)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", result.Kind);
            writer.WriteString("name", result.Name);
            writer.WriteString("state", result.State.Length > 0 ? result.State : null);
            writer.WriteString("url", result.Path is { } path ? dashboard.TrimEnd('/') + path : null);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteDecisions(Utf8JsonWriter writer, string name, IReadOnlyList<ExplainedDecision> decisions)
    {
        writer.WriteStartArray(name);
        foreach (var decision in decisions)
        {
            writer.WriteStartObject();
            writer.WriteString("job", decision.Job);
            writer.WriteString("package", decision.Package);
            writer.WriteString("ground", WireNames<DecisionGround>.Of(decision.Ground));
            writer.WriteString("reason", decision.Reason);
            writer.WriteString("commit", decision.Commit);
            writer.WriteString("step", decision.Step.Length > 0 ? decision.Step : null);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
