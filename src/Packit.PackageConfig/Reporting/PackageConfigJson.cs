using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Packit.PackageConfig.Schema;

namespace Packit.PackageConfig;

/// <summary>Configurations and problems as JSON, for scripts.</summary>
public static class PackageConfigJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A reading: the configuration when there is one, and the problems always.</summary>
    public static string Write(ConfigReading reading) => Write(writer =>
    {
        writer.WriteBoolean("ok", reading.IsValid);
        if (reading.Config is { } config)
        {
            WriteConfig(writer, config);
        }

        writer.WriteStartArray("problems");
        foreach (var problem in reading.Problems)
        {
            WriteProblem(writer, problem);
        }

        writer.WriteEndArray();
    });

    /// <summary>A configuration in its normal form: its packages, and one entry per job and package in order.</summary>
    public static string Write(PackitConfig config) => Write(writer =>
    {
        writer.WriteBoolean("ok", true);
        WriteConfig(writer, config);
    });

    private static string Write(Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            content(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteProblem(Utf8JsonWriter writer, ConfigProblem problem)
    {
        writer.WriteStartObject();
        writer.WriteString("code", problem.Code);
        writer.WriteString("severity", problem.Severity == ConfigSeverity.Error ? "error" : "warning");
        writer.WriteString("path", problem.Path);
        writer.WriteNumber("line", problem.Line);
        writer.WriteNumber("column", problem.Column);
        writer.WriteString("message", problem.Message);
        writer.WriteString("hint", problem.Hint);
        writer.WriteEndObject();
    }

    private static void WriteConfig(Utf8JsonWriter writer, PackitConfig config)
    {
        writer.WriteStartObject("input");
        writer.WriteString("config_file_path", config.ConfigFilePath);
        writer.WriteString("repo_name", config.RepositoryName);
        writer.WriteEndObject();
        writer.WriteBoolean("specfile_path_defaulted", config.SpecfileWasSearched);
        WriteTexts(writer, "packages", config.Packages.Keys);
        writer.WriteStartArray("jobs");
        foreach (var view in config.Views)
        {
            writer.WriteStartObject();
            WriteView(writer, view);
            PackageSettingsJson.Write(writer, view.Settings);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteView(Utf8JsonWriter writer, JobView view)
    {
        writer.WriteString("type", JobWords.Of(view.Type));
        writer.WriteString("trigger", JobWords.Of(view.Trigger));
        writer.WriteBoolean("manual_trigger", view.ManualTrigger);
        writer.WriteBoolean("skip_build", view.SkipBuild);
        WriteTexts(writer, "labels", view.Labels);
        writer.WriteString("sidetag_group", view.SidetagGroup);
        WriteTexts(writer, "dependents", view.Dependents);
        WriteTexts(writer, "dependencies", view.Dependencies);
        writer.WriteBoolean("is_view", view.IsMonorepo);
        writer.WriteString("package", view.IsMonorepo ? view.PackageName : null);
        writer.WriteString("package_name", view.PackageName);
        writer.WriteString("identifier", view.Identifier);
        writer.WriteString("identifier_configured", view.Job.Packages[view.PackageName].Identifier);
    }

    internal static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string>? texts)
    {
        writer.WritePropertyName(name);
        WriteTexts(writer, texts);
    }

    internal static void WriteTexts(Utf8JsonWriter writer, IEnumerable<string>? texts)
    {
        if (texts is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartArray();
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
