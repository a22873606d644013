using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>Accounts and repositories get other names, and somebody else takes the old ones.</summary>
public sealed class RenameStories(PostgresServer server)
{
    private const string Old = "127.0.0.1/upstream";
    private const string New = "127.0.0.1/downhill";

    [Fact]
    public async Task A_renamed_repository_keeps_its_history_and_a_late_delivery_under_the_old_name_works()
    {
        await using var story = await Story.BeginAsync(server);
        await story.ReleaseAsync("v1.0.5");
        story.World.WebhookTarget = null;
        await story.Project.PublishReleaseAsync("v1.2.3");
        var late = story.World.GitHub.Deliveries[^1].Payload;
        story.World.WebhookTarget = story.Service.Webhook;

        await story.Project.RenameAsync("hallo");
        await story.SettleAsync();
        var project = Assert.Single(await ProjectsAsync(story));
        Assert.Equal(("hallo", $"{story.World.GitHubWeb}upstream/hallo"), (project.RepoName, project.ProjectUrl));

        await new RawDelivery("release", late).SendAsync(story);
        await story.SettleAsync();

        Assert.Single(await ProjectsAsync(story));
        Assert.All(await story.OpenPullRequestsAsync(), pull => Assert.EndsWith("release 1.2.3", pull.Title, StringComparison.Ordinal));
        Assert.Equal(2, (await story.RunsAsync()).Count);
    }

    [Fact]
    public async Task What_came_under_the_old_name_is_found_under_the_new_one_and_hidden_once_the_repository_is_private()
    {
        await using var story = await Story.BeginAsync(server);
        await story.ReleaseAsync();
        var delivery = story.Database().Deliveries.First(row => row.EventType == "release").DeliveryId;
        await story.Project.RenameAsync("hallo");
        await story.SettleAsync();
        Assert.Contains("Release v1.2.3 was published", (await Explained.PageAsync(story, "deliveries?repository=upstream/hallo"))!, StringComparison.Ordinal);

        story.Project.Private = true;
        await story.Project.PublishReleaseAsync("v1.3.0");
        await story.SettleAsync();

        Assert.Null((await Explained.OfAsync(story, delivery)).Page);
        Assert.DoesNotContain("v1.2.3", (await Explained.PageAsync(story, "deliveries"))!, StringComparison.Ordinal);
        Assert.DoesNotContain("v1.2.3", (await Explained.PageAsync(story, "deliveries?repository=upstream/hello"))!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_that_became_private_under_another_name_is_not_shown_under_the_old_one()
    {
        await using var story = await Story.BeginAsync(server);
        await story.ReleaseAsync();
        var page = new Uri(await story.PageAsync("rawhide")).AbsolutePath.TrimStart('/');
        Assert.NotNull(await Explained.PageAsync(story, page));
        story.World.WebhookTarget = null;
        await story.Project.RenameAsync("hallo");
        story.World.WebhookTarget = story.Service.Webhook;

        story.Project.Private = true;
        await story.Project.PublishReleaseAsync("v1.3.0");
        await story.SettleAsync();

        Assert.Null(await Explained.PageAsync(story, page));
        Assert.DoesNotContain("upstream/hello", (await Explained.PageAsync(story, ""))!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renaming_that_nobody_told_of_is_found_with_the_next_delivery()
    {
        await using var story = await Story.BeginAsync(server);
        await story.ReleaseAsync("v1.0.5");
        story.World.WebhookTarget = null;
        await story.Project.RenameAsync("hallo");
        story.World.WebhookTarget = story.Service.Webhook;

        // The spec names the archive as before.
        await story.Project.TagAsync("v1.2.3");
        story.World.Archives.Publish("hello/hello-1.2.3.tar.gz", await story.Project.ArchiveAsync("v1.2.3"));
        await story.ReleaseAsync("v1.2.3");

        Assert.Equal("hallo", Assert.Single(await ProjectsAsync(story)).RepoName);
        Assert.All(await story.OpenPullRequestsAsync(), pull => Assert.EndsWith("release 1.2.3", pull.Title, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Work_that_waits_under_the_old_name_goes_on()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        story.World.Faults.Add(new Sandbox.Hosting.Fault
        {
            Server = Sandbox.Hosting.Servers.Pagure, Method = "POST", PathContains = "/git-receive-pack", Times = 3,
            Kind = new Sandbox.Hosting.FaultKind.Status(503, "away"),
        });
        await story.ReleaseAsync();
        await story.Project.RenameAsync("hallo");
        await story.SettleAsync();

        await story.ForwardAsync(TimeSpan.FromMinutes(5));
        await story.ForwardAsync(TimeSpan.FromMinutes(5));

        Assert.All(await story.TargetsAsync(), target => Assert.Equal((SyncReleaseTargetStatus.Submitted, target.Message), (target.Status, target.Message)));
        Assert.All(story.Options.Branches, branch => Assert.Equal("success", story.Check(branch).Conclusion));
    }

    [Fact]
    public async Task A_renamed_account_keeps_its_approval_and_the_next_owner_of_the_name_has_none()
    {
        await using var story = await Story.BeginAsync(server);
        await story.ReleaseAsync("v1.0.5");

        await story.World.GitHub.RenameAccountAsync(Story.Owner, "downhill");
        await story.SettleAsync();
        Assert.Equal((New, AllowlistStatus.ApprovedManually), Assert.Single(await Newcomer.AllowlistAsync(story)) is var entry ? (entry.Namespace, entry.Status) : default);
        Assert.Equal("downhill", Assert.Single(await ProjectsAsync(story)).Namespace);

        await story.ReleaseAsync("v1.2.3");
        Assert.All(await story.OpenPullRequestsAsync(), pull => Assert.EndsWith("release 1.2.3", pull.Title, StringComparison.Ordinal));

        await TakeOverAsync(story);
        Assert.Equal(2, (await story.RunsAsync()).Count);
    }

    [Fact]
    public async Task The_next_owner_of_a_name_has_no_approval_though_nobody_told_of_the_renaming()
    {
        await using var story = await Story.BeginAsync(server);
        await story.ReleaseAsync("v1.0.5");
        story.World.WebhookTarget = null;
        await story.World.GitHub.RenameAccountAsync(Story.Owner, "downhill");
        story.World.WebhookTarget = story.Service.Webhook;

        await TakeOverAsync(story);

        Assert.Single(await story.RunsAsync());
        Assert.Contains(await Newcomer.AllowlistAsync(story), entry => entry.Namespace == New && entry.Status == AllowlistStatus.ApprovedManually);
        Assert.Contains(await ProjectsAsync(story), project => project.Namespace == "downhill");
    }

    [Fact]
    public async Task The_approval_of_an_account_that_is_gone_is_not_left_to_the_next_owner_of_its_name()
    {
        await using var story = await Story.BeginAsync(server);
        await story.ReleaseAsync("v1.0.5");
        await story.World.GitHub.UninstallAppAsync(Story.Owner, "maintainer");
        await story.SettleAsync();
        await story.World.GitHub.RenameAccountAsync(Story.Owner, "downhill");

        await TakeOverAsync(story);

        Assert.Single(await story.RunsAsync());
        Assert.DoesNotContain(
            await Newcomer.AllowlistAsync(story), entry => entry.Status is AllowlistStatus.ApprovedManually or AllowlistStatus.ApprovedAutomatically);
    }

    [Fact]
    public async Task Who_writes_a_name_that_was_taken_over_in_other_letters_keeps_the_approval()
    {
        await using var story = await Story.BeginAsync(server);
        await story.ReleaseAsync("v1.0.5");
        await story.World.GitHub.UninstallAppAsync(Story.Owner, "maintainer");
        await story.SettleAsync();
        await story.World.GitHub.RenameAccountAsync(Story.Owner, "downhill");
        await story.World.GitHub.InstallAppAsync(Story.Owner, "newcomer");
        await story.SettleAsync();
        await Newcomer.EnterAsync(story, Old, AllowlistStatus.ApprovedManually);

        await story.World.GitHub.RenameAccountAsync(Story.Owner, "Upstream");
        await story.World.GitHub.AcceptPermissionsAsync("Upstream", "newcomer");
        await story.SettleAsync();

        Assert.Contains(await Newcomer.AllowlistAsync(story), entry => entry.Status == AllowlistStatus.ApprovedManually);
    }

    [Fact]
    public async Task A_transferred_repository_keeps_its_history_and_needs_the_approval_of_its_new_owner()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Approved = false });
        await Newcomer.EnterAsync(story, $"{Old}/hello.git", AllowlistStatus.ApprovedManually);
        await story.ReleaseAsync("v1.0.5");
        await story.World.GitHub.InstallAppAsync("buyer", "buyer-admin");
        await story.SettleAsync();

        await story.Project.TransferAsync("buyer");
        await story.SettleAsync();
        await story.ReleaseAsync("v1.2.3");

        Assert.Equal("buyer", Assert.Single(await ProjectsAsync(story)).Namespace);
        Assert.Single(await story.RunsAsync());
        Assert.StartsWith("Project 127.0.0.1/buyer/hello.git is not on our allowlist!", Assert.Single(story.Project.CommitComments()).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(await Newcomer.AllowlistAsync(story), entry => entry.Status == AllowlistStatus.ApprovedManually);
    }

    [Fact]
    public async Task A_repository_that_takes_a_name_over_begins_with_no_history()
    {
        await using var story = await Story.BeginAsync(server);
        await story.ReleaseAsync("v1.0.5");
        story.World.WebhookTarget = null;
        await story.Project.RenameAsync("hallo");
        story.World.WebhookTarget = story.Service.Webhook;
        var other = await story.World.CreateUpstreamAsync(Story.Owner, Story.Name, new FileSet { ["README"] = "Another one.\n" });

        await other.PublishReleaseAsync("v9.0.0");
        await story.SettleAsync();
        await story.ReleaseAsync("v1.2.3");

        var projects = await ProjectsAsync(story);
        Assert.Equal(["hallo", "hello"], projects.Select(project => project.RepoName).Order());
        Assert.Equal(projects.Count, projects.Select(project => project.ProjectUrl).Distinct().Count());
        await using var database = story.Database();
        var old = projects.Single(project => project.RepoName == "hallo").Id;
        Assert.Equal(["v1.0.5", "v1.2.3"], database.Releases.Where(release => release.ProjectId == old).Select(release => release.TagName).Order());
    }

    [Fact]
    public async Task An_account_is_renamed_though_two_of_its_repositories_had_one_name()
    {
        await using var story = await Story.BeginAsync(server);
        await story.ReleaseAsync("v1.0.5");
        story.World.WebhookTarget = null;
        await story.Project.RenameAsync("hallo");
        story.World.WebhookTarget = story.Service.Webhook;
        var other = await story.World.CreateUpstreamAsync(Story.Owner, Story.Name, new FileSet { ["README"] = "Another one.\n" });
        await other.PublishReleaseAsync("v9.0.0");
        await story.SettleAsync();

        await story.World.GitHub.RenameAccountAsync(Story.Owner, "downhill");
        await story.SettleAsync();

        Assert.Equal(New, Assert.Single(await Newcomer.AllowlistAsync(story)).Namespace);
        await using var database = story.Database();
        Assert.Equal(DeliveryState.Handled, database.Deliveries.OrderBy(row => row.Id).Last().State);
        Assert.Equal($"{story.World.GitHubWeb}downhill/hello", database.Projects.Single(project => project.ForgeId == other.Id).ProjectUrl);

        await story.ReleaseAsync("v1.2.3");
        Assert.Equal($"{story.World.GitHubWeb}downhill/hallo", database.Projects.Single(project => project.ForgeId == story.Project.Id).ProjectUrl);
    }

    /// <summary>Somebody else takes the old login, installs the App and publishes a release of a project of the same name.</summary>
    private static async Task TakeOverAsync(Story story)
    {
        var files = StoryFiles.For(story.World, story.Options);
        await story.World.GitHub.InstallAppAsync(Story.Owner, "newcomer");
        var taker = await story.World.CreateUpstreamAsync(Story.Owner, Story.Name, files.Upstream);
        await taker.PublishReleaseAsync("v6.6.6");
        await story.SettleAsync();

        Assert.StartsWith($"Project {Old}/hello.git is not on our allowlist!", Assert.Single(taker.CommitComments()).Body, StringComparison.Ordinal);
        Assert.Empty(taker.CheckRuns());
    }

    private static async Task<IReadOnlyList<GitProject>> ProjectsAsync(Story story)
    {
        await using var database = story.Database();
        return [.. database.Projects.Where(project => project.InstanceUrl == "127.0.0.1" && project.ForgeId != null).OrderBy(project => project.Id)];
    }
}
