using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Packit.Sandbox.GitHub;

/// <summary>The fields of a check run that a body sets, once they passed GitHub's rules.</summary>
internal sealed record CheckRunChange
{
    private const int LongestText = 65535;
    private const int MostActions = 3;
    private const int MostAnnotations = 50;
    private static readonly string[] AnnotationLevels = ["notice", "warning", "failure"];
    private static readonly string[] Statuses = ["queued", "in_progress", "completed"];
    private static readonly string[] Conclusions = ["success", "failure", "neutral", "cancelled", "timed_out", "action_required", "skipped"];

    public string? Name { get; private init; }

    private string? Status { get; init; }

    private string? Conclusion { get; init; }

    private string? DetailsUrl { get; init; }

    private string? ExternalId { get; init; }

    private JsonObject? Output { get; init; }

    private DateTimeOffset? StartedAt { get; init; }

    private DateTimeOffset? CompletedAt { get; init; }

    /// <exception cref="GitHubRefusal">A field is missing or refused.</exception>
    public static CheckRunChange Read(JsonObject body, bool isNew)
    {
        string[] missing = isNew ? [.. ((string[])["name", "head_sha"]).Where(field => Text(body, field) is null)] : [];
        if (missing.Length > 0)
        {
            throw GitHubRefusal.Schema($"{string.Join(", ", missing.Select(field => $"\"{field}\""))} {(missing.Length == 1 ? "wasn't" : "weren't")} supplied.");
        }

        string? conclusion = OneOf(body, "conclusion", Conclusions);
        string? status = conclusion is not null ? "completed" : OneOf(body, "status", Statuses);
        if (status == "completed" && conclusion is null)
        {
            throw GitHubRefusal.Schema("\"conclusion\" wasn't supplied.");
        }

        if (Text(body, "details_url") is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            throw new GitHubRefusal(422, "Validation Failed", new JsonObject
            {
                ["resource"] = "CheckRun", ["code"] = "custom", ["field"] = "details_url", ["message"] = "details_url must use http or https scheme",
            });
        }

        if (body["actions"] is JsonArray { Count: > MostActions } actions)
        {
            throw GitHubRefusal.Schema($"No more than {MostActions} items are allowed; {actions.Count} were supplied.");
        }

        return new CheckRunChange
        {
            Name = Text(body, "name"),
            Status = status,
            Conclusion = conclusion,
            DetailsUrl = Text(body, "details_url"),
            ExternalId = Text(body, "external_id"),
            Output = ReadOutput(body["output"]),
            StartedAt = Time(body, "started_at"),
            CompletedAt = Time(body, "completed_at"),
        };
    }

    /// <summary>Sets what the body set; call under the gate of the state.</summary>
    public void Apply(CheckRun run, DateTimeOffset now)
    {
        if (Status is not null)
        {
            run.Status = Status;
            run.Conclusion = Conclusion;
            run.CompletedAt = Status == "completed" ? CompletedAt ?? now : null;
        }

        run.DetailsUrl = DetailsUrl ?? run.DetailsUrl;
        run.ExternalId = ExternalId ?? run.ExternalId;
        run.StartedAt = StartedAt ?? run.StartedAt ?? now;
        if (Output is not null)
        {
            run.Title = Text(Output, "title");
            run.Summary = Text(Output, "summary");
            run.Text = Text(Output, "text");
            run.Annotations.AddRange(ReadAnnotations(Output));
        }

        run.History.Add(new CheckRunMoment(run.Status, run.Conclusion, run.Title, now));
    }

    private static JsonObject? ReadOutput(JsonNode? node)
    {
        if (node is not JsonObject output)
        {
            return null;
        }

        foreach (string field in (string[])["title", "summary"])
        {
            if (Text(output, field) is null)
            {
                throw GitHubRefusal.Schema($"\"{field}\" wasn't supplied.");
            }
        }

        foreach (string field in (string[])["summary", "text"])
        {
            if (Text(output, field) is { Length: > LongestText } text)
            {
                throw GitHubRefusal.Schema($"Only {LongestText} characters are allowed; {text.Length} were supplied.");
            }
        }

        if (output["annotations"] is JsonArray { Count: > MostAnnotations } annotations)
        {
            throw GitHubRefusal.Schema($"No more than {MostAnnotations} items are allowed; {annotations.Count} were supplied.");
        }

        ReadAnnotations(output);
        return output;
    }

    private static List<CheckAnnotation> ReadAnnotations(JsonObject output) =>
        [.. (output["annotations"] as JsonArray ?? []).Select(node => ReadAnnotation(node as JsonObject ?? throw GitHubRefusal.Schema("An annotation is no object.")))];

    private static CheckAnnotation ReadAnnotation(JsonObject annotation)
    {
        foreach (string field in (string[])["path", "start_line", "end_line", "annotation_level", "message"])
        {
            if (annotation[field] is null)
            {
                throw GitHubRefusal.Schema($"\"{field}\" wasn't supplied.");
            }
        }

        var read = new CheckAnnotation(
            Text(annotation, "path")!, (int)annotation["start_line"]!, (int)annotation["end_line"]!, (int?)annotation["start_column"], (int?)annotation["end_column"],
            OneOf(annotation, "annotation_level", AnnotationLevels)!, Text(annotation, "message")!, Text(annotation, "title"));
        return read.StartLine < 1 || read.EndLine < read.StartLine || read.StartColumn < 1 || (read.StartColumn is not null && read.StartLine != read.EndLine)
            ? throw GitHubRefusal.Schema("An annotation has no place in its file.")
            : read;
    }

    private static string? OneOf(JsonObject body, string field, string[] allowed) =>
        Text(body, field) is not { } value ? null
        : allowed.Contains(value) ? value
        : throw GitHubRefusal.Schema($"{value} is not a member of [{string.Join(", ", allowed.Select(one => $"\"{one}\""))}].");

    private static DateTimeOffset? Time(JsonObject body, string field) =>
        Text(body, field) is not { } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : throw GitHubRefusal.Schema($"{text} is not a valid date-time.");

    private static string? Text(JsonObject body, string field) => body[field] switch
    {
        null => null,
        { } node when node.GetValueKind() == JsonValueKind.String => (string?)node,
        { } node => throw GitHubRefusal.Schema($"For '{field}', {node.ToJsonString()} is not a string."),
    };
}
