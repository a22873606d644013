using System.CommandLine;
using Packit.Automation.Previewing;
using Packit.DistGit;
using Packit.Service.Hosting;

namespace Packit.Service.Commands;

/// <summary><c>preview</c>: what would be proposed if a commit were released now.</summary>
internal static class PreviewCommand
{
    private const string GitSuffix = ".git";

    public static Command Make(CommandOutput output, Option<string?> config)
    {
        var repo = new Option<string>("--repo")
        {
            Description = "The upstream repository: the https address that git clones from, or a folder of this machine. Of a folder its commits are looked at, "
                + "not what is uncommitted.",
            HelpName = "URL",
            Required = true,
        };
        var reference = new Option<string?>("--ref")
        {
            Description = "A branch, a tag, a whole commit id, or pull/NUMBER/head. Default: the head of the default branch.", HelpName = "REF",
        };
        var tag = new Option<string?>("--tag")
        {
            Description = "The tag that the release would have. Default: REF when it is a tag, else what the version in the upstream spec makes of "
                + "upstream_tag_template.",
            HelpName = "TAG",
        };
        var package = new Option<string?>("--package") { Description = "Only this package of the config. Default: all.", HelpName = "NAME" };
        var json = CommandWords.Json();
        var command = new Command(
            "preview",
            "Shows what would be proposed to dist-git if a commit were released now: jobs with reasons, branches, the change to the spec file, sources, and what "
            + "stands in the way. It needs neither database nor credentials, and changes nothing anywhere.")
        {
            repo, reference, tag, package, json,
        };
        command.SetAction((parsed, cancellationToken) => StoredState.GuardAsync(output, async () =>
        {
            if (SourceOf(parsed.GetRequiredValue(repo)) is not { } source)
            {
                output.Say($"--repo {parsed.GetRequiredValue(repo)} is neither an https address nor a folder of this machine.");
                return ExitCodes.BadInput;
            }

            await using var services = Services(parsed.GetValue(config));
            var result = await services.GetRequiredService<ReleasePreviewer>().MakeAsync(
                new PreviewRequest(source) { Ref = parsed.GetValue(reference), Tag = parsed.GetValue(tag), Package = parsed.GetValue(package) }, cancellationToken);
            if (parsed.GetValue(json))
            {
                output.WriteLine(PreviewJson.Write(result));
            }
            else
            {
                output.WriteLines(new PreviewReport(output.IsTerminal).Of(result));
            }

            return CodeOf(result);
        }));
        return command;
    }

    private static ServiceProvider Services(string? configFile)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddStandalonePreviews(ServiceConfiguration.Read(configFile));
        return services.BuildServiceProvider();
    }

    private static int CodeOf(PreviewResult result) => result switch
    {
        { Problem.Kind: PreviewProblemKind.Unreachable } => ExitCodes.Unreachable,
        { Problem: not null } => ExitCodes.BadInput,
        { Verdict: PreviewVerdict.Yes } => ExitCodes.Done,
        { Verdict: PreviewVerdict.Unknown } => ExitCodes.Unreachable,
        _ => ExitCodes.No,
    };

    private static PreviewSource? SourceOf(string repository)
    {
        if (Directory.Exists(repository))
        {
            var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(repository));
            return new PreviewSource(new GitRemote(new Uri(folder)), folder, NameOf(folder));
        }

        var plain = repository.TrimEnd('/');
        return Uri.TryCreate(plain, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" && NameOf(url!.AbsolutePath).Length > 0
            ? new PreviewSource(new GitRemote(url), plain.EndsWith(GitSuffix, StringComparison.Ordinal) ? plain[..^GitSuffix.Length] : plain, NameOf(url.AbsolutePath))
            : null;
    }

    private static string NameOf(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.EndsWith(GitSuffix, StringComparison.Ordinal) ? name[..^GitSuffix.Length] : name;
    }
}
