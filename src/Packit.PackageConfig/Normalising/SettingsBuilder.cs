using Packit.PackageConfig.Schema;

namespace Packit.PackageConfig.Normalising;

/// <summary>From merged layers to settings with defaults.</summary>
internal static class SettingsBuilder
{
    private static readonly ConfigKey[] Others = [.. SettingKeys.All.Where(k => k.IsOther)];

    /// <param name="packageName">Key of the package.</param>
    /// <param name="layer">All layers merged, with names and spec file set.</param>
    /// <param name="filePath">Path of the configuration file.</param>
    public static PackageSettings Build(string packageName, SettingsLayer layer, string filePath)
    {
        var configFilePath = layer.Get(SettingKeys.ConfigFilePath) ?? filePath;
        var specfilePath = layer.Get(SettingKeys.SpecfilePath);
        var downstreamName = layer.Get(SettingKeys.DownstreamPackageName)!;
        var files = layer.Get(SettingKeys.FilesToSync, []);
        return new PackageSettings
        {
            PackageName = packageName,
            ConfigFilePath = configFilePath,
            SpecfilePath = specfilePath,
            UpstreamPackageName = layer.Get(SettingKeys.UpstreamPackageName)!,
            DownstreamPackageName = downstreamName,
            UpstreamProjectUrl = layer.Get(SettingKeys.UpstreamProjectUrl),
            Paths = layer.Get(SettingKeys.Paths, ["./"]),
            UpstreamRef = layer.Get(SettingKeys.UpstreamRef),
            DistGitBaseUrl = layer.Get(SettingKeys.DistGitBaseUrl),
            DistGitNamespace = layer.Get(SettingKeys.DistGitNamespace),
            PkgTool = layer.Get(SettingKeys.PkgTool),
            Sig = layer.Get(SettingKeys.Sig),
            Identifier = layer.Get(SettingKeys.Identifier),
            PackitInstances = layer.Get(SettingKeys.PackitInstances, ["prod"]),
            IssueRepository = layer.Get(SettingKeys.IssueRepository),
            UpstreamTagTemplate = layer.Get(SettingKeys.UpstreamTagTemplate, "{version}"),
            UpstreamTagInclude = layer.Get(SettingKeys.UpstreamTagInclude, ""),
            UpstreamTagExclude = layer.Get(SettingKeys.UpstreamTagExclude, ""),
            VersionUpdateMask = layer.Get(SettingKeys.VersionUpdateMask),
            VersionUpdateSpecifiers = layer.Get(SettingKeys.VersionUpdateSpecifiers),
            PrereleaseSuffixPattern = layer.Get(SettingKeys.PrereleaseSuffixPattern, PackageSettings.DefaultPrereleaseSuffixPattern),
            PrereleaseSuffixMacro = layer.Get(SettingKeys.PrereleaseSuffixMacro),
            SpecSourceId = layer.Get(SettingKeys.SpecSourceId, "Source0"),
            ArchiveRootDirTemplate = layer.Get(SettingKeys.ArchiveRootDirTemplate),
            Sources = layer.Get(SettingKeys.Sources, []),
            UploadSources = layer.Get(SettingKeys.UploadSources, true),
            ParseTimeMacros = layer.Get(SettingKeys.ParseTimeMacros, PackageSettings.NoMacros),
            AllowedGpgKeys = layer.Get(SettingKeys.AllowedGpgKeys),
            FilesToSync = files.Count > 0 ? files : DefaultFiles(specfilePath, downstreamName, configFilePath),
            FilesToSyncIsDefault = files.Count == 0,
            SyncChangelog = layer.Get(SettingKeys.SyncChangelog, false),
            CopyUpstreamReleaseDescription = layer.Get(SettingKeys.CopyUpstreamReleaseDescription, false),
            CreateSyncNote = layer.Get(SettingKeys.CreateSyncNote, true),
            CreatePr = layer.Get(SettingKeys.CreatePr, true),
            Actions = layer.Get(SettingKeys.Actions, PackageSettings.NoActions),
            DistGitBranches = layer.Get(SettingKeys.DistGitBranches, DistGitBranches.None),
            Branch = layer.Get(SettingKeys.Branch),
            Scratch = layer.Get(SettingKeys.Scratch, false),
            RequiredLabels = layer.Get(SettingKeys.Require, LabelRequirements.None),
            CloneReposBeforeRunCondition = layer.Get(SettingKeys.CloneReposBeforeRunCondition, false),
            AllowedPrAuthors = layer.Get(SettingKeys.AllowedPrAuthors, ["packit"]),
            AllowedCommitters = layer.Get(SettingKeys.AllowedCommitters, []),
            AllowedBuilders = layer.Get(SettingKeys.AllowedBuilders, ["packit"]),
            Notifications = layer.Get(SettingKeys.Notifications, Notifications.Default),
            BodhiExtraParams = layer.Get(SettingKeys.BodhiExtraParams, ConfigMap.Empty),
            StatusNameTemplate = layer.Get(SettingKeys.StatusNameTemplate),
            Other = OtherValues(layer),
        };
    }

    private static IReadOnlyList<FileToSync> DefaultFiles(string? specfilePath, string downstreamName, string configFilePath) =>
        specfilePath is null
            ? [FileToSync.Same(configFilePath)]
            : [new FileToSync([specfilePath], downstreamName + ".spec", MakePath: false, Delete: false, []), FileToSync.Same(configFilePath)];

    private static IReadOnlyDictionary<string, ConfigValue> OtherValues(SettingsLayer layer)
    {
        Dictionary<string, ConfigValue>? values = null;
        foreach (var key in Others)
        {
            if (layer.Get(key) is { } value)
            {
                (values ??= new Dictionary<string, ConfigValue>(StringComparer.Ordinal))[key.Name] = AsFreeForm(value);
            }
        }

        return values ?? PackageSettings.NoOther;
    }

    private static ConfigValue AsFreeForm(object value) => value switch
    {
        ConfigValue free => free,
        bool flag => new ConfigBool(flag),
        int number => new ConfigInteger(number),
        string text => new ConfigText(text),
        IReadOnlyList<string> texts => new ConfigList([.. texts.Select(t => new ConfigText(t))]),
        _ => throw new InvalidOperationException($"A setting of type {value.GetType().Name} has no free form."),
    };
}
