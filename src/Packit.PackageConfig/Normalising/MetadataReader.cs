using Packit.PackageConfig.Schema;
using Packit.PackageConfig.Yaml;

namespace Packit.PackageConfig.Normalising;

/// <summary>Reads the deprecated <c>metadata</c> of a job, whose keys have moved into the job itself.</summary>
internal sealed class MetadataReader(ReadingContext context)
{
    private static readonly string[] Names = [.. SettingKeys.All.Where(k => k.IsMetadata).Select(k => k.Name), JobKeys.SkipBuild.Name];

    public SettingsLayer Read(YamlEntry metadata, YamlMapping job, ConfigPath jobPath, Dictionary<string, object> fields)
    {
        var path = jobPath.Key(JobKeys.Metadata);
        if (metadata.Value is not YamlMapping mapping)
        {
            context.Problems.Error(
                ProblemCodes.WrongType, metadata.Value, path, $"Expected a mapping, but this is {metadata.Value.Kind}.", "Remove `metadata` and write its keys into the job.");
            return SettingsLayer.Empty;
        }

        context.Problems.Warning(
            ProblemCodes.DeprecatedKey, metadata.Key, path, "`metadata` is deprecated.", "Write its keys into the job itself and remove `metadata`.");
        foreach (var mixed in job.Entries.Where(e => Names.Contains(e.Name)))
        {
            context.Problems.Error(
                ProblemCodes.MixedMetadata, mixed.Key, jobPath.Key(mixed.Name), $"`{mixed.Name}` is defined outside `metadata`, which cannot be mixed with new job keys.",
                "Write the keys of `metadata` into the job itself and remove `metadata`.");
        }

        return SettingsLayer.Read(Entries(mapping, path, fields), path, context with { KnownNames = Names }, _ => false);
    }

    /// <summary>The entries that are settings; what is not allowed here is reported, what is a job's own key is read.</summary>
    private IEnumerable<YamlEntry> Entries(YamlMapping mapping, ConfigPath path, Dictionary<string, object> fields)
    {
        foreach (var entry in mapping.Entries)
        {
            if (entry.Name is "dist-git-branch" or "dist_git_branch")
            {
                context.Problems.Warning(
                    ProblemCodes.DeprecatedKey, entry.Key, path.Key(entry.Name), $"`{entry.Name}` is deprecated.", "Write `dist_git_branches`.");
                yield return new YamlEntry(new YamlScalar(SettingKeys.DistGitBranches.Name, isPlain: true, entry.Key.Line, entry.Key.Column), entry.Value);
            }
            else if (entry.Name == JobKeys.SkipBuild.Name)
            {
                if (JobKeys.SkipBuild.Shape.Read(entry.Value, path.Key(entry.Name), context.Problems) is { } skip)
                {
                    fields[entry.Name] = skip;
                }
            }
            else if (Names.Contains(entry.Name) || !SettingKeys.ByName.ContainsKey(entry.Name))
            {
                yield return entry;
            }
            else
            {
                UnknownKeys.Report(entry, path, Names, context.Problems, $"`{entry.Name}` belongs into the job itself.");
            }
        }
    }
}
