using Packit.PackageConfig.Schema;
using Packit.PackageConfig.Yaml;

namespace Packit.PackageConfig.Normalising;

/// <summary>
/// From the file's structure to its normal form, in the order of the established parser, because each step relies on the one before:
/// defaults of the repository, packages, default jobs, merge of top level and packages, jobs, triggers, views.
/// </summary>
internal sealed class Normaliser(ReadingContext context)
{
    /// <returns>The normal form, or null when there was an error.</returns>
    public PackitConfig? Normalise(YamlMapping root)
    {
        YamlNode? packagesNode = null;
        YamlNode? jobsNode = null;
        var top = SettingsLayer.Read(root.Entries, ConfigPath.Root, context, ReadOwnKey);
        var packageReader = new PackageReader(context);
        var packages = packageReader.Read(packagesNode, top, root);
        var jobs = jobsNode is null ? DefaultJobs.Make(root) : new JobReader(context, packages.Keys).Read(jobsNode);
        CheckSpecfiles(packages, jobs);
        return context.Problems.HasErrors ? null : Build(packages, jobs, jobsNode is null, packageReader.Searched);

        bool ReadOwnKey(YamlEntry entry)
        {
            switch (entry.Name)
            {
                case "_":
                    // A place for anchors.
                    return true;
                case "jobs":
                    jobsNode = entry.Value;
                    return true;
                case JobKeys.Packages:
                    packagesNode = entry.Value;
                    return true;
                default:
                    return false;
            }
        }
    }

    private static IEnumerable<KeyValuePair<string, SettingsLayer>> Merged(ParsedJob job, OrderedDictionary<string, SettingsLayer> packages) =>
        job.Packages is null
            ? packages.Select(p => KeyValuePair.Create(p.Key, p.Value.With(job.Settings)))
            : job.Packages.Where(p => packages.ContainsKey(p.Key)).Select(p => KeyValuePair.Create(p.Key, packages[p.Key].With(job.Settings).With(p.Value)));

    private void CheckSpecfiles(OrderedDictionary<string, SettingsLayer> packages, IReadOnlyList<ParsedJob> jobs)
    {
        foreach (var job in jobs)
        {
            if (job.Type == JobType.Tests && job.Field(JobKeys.SkipBuild, false))
            {
                continue;
            }

            foreach (var (name, layer) in Merged(job, packages))
            {
                if (string.IsNullOrEmpty(layer.Get(SettingKeys.SpecfilePath)))
                {
                    context.Problems.Error(
                        ProblemCodes.NoSpecfile, job.Node, job.Path, $"'specfile_path' is not specified or no specfile was found in the repo, for the package `{name}`.",
                        "Add `specfile_path` at the top of the file or in the package.");
                }
            }
        }
    }

    private PackitConfig Build(OrderedDictionary<string, SettingsLayer> packages, IReadOnlyList<ParsedJob> parsed, bool isDefault, bool searched)
    {
        var settings = new OrderedDictionary<string, PackageSettings>(packages.Count, StringComparer.Ordinal);
        foreach (var (name, layer) in packages)
        {
            settings[name] = Settings(name, layer);
        }

        var jobs = new List<JobConfig>(parsed.Count);
        for (var i = 0; i < parsed.Count; i++)
        {
            var index = isDefault ? -1 : i;
            jobs.AddRange(BuildJobs(parsed[i], packages, index));
        }

        return new PackitConfig
        {
            ConfigFilePath = context.Source.FileName,
            RepositoryName = context.Source.RepositoryName,
            Packages = settings,
            Jobs = jobs,
            Views = [.. jobs.SelectMany(j => Views(j, packages.Count > 1))],
            HasDefaultJobs = isDefault,
            SpecfileWasSearched = searched,
        };
    }

    private IEnumerable<JobConfig> BuildJobs(ParsedJob parsed, OrderedDictionary<string, SettingsLayer> packages, int index)
    {
        var settings = new OrderedDictionary<string, PackageSettings>(StringComparer.Ordinal);
        foreach (var (name, layer) in Merged(parsed, packages))
        {
            settings[name] = Settings(name, layer);
        }

        return parsed.Triggers.Select(trigger => new JobConfig
        {
            Type = parsed.Type!.Value,
            Trigger = trigger,
            ManualTrigger = parsed.Field(JobKeys.ManualTrigger, false),
            SkipBuild = parsed.Field(JobKeys.SkipBuild, false),
            Labels = parsed.Field<IReadOnlyList<string>?>(JobKeys.Labels, null),
            SidetagGroup = parsed.Field<string?>(JobKeys.SidetagGroup, null),
            Dependents = parsed.Field<IReadOnlyList<string>?>(JobKeys.Dependents, null),
            Dependencies = parsed.Field<IReadOnlyList<string>?>(JobKeys.Dependencies, null),
            Packages = settings,
            Index = index,
            Line = index < 0 ? 0 : parsed.Node.Line,
        });
    }

    private PackageSettings Settings(string name, SettingsLayer layer) => SettingsBuilder.Build(name, layer, context.Source.FileName);

    private static IEnumerable<JobView> Views(JobConfig job, bool isMonorepo) => job.Packages.Select(package => new JobView
    {
        Job = job,
        PackageName = package.Key,
        IsMonorepo = isMonorepo,
        Settings = isMonorepo && package.Value.Identifier is null ? package.Value with { Identifier = package.Key } : package.Value,
    });
}
