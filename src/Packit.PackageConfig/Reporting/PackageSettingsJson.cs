using System.Text.Json;
using static Packit.PackageConfig.PackageConfigJson;

namespace Packit.PackageConfig;

/// <summary>The settings of a package as JSON, under the names that the file uses.</summary>
internal static class PackageSettingsJson
{
    public static void Write(Utf8JsonWriter writer, PackageSettings settings)
    {
        WriteIdentity(writer, settings);
        WriteVersions(writer, settings);
        WriteContent(writer, settings);
        WriteRights(writer, settings);
        writer.WriteStartObject("other");
        foreach (var (key, value) in settings.Other)
        {
            writer.WritePropertyName(key);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter writer, PackageSettings settings)
    {
        writer.WriteString("config_file_path", settings.ConfigFilePath);
        writer.WriteString("specfile_path", settings.SpecfilePath);
        writer.WriteString("upstream_package_name", settings.UpstreamPackageName);
        writer.WriteString("downstream_package_name", settings.DownstreamPackageName);
        writer.WriteString("upstream_project_url", settings.UpstreamProjectUrl);
        WriteTexts(writer, "paths", settings.Paths);
        writer.WriteString("upstream_ref", settings.UpstreamRef);
        writer.WriteString("dist_git_base_url", settings.DistGitBaseUrl);
        writer.WriteString("dist_git_namespace", settings.DistGitNamespace);
        writer.WriteString("pkg_tool", settings.PkgTool);
        writer.WriteString("sig", settings.Sig);
        WriteTexts(writer, "packit_instances", settings.PackitInstances);
        writer.WriteString("issue_repository", settings.IssueRepository);
    }

    private static void WriteVersions(Utf8JsonWriter writer, PackageSettings settings)
    {
        writer.WriteString("upstream_tag_template", settings.UpstreamTagTemplate);
        writer.WriteString("upstream_tag_include", settings.UpstreamTagInclude);
        writer.WriteString("upstream_tag_exclude", settings.UpstreamTagExclude);
        writer.WriteString("version_update_mask", settings.VersionUpdateMask);
        writer.WriteString("version_update_specifiers", settings.VersionUpdateSpecifiers);
        writer.WriteString("prerelease_suffix_pattern", settings.PrereleaseSuffixPattern);
        writer.WriteString("prerelease_suffix_macro", settings.PrereleaseSuffixMacro);
        writer.WriteString("spec_source_id", settings.SpecSourceId);
        writer.WriteStartArray("sources");
        foreach (var source in settings.Sources)
        {
            writer.WriteStartObject();
            writer.WriteString("path", source.Path);
            writer.WriteString("url", source.Url);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteBoolean("upload_sources", settings.UploadSources);
        writer.WriteStartObject("parse_time_macros");
        foreach (var (macro, definition) in settings.ParseTimeMacros)
        {
            writer.WriteString(macro, definition);
        }

        writer.WriteEndObject();
        WriteTexts(writer, "allowed_gpg_keys", settings.AllowedGpgKeys);
    }

    private static void WriteContent(Utf8JsonWriter writer, PackageSettings settings)
    {
        writer.WriteBoolean("files_to_sync_is_default", settings.FilesToSyncIsDefault);
        writer.WriteStartArray("files_to_sync");
        foreach (var file in settings.FilesToSync)
        {
            writer.WriteStartObject();
            WriteTexts(writer, "src", file.Src);
            writer.WriteString("dest", file.Dest);
            writer.WriteBoolean("mkpath", file.MakePath);
            writer.WriteBoolean("delete", file.Delete);
            WriteTexts(writer, "filters", file.Filters);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteBoolean("sync_changelog", settings.SyncChangelog);
        writer.WriteBoolean("copy_upstream_release_description", settings.CopyUpstreamReleaseDescription);
        writer.WriteBoolean("create_sync_note", settings.CreateSyncNote);
        writer.WriteStartObject("actions");
        foreach (var (name, commands) in settings.Actions)
        {
            writer.WriteStartArray(name);
            foreach (var command in commands)
            {
                WriteTexts(writer, command.Argv);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteRights(Utf8JsonWriter writer, PackageSettings settings)
    {
        writer.WritePropertyName("dist_git_branches");
        WriteBranches(writer, settings.DistGitBranches);
        writer.WriteString("branch", settings.Branch);
        writer.WriteBoolean("scratch", settings.Scratch);
        writer.WriteStartObject("require");
        writer.WriteStartObject("label");
        WriteTexts(writer, "present", settings.RequiredLabels.Present);
        WriteTexts(writer, "absent", settings.RequiredLabels.Absent);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteBoolean("clone_repos_before_run_condition", settings.CloneReposBeforeRunCondition);
        WriteTexts(writer, "allowed_pr_authors", settings.AllowedPrAuthors);
        WriteTexts(writer, "allowed_committers", settings.AllowedCommitters);
        WriteTexts(writer, "allowed_builders", settings.AllowedBuilders);
        writer.WriteStartObject("notifications");
        writer.WriteStartObject("pull_request");
        writer.WriteBoolean("successful_build", settings.Notifications.SuccessfulBuild);
        writer.WriteEndObject();
        writer.WriteStartObject("failure_comment");
        writer.WriteString("message", settings.Notifications.FailureCommentMessage);
        writer.WriteEndObject();
        writer.WriteStartObject("failure_issue");
        writer.WriteBoolean("create", settings.Notifications.FailureIssueCreate);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WritePropertyName("bodhi_extra_params");
        settings.BodhiExtraParams.WriteTo(writer);
    }

    private static void WriteBranches(Utf8JsonWriter writer, DistGitBranches branches)
    {
        if (!branches.IsDictionary)
        {
            WriteTexts(writer, branches.Names);
            return;
        }

        writer.WriteStartObject();
        foreach (var (name, targets) in branches.FastForwardInto)
        {
            writer.WriteStartObject(name);
            if (targets.Count > 0)
            {
                WriteTexts(writer, "fast_forward_merge_into", targets);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
