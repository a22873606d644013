using System.Net;
using Microsoft.EntityFrameworkCore;
using Packit.Automation.Previewing;
using Packit.Automation.Storage;
using Packit.Http;
using Packit.Sandbox;
using Packit.Sandbox.GitHub;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary><c>/packit preview</c>: asked by a comment, answered in one comment, shown on a page, and nothing else is touched.</summary>
public sealed class PreviewCommandStories(PostgresServer server)
{
    private static readonly StoryOptions Rawhide = new() { Stepped = true, Branches = ["rawhide"], ConfiguredBranches = "rawhide" };

    [Fact]
    public async Task A_preview_is_answered_once_and_shown_on_its_page()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        var before = await Snapshot.TakeAsync(story);

        var talk = await Talk.BeginAsync(story, "/packit preview --tag v1.2.3");
        await DrainAsync(story);

        var answer = Assert.Single(Answers(story, talk.Issue.Number));
        Assert.StartsWith("**A release of this commit would be proposed to 1 branch.** Nothing was changed anywhere.", answer, StringComparison.Ordinal);
        Assert.Contains("| hello | 1.2.3 | rawhide | would be proposed |", answer, StringComparison.Ordinal);
        Assert.Contains("- rawhide: hello-1.2.3.tar.gz is not there yet: the release would make it\n", answer, StringComparison.Ordinal);

        var (status, page) = await PageAsync(story);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("Update rawhide to upstream release 1.2.3", page, StringComparison.Ordinal);
        Assert.Contains("Version:        1.2.3", page, StringComparison.Ordinal);

        await story.World.GitHub.RedeliverAsync(story.World.GitHub.Deliveries[^1].DeliveryId);
        await new RawDelivery("issue_comment", story.World.GitHub.Deliveries[^1].Payload).SendAsync(story);
        await DrainAsync(story);

        Assert.Single(Answers(story, talk.Issue.Number));
        Assert.Equal(1, Assert.Single(await PreviewsAsync(story)).Attempts);
        Assert.Equal(before.Split("\"Issues\"")[0], (await Snapshot.TakeAsync(story)).Split("\"Issues\"")[0]);
        Assert.All(ChangesOf(story), request => Assert.Matches("^(POST|PATCH) /repos/upstream/hello/issues/(comments/)?[0-9]+(/comments|/reactions)?$", request));
    }

    [Fact]
    public async Task The_author_of_a_pull_request_sees_what_it_would_come_to()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        var config = Chain.Config("rawhide").Replace("v{version}", "release-{version}", StringComparison.Ordinal);
        var number = await story.Project.OpenPullRequestAsync("stranger", new FileSet { [".packit.yaml"] = config }, "Other tags");
        await DrainAsync(story);

        await story.Project.CommentAsync(number, "stranger", "/packit preview --tag release-1.2.3");
        await DrainAsync(story);

        var answer = Answers(story, number)[^1];
        Assert.Contains($"the head of pull request {number}, commit {story.Project.HeadOfPullRequest(number)[..8]}", answer, StringComparison.Ordinal);
        Assert.Contains("it counts for this preview only", answer, StringComparison.Ordinal);
        Assert.Contains("| hello | 1.2.3 | rawhide | would be proposed |", answer, StringComparison.Ordinal);
        await using var database = story.Database();
        Assert.Empty(database.Runs);
        Assert.DoesNotContain(database.PackageConfigs, stored => stored.CommitSha == story.Project.HeadOfPullRequest(number));
    }

    [Fact]
    public async Task A_stranger_gets_no_preview()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);

        await Talk.BeginAsync(story, "/packit preview", "stranger");
        await DrainAsync(story);

        Assert.Empty(await PreviewsAsync(story));
    }

    [Fact]
    public async Task A_ref_that_does_not_exist_is_answered()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);

        var talk = await Talk.BeginAsync(story, "/packit preview no-such-branch");
        await DrainAsync(story);

        Assert.Contains("has no 'no-such-branch'", Assert.Single(Answers(story, talk.Issue.Number)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_dies_costs_no_second_answer()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        var issue = await story.Project.OpenIssueAsync("maintainer", "What would come?");
        await story.Project.CommentAsync(issue, "maintainer", "/packit preview --tag v1.2.3");
        await story.UntilAsync(async () => (await PreviewsAsync(story)).Count == 1);
        await DrainAsync(story);

        // As a worker leaves it that died in the middle.
        await using (var database = story.Database())
        {
            var past = story.Time.GetUtcNow() - TimeSpan.FromMinutes(1);
            await database.Previews.ExecuteUpdateAsync(change => change
                .SetProperty(row => row.State, PreviewState.Running).SetProperty(row => row.LeaseUntil, past).SetProperty(row => row.Result, (string?)null));
        }

        await story.RestartAsync();
        await story.ForwardAsync(TimeSpan.FromMinutes(15));
        await DrainAsync(story);

        var preview = Assert.Single(await PreviewsAsync(story));
        Assert.Equal((PreviewState.Done, 2), (preview.State, preview.Attempts));
        Assert.Contains("would be proposed", Assert.Single(Answers(story, issue)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_takes_its_worker_with_it_is_given_up()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        await Talk.BeginAsync(story, "/packit preview --tag v1.2.3");
        await DrainAsync(story);
        await using (var database = story.Database())
        {
            await database.Previews.ExecuteUpdateAsync(change => change
                .SetProperty(row => row.State, PreviewState.Running).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null).SetProperty(row => row.Attempts, 3));
        }

        await story.ForwardAsync(TimeSpan.FromMinutes(5));
        await DrainAsync(story);

        var preview = Assert.Single(await PreviewsAsync(story));
        Assert.Equal(PreviewState.Error, preview.State);
        Assert.Contains("did not come to an end", preview.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_private_project_reads_it_in_its_own_issue_and_has_a_page_only_where_a_setting_says_so(bool isShown)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Service:EnabledPrivateNamespaces:0"] = "127.0.0.1/upstream", ["Service:ShowPrivateRepositories"] = isShown ? "true" : "false",
        };
        await using var story = await Story.BeginAsync(server, Rawhide with { Settings = settings });
        story.Project.Private = true;

        var talk = await Talk.BeginAsync(story, "/packit preview --tag v1.2.3");
        await DrainAsync(story);

        var answer = Assert.Single(Answers(story, talk.Issue.Number));
        Assert.Contains("| hello | 1.2.3 | rawhide | would be proposed |", answer, StringComparison.Ordinal);
        Assert.Equal(isShown, answer.Contains("/previews/", StringComparison.Ordinal));
        var expected = isShown ? HttpStatusCode.OK : HttpStatusCode.NotFound;
        Assert.Equal(expected, (await PageAsync(story)).Status);
        Assert.Equal(expected, (await PageAsync(story, "/json")).Status);
    }

    [Fact]
    public async Task A_project_that_is_not_let_through_is_not_looked_at()
    {
        await using var story = await Story.BeginAsync(server, Rawhide with { Approved = false });

        await Talk.BeginAsync(story, "/packit preview");
        await DrainAsync(story);

        Assert.Empty(await PreviewsAsync(story));
    }

    [Fact]
    public async Task Where_packagers_have_not_agreed_one_branch_would_ask_and_the_others_would_wait()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true, Agreed = false });

        var talk = await Talk.BeginAsync(story, "/packit preview --tag v1.2.3");
        await DrainAsync(story);

        var answer = Assert.Single(Answers(story, talk.Issue.Number));
        Assert.Contains("| hello | 1.2.3 | rawhide | would be proposed |", answer, StringComparison.Ordinal);
        Assert.Contains("| hello | 1.2.3 | f43 | would wait for the packagers: Would wait until a packager of hello agrees in the pull request for rawhide", answer, StringComparison.Ordinal);
        await using var database = story.Database();
        Assert.Empty(database.Agreements);
        Assert.Empty(database.AgreementAsks);

        await story.ReleaseAsync();

        Assert.Equal("rawhide", Assert.Single(await story.OpenPullRequestsAsync()).Branch);
    }

    [Fact]
    public async Task A_page_shows_markup_of_others_as_text()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        var spec = StoryFiles.Spec(story.World, "1.2.3").Replace("It says hello.", "<script>alert(1)</script> @everyone /packit propose-downstream", StringComparison.Ordinal);
        await story.Project.CommitAsync(new FileSet { ["hello.spec"] = spec, [".packit.yaml"] = Chain.Config("rawhide", "sync_changelog: true") }, "Say more");

        var talk = await Talk.BeginAsync(story, "/packit preview --tag v1.2.3");
        await DrainAsync(story);

        var (_, page) = await PageAsync(story);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Single(Answers(story, talk.Issue.Number));
    }

    // The answer may be put off for some seconds after the one before it.
    private static async Task DrainAsync(Story story)
    {
        for (var round = 0; round < 3; round++)
        {
            await story.SettleAsync();
            await story.ForwardAsync(TimeSpan.FromSeconds(15));
        }
    }

    private static async Task<IReadOnlyList<ReleasePreview>> PreviewsAsync(Story story)
    {
        await using var database = story.Database();
        return await database.Previews.AsNoTracking().ToListAsync();
    }

    private static IReadOnlyList<string> Answers(Story story, int number) =>
    [
        .. story.Project.Issues().Concat(story.Project.PullRequests()).Single(issue => issue.Number == number).Comments
            .Where(comment => comment.Author == story.Bot).Select(comment => Talk.Visible(comment.Body)),
    ];

    private static IEnumerable<string> ChangesOf(Story story) => Snapshot.Writes(story)
        .Where(request => request.Server != Sandbox.Hosting.Servers.Koji || request.Calls.Any(call => !call.StartsWith("get", StringComparison.Ordinal) && call != "multiCall"))
        .Select(request => $"{request.Method} {request.Path}");

    private static async Task<(HttpStatusCode Status, string Text)> PageAsync(Story story, string rest = "")
    {
        using var http = HttpClients.Create(new HttpClientSettings { Retries = 0, Timeout = TimeSpan.FromSeconds(20) }, TimeProvider.System);
        var id = Assert.Single(await PreviewsAsync(story)).Id;
        using var answer = await http.GetAsync(new Uri(story.Service.Address, $"previews/{id}{rest}"));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
