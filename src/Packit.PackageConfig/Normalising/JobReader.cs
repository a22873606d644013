using Packit.PackageConfig.Schema;
using Packit.PackageConfig.Yaml;

namespace Packit.PackageConfig.Normalising;

/// <summary>Reads the entries of <c>jobs</c>.</summary>
internal sealed class JobReader(ReadingContext context, IReadOnlyCollection<string> packages)
{
    private readonly ReadingContext _context = context.InJob();

    private ProblemList Problems => _context.Problems;

    public IReadOnlyList<ParsedJob> Read(YamlNode node)
    {
        var path = ConfigPath.Root.Key("jobs");
        if (node is not YamlSequence sequence)
        {
            Problems.Error(
                ProblemCodes.WrongType, node, path, $"Expected a list of jobs, but this is {node.Kind}.",
                node is YamlMapping ? "Begin each job with `- ` before its first key." : "Write `jobs: []` for no jobs.");
            return [];
        }

        var jobs = new List<ParsedJob>(sequence.Items.Count);
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            if (sequence.Items[i] is YamlMapping mapping)
            {
                jobs.Add(ReadJob(mapping, path.Index(i)));
            }
            else
            {
                Problems.Error(
                    ProblemCodes.WrongType, sequence.Items[i], path.Index(i), $"Expected a job, but this is {sequence.Items[i].Kind}.", "Write a mapping with `job` and `trigger`.");
            }
        }

        return jobs;
    }

    private ParsedJob ReadJob(YamlMapping mapping, ConfigPath path)
    {
        var fields = new Dictionary<string, object>(StringComparer.Ordinal);
        var metadata = SettingsLayer.Empty;
        OrderedDictionary<string, SettingsLayer>? own = null;
        var settings = SettingsLayer.Read(mapping.Entries, path, _context, ReadOwnKey);
        var job = new ParsedJob
        {
            Node = mapping,
            Path = path,
            Type = ReadType(mapping, path),
            Triggers = ReadTriggers(mapping, path),
            Fields = fields,
            Settings = settings.With(metadata),
            Packages = own,
        };
        WarnWhenItNeverFires(job, mapping.Find(JobKeys.Trigger) ?? mapping);
        return job;

        bool ReadOwnKey(YamlEntry entry)
        {
            switch (entry.Name)
            {
                case JobKeys.Job or JobKeys.Trigger:
                    return true;
                case JobKeys.Packages:
                    own = ReadPackages(entry.Value, path.Key(JobKeys.Packages));
                    return true;
                case JobKeys.Metadata:
                    metadata = new MetadataReader(_context).Read(entry, mapping, path, fields);
                    return true;
            }

            if (JobKeys.Simple.FirstOrDefault(f => f.Name == entry.Name) is not { } field)
            {
                return false;
            }

            if (field.Shape.Read(entry.Value, path.Key(field.Name), Problems) is { } value)
            {
                fields[field.Name] = value;
            }

            return true;
        }
    }

    private JobType? ReadType(YamlMapping job, ConfigPath path)
    {
        if (job.Find(JobKeys.Job) is not { } node)
        {
            Missing(job, path, JobKeys.Job, JobWords.Types.Keys);
            return null;
        }

        if (Word(node, path.Key(JobKeys.Job)) is not { } word)
        {
            return null;
        }

        if (JobWords.Types.TryGetValue(word, out var type))
        {
            return type;
        }

        var meant = JobWords.TypeOfToday(word) ?? NearMiss.Of(word, JobWords.Types.Keys);
        Problems.Error(
            ProblemCodes.WrongValue, node, path.Key(JobKeys.Job), $"There is no job `{word}`; it must be one of: {string.Join(", ", JobWords.Types.Keys)}.",
            meant is null ? null : $"Write `{meant}`.");
        return null;
    }

    private List<JobTrigger> ReadTriggers(YamlMapping job, ConfigPath path)
    {
        var triggers = new List<JobTrigger>();
        if (job.Find(JobKeys.Trigger) is not { } node)
        {
            Missing(job, path, JobKeys.Trigger, JobWords.Triggers.Keys);
            return triggers;
        }

        foreach (var word in Word(node, path.Key(JobKeys.Trigger))?.Split('|', StringSplitOptions.TrimEntries) ?? [])
        {
            if (JobWords.Triggers.TryGetValue(word, out var trigger))
            {
                triggers.Add(trigger);
                continue;
            }

            var near = NearMiss.Of(word, JobWords.Triggers.Keys);
            Problems.Error(
                ProblemCodes.WrongValue, node, path.Key(JobKeys.Trigger), $"There is no trigger `{word}`; it must be one of: {string.Join(", ", JobWords.Triggers.Keys)}.",
                near is null ? null : $"Write `{near}`.");
        }

        return triggers;
    }

    private string? Word(YamlNode node, ConfigPath path)
    {
        if (node is YamlScalar { ScalarKind: ScalarKind.Text } scalar)
        {
            return scalar.Text;
        }

        var several = node is YamlSequence { Items.Count: > 0 } list && list.Items.All(i => i is YamlScalar)
            ? $"Write `{string.Join(" | ", list.Items.Select(i => ((YamlScalar)i).Text))}`."
            : null;
        Problems.Error(ProblemCodes.WrongType, node, path, $"Expected a string, but this is {node.Kind}.", several);
        return null;
    }

    private void Missing(YamlMapping job, ConfigPath path, string key, IEnumerable<string> words) => Problems.Error(
        ProblemCodes.MissingKey, job, path, $"`{key}` is missing in this job.", $"Add `{key}:` with one of: {string.Join(", ", words)}.");

    private OrderedDictionary<string, SettingsLayer>? ReadPackages(YamlNode node, ConfigPath path)
    {
        var selected = new OrderedDictionary<string, SettingsLayer>(StringComparer.Ordinal);
        switch (node)
        {
            case YamlSequence sequence:
                for (var i = 0; i < sequence.Items.Count; i++)
                {
                    if (TextShape.Plain.Read(sequence.Items[i], path.Index(i), Problems) is string name && IsDefined(name, sequence.Items[i], path))
                    {
                        selected[name] = SettingsLayer.Empty;
                    }
                }

                return selected;
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries.Where(e => IsDefined(e.Name, e.Key, path)))
                {
                    selected[entry.Name] = PackageReader.ReadLayer(entry.Value, path.Key(entry.Name), _context);
                }

                return selected;
            default:
                Problems.Error(
                    ProblemCodes.WrongType, node, path, $"Expected a list or a mapping of packages, but this is {node.Kind}.",
                    node is YamlScalar { Text.Length: > 0 } scalar ? $"Write [{scalar.Text}]." : null);
                return null;
        }
    }

    private bool IsDefined(string name, YamlNode node, ConfigPath path)
    {
        if (packages.Contains(name))
        {
            return true;
        }

        var near = NearMiss.Of(name, packages);
        Problems.Error(
            ProblemCodes.UndefinedPackage, node, path, $"Undefined package(s) referenced: {name}.",
            near is null ? $"Packages are: {string.Join(", ", packages)}." : $"Did you mean `{near}`?");
        return false;
    }

    private void WarnWhenItNeverFires(ParsedJob job, YamlNode at)
    {
        if (job.Type is not { } type || JobWords.FiringTriggers(type) is not { } firing)
        {
            return;
        }

        foreach (var trigger in job.Triggers.Where(t => t != JobTrigger.Ignore && !firing.Contains(t)))
        {
            Problems.Warning(
                ProblemCodes.NeverFires, at, job.Path.Key(JobKeys.Trigger), $"`{JobWords.Of(type)}` never runs on `{JobWords.Of(trigger)}`.",
                $"Write `{string.Join("` or `", firing.Select(JobWords.Of))}`.");
        }

        if (job.Triggers.Contains(JobTrigger.KojiBuild) && firing.Contains(JobTrigger.KojiBuild) && !job.Fields.ContainsKey(JobKeys.SidetagGroup.Name))
        {
            Problems.Warning(
                ProblemCodes.NeverFires, at, job.Path.Key(JobKeys.Trigger), "The trigger `koji_build` waits for builds in a side tag, but the job has no `sidetag_group`.",
                "Add `sidetag_group`.");
        }
    }
}
