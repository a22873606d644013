using System.Text.Json.Nodes;
using Packit.PackageConfig.Yaml;

namespace Packit.PackageConfig.Schema;

/// <summary>An item of <c>files_to_sync</c>: a path, or a mapping with source and target.</summary>
internal sealed class FileToSyncShape : ValueShape<FileToSync>
{
    private static readonly BoolShape Flag = new();

    private static readonly RecordShape<FileToSync> Long = new(
        "a path or a mapping with `src` and `dest`",
        [
            new Field("src", new ListShape<string>(TextShape.Plain, allowSingle: true), "Files, directories or glob patterns of the upstream repository.", IsRequired: true),
            new Field("dest", new TextShape(TextRules.StaysInside), "Target in the dist-git repository.", IsRequired: true),
            new Field("mkpath", Flag, "Create missing directories of the target."),
            new Field("delete", Flag, "Delete what the target has and the source has not; protect files with filters."),
            new Field("filters", new ListShape<string>(TextShape.Plain), "rsync filter rules, e.g. `protect .git*`."),
        ],
        v => new FileToSync(
            v.Get<IReadOnlyList<string>>("src", []), v.Get("dest", ""), v.Get("mkpath", false), v.Get("delete", false), v.Get<IReadOnlyList<string>>("filters", [])));

    private static readonly TextShape Short = new(TextRules.StaysInside);

    public override string Expected => Long.Expected;

    public override object? Read(YamlNode node, ConfigPath path, ProblemList problems) => node switch
    {
        YamlScalar { ScalarKind: ScalarKind.Text } => Short.Read(node, path, problems) is string text ? FileToSync.Same(text) : null,
        _ => Long.Read(node, path, problems),
    };

    public override JsonObject Schema() => new() { ["anyOf"] = new JsonArray(Short.Schema(), Long.Schema()) };
}

/// <summary><c>dist_git_branches</c>: a name, a list of names, or names with the branches they are fast-forwarded to.</summary>
internal sealed class DistGitBranchesShape : ValueShape<DistGitBranches>
{
    private static readonly ListShape<string> Names = new(TextShape.Plain, allowSingle: true);

    private static readonly RecordShape<IReadOnlyList<string>> Options = new(
        "`{}` or a mapping with `fast_forward_merge_into`",
        [new Field("fast_forward_merge_into", new ListShape<string>(TextShape.Plain), "Branches and aliases that are offered the same change.")],
        v => v.Get<IReadOnlyList<string>>("fast_forward_merge_into", []));

    public override string Expected => "a branch, a list of branches, or a mapping of branches to `fast_forward_merge_into`";

    public override object? Read(YamlNode node, ConfigPath path, ProblemList problems)
    {
        switch (node)
        {
            case YamlMapping mapping:
                var targets = new OrderedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
                foreach (var entry in mapping.Entries)
                {
                    if (Options.Read(entry.Value, path.Key(entry.Name), problems) is IReadOnlyList<string> into)
                    {
                        targets[entry.Name] = into;
                    }
                }

                return new DistGitBranches([.. targets.Keys], targets) { IsDictionary = true };
            case YamlSequence or YamlScalar { ScalarKind: not ScalarKind.Null }:
                return Names.Read(node, path, problems) is IReadOnlyList<string> names ? DistGitBranches.None with { Names = names } : null;
            default:
                return WrongType(node, path, problems);
        }
    }

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(Names.Schema(), new JsonObject { ["type"] = "object", ["additionalProperties"] = Options.Schema() }),
    };
}

/// <summary><c>actions</c>: commands by action name.</summary>
internal sealed class ActionsShape : ValueShape<IReadOnlyDictionary<string, IReadOnlyList<ActionCommand>>>
{
    public override string Expected => "a mapping of action names to commands";

    public override object? Read(YamlNode node, ConfigPath path, ProblemList problems)
    {
        if (node is not YamlMapping mapping)
        {
            return WrongType(node, path, problems);
        }

        var actions = new OrderedDictionary<string, IReadOnlyList<ActionCommand>>(StringComparer.Ordinal);
        foreach (var entry in mapping.Entries)
        {
            if (!ActionNames.All.Contains(entry.Name))
            {
                var near = NearMiss.Of(entry.Name, ActionNames.All);
                problems.Error(
                    ProblemCodes.UnknownKey, entry.Key, path.Key(entry.Name), $"There is no action `{entry.Name}`.",
                    near is null ? $"Actions are: {string.Join(", ", ActionNames.All)}." : $"Did you mean `{near}`?");
            }

            actions[entry.Name] = CommandReader.Read(entry.Value, path.Key(entry.Name), problems);
        }

        return actions;
    }

    public override JsonObject Schema()
    {
        var word = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") };
        var commands = new JsonObject
        {
            ["type"] = "array",
            ["items"] = new JsonObject
            {
                ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "string" }, new JsonObject { ["type"] = "array", ["items"] = word }),
            },
        };
        var properties = new JsonObject();
        foreach (var name in ActionNames.All)
        {
            properties[name] = new JsonObject
            {
                ["anyOf"] = new JsonArray(new JsonObject { ["type"] = new JsonArray("string", "null") }, commands.DeepClone()),
                ["description"] = "One command, a list of commands, or a list of commands as lists of words. No shell is involved.",
            };
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
    }
}
