using Microsoft.EntityFrameworkCore;
using Packit.Automation.Storage;
using Packit.Automation.Tests.KojiBuild;
using Packit.Sandbox;
using Packit.Sandbox.Bodhi;
using Packit.Sandbox.Fasjson;
using Packit.Sandbox.GitHub;
using Packit.TestSupport;

namespace Packit.Automation.Tests.BodhiUpdate;

/// <summary>What stories of updates have in common: a package whose builds become updates, and an account that may make them.</summary>
internal static class UpdateSteps
{
    public const string Jobs = """
        jobs:
        - job: koji_build
          trigger: commit
          dist_git_branches: [fedora-all]
          allowed_committers: [maint]
        - job: bodhi_update
          trigger: commit
          dist_git_branches: [fedora-all]

        """;

    public const string Nvr = "hello-1.1-1.fc43";

    /// <summary>A package with these jobs, of which the service may make updates.</summary>
    public static async Task<BuildStory> BeginAsync(
        PostgresServer server, string config = Jobs, DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var story = await BuildStory.BeginAsync(server, config, provider: provider);
        story.Package.SetAccess(story.World.ServiceUser, "commit");
        return story;
    }

    /// <summary>The same, of which the service may make no updates although its account is a packager.</summary>
    public static async Task<BuildStory> BeginWithoutRightsAsync(PostgresServer server, string config = Jobs)
    {
        var story = await BuildStory.BeginAsync(server, config);
        story.World.Fasjson.AddToGroup(story.World.ServiceUser, FasjsonStandIn.Packagers);
        return story;
    }

    /// <summary>Somebody pushes, the service builds, Koji completes the build, and the service hears of it.</summary>
    public static async Task CompleteAsync(this BuildStory story, string version = "1.1", string branch = "f43")
    {
        await story.PushAsync(version, branch);
        await story.WorkAsync();
        await story.Koji.FinishAsync(story.Asked[^1].Id);
        await story.HearAndWorkAsync();
    }

    /// <summary>Everything that was told is heard, and what comes of it is done, until nothing is told any more.</summary>
    public static async Task HearAndWorkAsync(this BuildStory story)
    {
        do
        {
            await story.WorkAsync();
        }
        while ((await story.HearAsync()).Count > 0);
        await story.WorkAsync();
    }

    /// <summary>Lets the time of all attempts pass.</summary>
    public static async Task WaitAsync(this BuildStory story, int attempts = 10)
    {
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            story.Time.Advance(TimeSpan.FromMinutes(16));
            await story.WorkAsync();
        }
    }

    /// <summary>Somebody builds a commit without the service.</summary>
    public static Task BuildByHandAsync(this BuildStory story, string owner, string nvr = Nvr, string target = "f43-candidate")
    {
        var source = $"git+{story.World.DistGit}rpms/hello.git#{story.Package.Branches["f43"]}";
        story.Koji.AddForeignBuild(nvr, owner, target, source);
        return story.HearAndWorkAsync();
    }

    /// <summary>All updates, oldest first.</summary>
    public static async Task<List<BodhiUpdateTarget>> UpdatesAsync(this BuildStory story)
    {
        await using var database = story.Get<IPackitDbFactory>().Create();
        return await database.Updates.AsNoTracking().Include(row => row.Group).ThenInclude(group => group.ProjectEvent).OrderBy(row => row.Id).ToListAsync();
    }

    public static async Task<BodhiUpdateTarget> UpdateAsync(this BuildStory story) => Assert.Single(await story.UpdatesAsync());

    /// <summary>The one update that Bodhi has.</summary>
    public static UpdateView Made(this BuildStory story) => Assert.Single(story.World.Bodhi.Updates);

    /// <summary>A repository for reports, and the package's config naming it.</summary>
    public static async Task<UpstreamProject> ReportAsync(this BuildStory story, string jobs = Jobs)
    {
        var project = await story.World.CreateUpstreamAsync("octo", "issues", new FileSet { ["README"] = "Issues.\n" });
        foreach (var branch in new[] { "rawhide", "f43" })
        {
            await story.Package.PushCommitAsync(
                branch, new FileSet { [".packit.yaml"] = $"issue_repository: {project.Url}\n{jobs}" }, "Report", pusher: "bob");
        }

        await story.HearAsync();
        return project;
    }
}
