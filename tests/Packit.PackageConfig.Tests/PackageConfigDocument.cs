using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Packit.PackageConfig.Schema;

namespace Packit.PackageConfig.Tests;

/// <summary>The tables of docs/package-config.md, made from the keys that the reader knows.</summary>
internal static class PackageConfigDocument
{
    // The first key of each table, in the order of the reader's own table.
    private static readonly (string FirstKey, string Title)[] Groups =
    [
        (SettingKeys.ConfigFilePath.Name, "Names and places"),
        (SettingKeys.UpstreamTagTemplate.Name, "Versions, tags and sources"),
        (SettingKeys.FilesToSync.Name, "Content of the change in dist-git"),
        (SettingKeys.DistGitBranches.Name, "Where, when and by whom"),
    ];

    public static string Tables()
    {
        var text = new StringBuilder();
        text.Append("## Keys of a job\n\n| Key | Value | Meaning |\n| --- | --- | --- |\n");
        Row(text, JobKeys.Job, $"one of {Words(JobWords.Types.Keys)}", "What the job does. Required.");
        Row(text, JobKeys.Trigger, $"one of {Words(JobWords.Triggers.Keys)}; several as `pull_request \\| commit`", "What starts it. Required.");
        Row(text, JobKeys.Packages, "a list of packages, or a mapping of packages to settings", "Packages that the job is for. Default: all.");
        foreach (var field in JobKeys.Simple.Where(field => field.Name != JobKeys.Package.Name))
        {
            Row(text, field.Name, Value(field.Shape), Cell(field.Description));
        }

        Row(text, JobKeys.Metadata, "a mapping", "Deprecated: write its keys into the job itself.");
        var own = SettingKeys.All.Where(key => !key.IsOther).ToList();
        for (var group = 0; group < Groups.Length; group++)
        {
            var from = own.FindIndex(key => key.Name == Groups[group].FirstKey);
            var to = group + 1 < Groups.Length ? own.FindIndex(key => key.Name == Groups[group + 1].FirstKey) : own.Count;
            text.Append($"\n## {Groups[group].Title}\n\n| Key | Value | Default | Meaning |\n| --- | --- | --- | --- |\n");
            foreach (var key in own[from..to])
            {
                text.Append($"| `{key.Name}` | {Value(key.Shape)} | {Default(key.Default)} | {Cell(key.Description)} |\n");
            }
        }

        text.Append("\n## Keys that are read and left alone\n\nThey belong to builds in Copr, tests, images, source packages and source-git. They are checked, and nothing here acts on them:\n");
        text.Append(Words(SettingKeys.All.Where(key => key.IsOther).Select(key => key.Name))).Append(".\n");
        text.Append("\n## Actions\n\n").Append("The names that `actions` can define: ").Append(Words(ActionNames.All)).Append(".\n");
        return text.ToString();
    }

    private static void Row(StringBuilder text, string key, string value, string meaning) => text.Append($"| `{key}` | {value} | {meaning} |\n");

    private static string Value(ValueShape shape) => shape.Schema() switch
    {
        { } schema when schema["enum"] is JsonArray words => $"one of {Words(words.Select(word => (string)word!))}",
        { } schema when schema["items"]?["enum"] is JsonArray words => $"a list of {Words(words.Select(word => (string)word!))}",
        _ => Cell(shape.Expected),
    };

    private static string Words(IEnumerable<string> words) => string.Join(", ", words.Select(word => $"`{word}`"));

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Default(JsonNode? value) => value switch
    {
        null => "",
        JsonArray { Count: 0 } => "none",
        JsonValue text when text.GetValueKind() == JsonValueKind.String && (string)text! == "" => "none",
        JsonValue text when text.GetValueKind() == JsonValueKind.String => $"`{Cell((string)text!)}`",
        JsonArray list => Cell(string.Join(", ", list.Select(item => $"`{(string)item!}`"))),
        _ => $"`{value.ToJsonString()}`",
    };
}
