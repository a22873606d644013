using Microsoft.EntityFrameworkCore;
using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Sandbox.Fasjson;
using Packit.Sandbox.Pagure;

namespace Packit.Scenarios.Telling;

/// <summary>A project whose releases nobody on the package's side has agreed to, and what people say to that.</summary>
public static class Asking
{
    public const string Allow = "/packit allow-upstream";
    public const string Revoke = "/packit allow-upstream --revoke";

    /// <summary>Longer than the sweep needs to find a waiting that has ended.</summary>
    public static readonly TimeSpan AMoment = TimeSpan.FromMinutes(1);

    /// <summary>Longer than the pause to the first look for an answer.</summary>
    public static readonly TimeSpan AWhile = TimeSpan.FromMinutes(11);

    /// <summary>Nobody has agreed.</summary>
    public static readonly StoryOptions Strangers = new() { Agreed = false, Stepped = true };

    /// <summary>A line of the package's configuration that names a repository.</summary>
    public static FileSet Naming(string url) => new()
    {
        [".packit.yaml"] = $"specfile_path: hello.spec\nupstream_project_url: {url}\ndownstream_package_name: hello\njobs: []\n",
    };

    /// <summary>The one open pull request.</summary>
    public static async Task<PullRequestView> QuestionAsync(Story story)
    {
        ArgumentNullException.ThrowIfNull(story);
        return Assert.Single(await story.OpenPullRequestsAsync());
    }

    /// <summary>Somebody comments in a pull request; returns when all has come to rest.</summary>
    /// <returns>What the service wrote after it, without the hidden lines.</returns>
    public static async Task<IReadOnlyList<string>> SayAsync(Story story, int pull, string text, string login = "packager")
    {
        ArgumentNullException.ThrowIfNull(story);
        var before = await CommentsAsync(story, pull);
        story.Package.Comment(pull, login, text);
        await story.SettleAsync();
        return [.. (await CommentsAsync(story, pull)).Skip(before.Count).Where(comment => comment.Author == story.World.ServiceUser).Select(comment => Talk.Visible(comment.Text).TrimEnd())];
    }

    /// <summary>A packager who has no rights on the package.</summary>
    public static string Outsider(Story story)
    {
        ArgumentNullException.ThrowIfNull(story);
        story.World.Fasjson.AddToGroup("outsider", FasjsonStandIn.Packagers);
        return "outsider";
    }

    /// <summary>Nothing was done that not everybody may do: no upload, and one pull request.</summary>
    public static async Task AssertOnlyAskedAsync(Story story, string branch = "rawhide")
    {
        ArgumentNullException.ThrowIfNull(story);
        Assert.Equal(branch, (await QuestionAsync(story)).Branch);
        Assert.Empty(story.World.Lookaside.Files(Story.Name));
        Assert.Equal([$"{branch}-update-propose_downstream"], Own(story));
        Assert.Empty(story.Project.Issues());
    }

    /// <summary>Every branch has its pull request, and the archive is there.</summary>
    public static async Task AssertProposedAsync(Story story, string version = "1.2.3")
    {
        ArgumentNullException.ThrowIfNull(story);
        var pulls = await story.OpenPullRequestsAsync();
        Assert.Equal(story.Options.Branches.Order(StringComparer.Ordinal), pulls.Select(pull => pull.Branch).Order(StringComparer.Ordinal));
        Assert.All(pulls, pull => Assert.Equal($"Update {pull.Branch} to upstream release {version}", pull.Title));
        Assert.Contains($"hello-{version}.tar.gz", story.World.Lookaside.Files(Story.Name).Select(file => file.Name));
        Assert.All(story.Options.Branches, branch => Assert.Equal("success", story.Project.CheckRuns().Last(run => run.Name == $"propose-downstream:{branch}").Conclusion));
        Assert.Empty(story.Project.Issues());
    }

    /// <summary>All agreements, oldest first.</summary>
    public static async Task<IReadOnlyList<PackageAgreement>> AgreementsAsync(Story story)
    {
        ArgumentNullException.ThrowIfNull(story);
        await using var database = story.Database();
        return await database.Agreements.AsNoTracking().OrderBy(row => row.Id).ToListAsync();
    }

    /// <summary>The working branches of the service's fork.</summary>
    private static IEnumerable<string> Own(Story story) =>
        story.Package.ForkBranches().Keys.Where(branch => branch.EndsWith("-update-propose_downstream", StringComparison.Ordinal));

    private static async Task<IReadOnlyList<PullRequestComment>> CommentsAsync(Story story, int pull) =>
        (await story.Package.PullRequestsAsync()).Single(one => one.Id == pull).Comments;
}
