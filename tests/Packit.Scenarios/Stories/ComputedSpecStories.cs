using Microsoft.Extensions.Logging.Abstractions;
using Packit.DistGit;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>Specs that say what is needed only when their code is run.</summary>
public sealed class ComputedSpecStories(PostgresServer server)
{
    private static readonly string[] Branches = ["rawhide"];

    [Fact]
    public async Task A_spec_with_code_is_released_with_the_answers_of_rpm_and_its_code_stays_as_it_is()
    {
        await NeedRpmAsync();
        await using var story = await BeginAsync();

        await story.ReleaseAsync();

        Assert.Equal("Update rawhide to upstream release 1.2.3", Assert.Single(await story.OpenPullRequestsAsync()).Title);
        Assert.Single(story.World.Lookaside.Files("hello"));
        var spec = await story.Package.FileAsync("rawhide-update-propose_downstream", "hello.spec", fork: "packit");
        Assert.Contains("%(echo hello)-%{version}.tar.gz\n", spec, StringComparison.Ordinal);
        Assert.Contains("Version:        1.2.3\n", spec, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_runs_no_code_of_others_says_which_line_has_to_be_written_plainly()
    {
        await using var story = await BeginAsync(("RpmSpec:Use", "Never"));

        await story.ReleaseAsync();

        Assert.Empty(await story.OpenPullRequestsAsync());
        var check = Assert.Single(story.Project.CheckRuns());
        Assert.Contains("needs a shell: %(echo hello)", check.Title, StringComparison.Ordinal);
    }

    private async Task<Story> BeginAsync(params (string Key, string? Value)[] settings)
    {
        var story = await Story.BeginAsync(server, new StoryOptions
        {
            Branches = Branches,
            ConfiguredBranches = "rawhide",
            Settings = settings.ToDictionary(static setting => setting.Key, static setting => setting.Value),
        });
        var spec = StoryFiles.Spec(story.World, "1.0.0").Replace("%{name}-%{version}.tar.gz", "%(echo hello)-%{version}.tar.gz", StringComparison.Ordinal);
        await story.Project.CommitAsync(new Sandbox.FileSet { ["hello.spec"] = spec }, "Compute the name");
        return story;
    }

    private static async Task NeedRpmAsync()
    {
        var confined = new ConfinedProgram(TimeProvider.System, NullLogger<ConfinedProgram>.Instance);
        var reason = await new RpmSpecProgram(confined, new RpmSpecOptions()).WhyUnavailableAsync();
        Assert.SkipWhen(reason is not null, $"rpm cannot be asked on this machine: {reason}");
    }
}
