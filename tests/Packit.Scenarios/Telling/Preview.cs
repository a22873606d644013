using System.Text.Json;
using Packit.Automation.Previewing;
using Packit.Sandbox.Service;
using Packit.Service.Commands;

namespace Packit.Scenarios.Telling;

/// <summary>Somebody asks the command line what would be proposed: without the service's database, and without any of its secrets.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Result">What was shown as JSON.</param>
public sealed record Preview(int Code, PreviewResult Result)
{
    /// <summary>The only package.</summary>
    public PackagePreview Package => Assert.Single(Result.Packages);

    /// <summary>A branch of the only package.</summary>
    public BranchPreview Branch(string name) => Package.Branches.Single(branch => branch.Branch == name);

    /// <summary>Asks, and proves that nothing in the world was changed by it.</summary>
    /// <param name="story">The story.</param>
    /// <param name="more">More options, such as <c>--ref</c>.</param>
    public static async Task<Preview> AskAsync(Story story, params string[] more)
    {
        var (code, text, _) = await RunAsync(story, ["--repo", story.Project.Url.AbsoluteUri, "--json", .. more]);
        return new Preview(code, PreviewJson.Read(text));
    }

    /// <summary>The same as people read it.</summary>
    public static async Task<string> ReadAsync(Story story, params string[] more) =>
        (await RunAsync(story, ["--repo", story.Project.Url.AbsoluteUri, .. more])).Output;

    /// <summary>Runs the command with the settings of the story, but for those of publishing.</summary>
    public static async Task<(int Code, string Output, string Messages)> RunAsync(Story story, params string[] options)
    {
        ArgumentNullException.ThrowIfNull(story);
        await story.SettleAsync();
        var before = await StandAsync(story);
        var writes = Snapshot.Writes(story).Count;
        var folder = Directory.CreateTempSubdirectory("packit-preview-");
        try
        {
            var file = Path.Combine(folder.FullName, "settings.json");
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(Settings(story, folder.FullName)));
            await using var output = new StringWriter();
            await using var messages = new StringWriter();
            var code = await CommandLineInterface.RunAsync(["preview", "--config", file, .. options], output, messages);
            Assert.Equal(before, await StandAsync(story));
            Assert.DoesNotContain(Snapshot.Writes(story).Skip(writes), request => !IsKojiRead(request));
            Assert.False(Directory.Exists(Path.Combine(folder.FullName, "work")) && Directory.EnumerateFileSystemEntries(Path.Combine(folder.FullName, "work")).Any());
            return (code, output.ToString(), messages.ToString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> StandAsync(Story story) =>
        $"{await Snapshot.TakeAsync(story)}\n{story.World.Koji.Builds.Count} builds, {story.World.Koji.Tasks.Count} tasks, {story.World.Bodhi.Updates.Count} updates";

    // Koji's hub takes reads by POST, too; what is written there goes by a session.
    private static bool IsKojiRead(Sandbox.Hosting.RequestRecord request) =>
        request.Calls.Count > 0 && request.Calls.All(call => call == "multiCall" || call.StartsWith("get", StringComparison.Ordinal) || call.StartsWith("list", StringComparison.Ordinal));

    private static Dictionary<string, string?> Settings(Story story, string folder)
    {
        string[] secrets =
        [
            "GitHub:", "Database:", "DistGit:TokenFile", "Koji:User", "Koji:PasswordFile", "Koji:Login", "Lookaside:Login", "Fasjson:", "Messaging:",
        ];
        var settings = SandboxSettings.Of(story.World, new SandboxServiceOptions { Folder = folder, Settings = story.Options.Settings }, story.Service.Address);
        return settings.Where(setting => !secrets.Any(secret => setting.Key.StartsWith(secret, StringComparison.Ordinal))).ToDictionary();
    }
}
