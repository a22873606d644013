using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Packit.PackageConfig.Schema;

namespace Packit.PackageConfig;

/// <summary>The JSON schema (draft 7) of the configuration file, made from the table of keys that also reads it.</summary>
public static class PackageConfigSchema
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly Lazy<string> Text = new(() => Build().ToJsonString(Options));

    /// <summary>The schema as text. Editors show its descriptions while a project writes its file.</summary>
    public static string Json() => Text.Value;

    private static JsonObject Build()
    {
        var definitions = new JsonObject();
        foreach (var key in SettingKeys.All)
        {
            definitions[key.Name] = Definition(key.Shape, key.Description, key.Default);
        }

        foreach (var field in JobKeys.Simple)
        {
            definitions[field.Name] = Definition(field.Shape, field.Description);
        }

        definitions["package_settings"] = Closed(Settings(), "Settings of a package.");
        definitions["job_entry"] = Job();
        var properties = Settings();
        properties["packages"] = new JsonObject
        {
            ["type"] = "object",
            ["minProperties"] = 1,
            ["additionalProperties"] = Reference("package_settings"),
            ["description"] = "Packages of the repository by name, when it holds several.",
        };
        properties["jobs"] = new JsonObject
        {
            ["type"] = "array",
            ["items"] = Reference("job_entry"),
            ["description"] = "What to do on which events. Without it, pull requests are built and tested, and releases proposed to all of Fedora.",
        };
        properties["_"] = new JsonObject { ["description"] = "A place for YAML anchors; not read." };
        var root = Closed(properties, "Configuration of Packit for a project: .packit.yaml.");
        root.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        root.Insert(1, "title", "Packit package configuration");
        root["definitions"] = definitions;
        return root;
    }

    private static JsonObject Settings()
    {
        var properties = new JsonObject();
        foreach (var key in SettingKeys.All)
        {
            properties[key.Name] = Reference(key.Name);
        }

        return properties;
    }

    private static JsonObject Job()
    {
        var properties = Settings();
        properties[JobKeys.Job] = Words("What the job does.", JobWords.Types.Keys);
        properties[JobKeys.Trigger] = Trigger();
        foreach (var field in JobKeys.Simple)
        {
            properties[field.Name] = Reference(field.Name);
        }

        properties[JobKeys.Packages] = new JsonObject
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
                new JsonObject { ["type"] = "object", ["additionalProperties"] = Reference("package_settings") }),
            ["description"] = "Packages that the job is for; as a mapping also what it sets for each. Default: all.",
        };
        properties[JobKeys.Metadata] = Metadata();
        var job = Closed(properties, "A job: what to do on which event. Further keys override settings of its packages.");
        job["required"] = new JsonArray(JobKeys.Job, JobKeys.Trigger);
        job["anyOf"] = new JsonArray(
            new JsonObject { ["not"] = Has(JobKeys.Metadata) },
            new JsonObject { ["not"] = new JsonObject { ["anyOf"] = new JsonArray([.. MetadataNames().Select(n => (JsonNode)Has(n))]) } });
        return job;
    }

    private static JsonObject Metadata()
    {
        var properties = new JsonObject();
        foreach (var name in MetadataNames())
        {
            properties[name] = Reference(name);
        }

        foreach (var old in new[] { "dist-git-branch", "dist_git_branch" })
        {
            properties[old] = Reference(SettingKeys.DistGitBranches.Name);
        }

        return Closed(properties, "Deprecated: write these keys into the job itself.");
    }

    private static IEnumerable<string> MetadataNames() =>
        SettingKeys.All.Where(k => k.IsMetadata).Select(k => k.Name).Append(JobKeys.SkipBuild.Name);

    private static JsonObject Trigger()
    {
        var words = string.Join('|', JobWords.Triggers.Keys);
        return new JsonObject
        {
            ["anyOf"] = new JsonArray(
                Words(null, JobWords.Triggers.Keys),
                new JsonObject { ["type"] = "string", ["pattern"] = $@"^\s*({words})\s*(\|\s*({words})\s*)*$" }),
            ["description"] = "What starts the job; several as `pull_request | commit`.",
        };
    }

    private static JsonObject Words(string? description, IEnumerable<string> words)
    {
        var schema = new JsonObject { ["enum"] = new JsonArray([.. words.Select(w => (JsonNode)w)]) };
        if (description is not null)
        {
            schema["description"] = description;
        }

        return schema;
    }

    private static JsonObject Definition(ValueShape shape, string description, JsonNode? defaultValue = null)
    {
        var schema = shape.Schema();
        schema["description"] = description;
        if (defaultValue is not null)
        {
            schema["default"] = defaultValue.DeepClone();
        }

        return schema;
    }

    private static JsonObject Closed(JsonObject properties, string description) => new()
    {
        ["type"] = "object",
        ["description"] = description,
        ["properties"] = properties,
        ["additionalProperties"] = false,
    };

    private static JsonObject Has(string name) => new() { ["required"] = new JsonArray(name) };

    private static JsonObject Reference(string name) => new() { ["$ref"] = "#/definitions/" + name };
}
