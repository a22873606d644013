using Packit.PackageConfig.Schema;
using Packit.PackageConfig.Yaml;

namespace Packit.PackageConfig.Normalising;

/// <summary>The jobs of a file without <c>jobs</c>. Packit: builds and tests of pull requests, and a proposal of each release to all of Fedora.</summary>
internal static class DefaultJobs
{
    public static IReadOnlyList<ParsedJob> Make(YamlNode root)
    {
        var path = ConfigPath.Root.Key("jobs");
        var onStable = With("targets", new ConfigList([new ConfigText("fedora-stable")]));
        var onAll = With(SettingKeys.DistGitBranches.Name, DistGitBranches.None with { Names = ["fedora-all"] });
        return
        [
            Job(JobType.CoprBuild, JobTrigger.PullRequest, onStable),
            Job(JobType.Tests, JobTrigger.PullRequest, onStable),
            Job(JobType.ProposeDownstream, JobTrigger.Release, onAll),
        ];

        ParsedJob Job(JobType type, JobTrigger trigger, SettingsLayer settings) => new()
        {
            Node = root,
            Path = path,
            Type = type,
            Triggers = [trigger],
            Fields = [],
            Settings = settings,
        };
    }

    private static SettingsLayer With(string key, object value) => SettingsLayer.Of(SettingKeys.ByName[key], value);
}
