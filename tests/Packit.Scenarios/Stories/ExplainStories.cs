using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>Why something happened, and above all why nothing did: what the page and the command line say about deliveries.</summary>
public sealed class ExplainStories(PostgresServer server)
{
    private const string Job = "  - job: propose_downstream\n    trigger: release\n    dist_git_branches: fedora-all\n";

    private static readonly Dictionary<string, string?> Anyone = new() { ["Agreements:Rule"] = "anyone" };

    [Theory]
    [InlineData(DatabaseProvider.PostgreSql)]
    [InlineData(DatabaseProvider.Sqlite)]
    public async Task A_release_says_which_config_was_read_what_runs_what_does_not_and_what_was_started(DatabaseProvider provider)
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Provider = provider, Settings = Anyone, Config = Config(Job + "  - job: koji_build\n    trigger: commit\n") });

        var commit = await story.ReleaseAsync();

        var told = await Explained.NewestAsync(story, "release");
        Assert.Equal(0, told.ExitCode);
        Assert.Contains($".packit.yaml of commit {commit[..12]} was read.", told.LookedAt);
        Assert.Contains("127.0.0.1/upstream is approved_manually", told.LookedAt.Skip(1).Single(), StringComparison.Ordinal);
        Assert.Equal(["Release v1.2.3 starts it."], told.For);
        Assert.Equal(["A release of the upstream project does not start this kind of job."], told.Against);
        Assert.Equal(
            ["hello f42", "hello f43", "hello rawhide"],
            told.Results.Where(result => result.Kind == "propose-downstream").Select(result => result.Name).Order(StringComparer.Ordinal));
        Assert.Null(told.NextStep);
        Assert.Contains("Release v1.2.3 was published", told.Page!, StringComparison.Ordinal);
        Assert.Contains($".packit.yaml of commit {commit[..12]} was read.", told.Page!, StringComparison.Ordinal);
        Assert.Contains("propose-downstream hello f43", told.Page!, StringComparison.Ordinal);
        Assert.Contains($"propose-downstream hello f43: submitted {await story.PageAsync("f43")}", told.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("upstream_tag_exclude: '.*rc.*'", Job, "Tag v1.3.0rc1 matches upstream_tag_exclude \".*rc.*\".", "upstream_tag_exclude")]
    [InlineData("upstream_tag_include: 'v2'", Job, "Tag v1.3.0rc1 does not match upstream_tag_include \"v2\".", "upstream_tag_include")]
    [InlineData("packit_instances: [stg]", Job, "'packit_instances' is [stg] and this deployment is prod.", "Another deployment of the service runs this job.")]
    [InlineData("", Job + "    manual_trigger: true\n", "It has 'manual_trigger: true' and nobody asked for it.", "/packit propose-downstream")]
    [InlineData("", "  - job: propose_downstream\n    trigger: ignore\n    dist_git_branches: fedora-all\n", "Its trigger is 'ignore' and not 'release'.", "change its 'trigger'")]
    public async Task A_release_that_starts_nothing_names_the_condition_and_what_to_change(string top, string jobs, string reason, string step)
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Config = Config(jobs, top) });

        await story.ReleaseAsync("v1.3.0rc1");

        await SaysAsync(story, "release", reason, step);
    }

    [Fact]
    public async Task A_release_without_a_config_names_the_commit_and_the_files_that_were_looked_for()
    {
        await using var story = await Story.BeginAsync(server);
        await story.Project.CommitAsync(new FileSet { [".packit.yaml"] = FileContent.Removed }, "Leave Packit");

        var commit = await story.ReleaseAsync();

        var told = await SaysAsync(story, "release", $"Commit {commit[..12]} holds none: .packit.yaml,", "Add a package config");
        Assert.Equal(commit, told.Json.GetProperty("not_matched")[0].GetProperty("commit").GetString());
    }

    [Fact]
    public async Task A_release_with_a_broken_config_names_the_line()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Config = Config("  - job: propose_downstream\n    trigger: relaese\n") });

        await story.ReleaseAsync();

        await SaysAsync(story, "release", ".packit.yaml:", "Correct the package config");
    }

    [Fact]
    public async Task A_release_of_a_project_that_is_not_approved_says_that_the_job_would_run()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Approved = false });

        await story.ReleaseAsync();

        var told = await SaysAsync(story, "release", "127.0.0.1/upstream/hello.git is not on our allowlist!", "has to be approved once");
        Assert.Contains("Its conditions are met, but the project may not use the service.", told.Against);
    }

    [Fact]
    public async Task A_push_to_a_branch_that_no_job_names_says_which_ones_they_name()
    {
        await using var story = await Chain.BeginAsync(server, Chain.OneBranch with { Settings = Anyone });

        await story.Package.PushCommitAsync("rawhide", new FileSet { ["hello.spec"] = StoryFiles.Spec(story.World, "1.1.0") }, "Update by hand");
        await story.SettleAsync();
        Assert.Null((await Explained.NewestAsync(story, "git.receive")).Json.GetProperty("repository").GetString());

        await story.ReleaseAsync();
        await Chain.MergeAsync(story);
        await story.Package.PushCommitAsync("rawhide", new FileSet { [".packit.yaml"] = Chain.Config("f43"), ["hello.spec"] = StoryFiles.Spec(story.World, "1.1.1") }, "By hand again");
        await story.SettleAsync();

        var told = await SaysAsync(story, "git.receive", "The branch rawhide is not among its 'dist_git_branches': f43.", "dist_git_branches");
        Assert.Contains("A push to dist-git does not start this kind of job.", told.Against);
        Assert.EndsWith("rpms/hello", told.Json.GetProperty("repository").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_merge_says_whose_pull_request_it_was_and_links_the_build_and_its_update()
    {
        await using var story = await Chain.BeginAsync(server, Chain.OneBranch with { Settings = Anyone });
        var task = await Chain.BuildAsync(story);
        await story.World.Koji.FinishAsync(task.Id);
        await story.SettleAsync();
        await story.ForwardAsync(Chain.AWhile);

        var merge = story.Database().Deliveries.Where(row => row.EventType.EndsWith("git.receive")).OrderByDescending(row => row.Id).First();
        var told = await Explained.OfAsync(story, merge.DeliveryId);
        Assert.Contains(told.For, reason => reason.EndsWith("and is in 'allowed_pr_authors'.", StringComparison.Ordinal));
        Assert.Contains($"The build {Chain.Nvr} of packit is complete.", told.For);
        Assert.Contains(("koji-build", Chain.Nvr), told.Results);
        Assert.Contains(told.Results, result => result.Kind == "bodhi-update");
    }

    [Fact]
    public async Task What_moves_on_something_that_was_started_before_says_so_and_not_that_nothing_happened()
    {
        await using var story = await Chain.BeginAsync(server, Chain.OneBranch with { Settings = Anyone });
        var task = await Chain.BuildAsync(story);
        await story.World.Koji.FinishAsync(task.Id);
        await story.SettleAsync();

        var told = new List<(string Event, string Summary)>();
        foreach (var row in story.Database().Deliveries.OrderBy(row => row.Id).ToList())
        {
            told.Add((row.EventType.Split('.')[^1], (await Explained.OfAsync(story, row.DeliveryId)).Summary));
        }

        Assert.Contains(("closed", "Pull request 1 of rpms/hello was looked at."), told);
        Assert.Contains(("change", $"Koji was asked for task {task.Id}."), told);
        Assert.Contains(("change", $"The update of {Chain.Nvr} was started."), told);
        Assert.Contains(told, one => one.Summary == "Nothing happened because of this: Nothing here reacts to its topic.");
    }

    [Fact]
    public async Task A_renaming_says_what_came_of_it()
    {
        await using var story = await Story.BeginAsync(server);
        await story.ReleaseAsync();

        await story.Project.RenameAsync("hallo");
        await story.SettleAsync();

        var told = await Explained.NewestAsync(story, "repository");
        Assert.Equal("upstream/hello is called upstream/hallo now; history and approval went along.", told.Summary);
        Assert.Null(told.NextStep);
    }

    [Fact]
    public async Task A_push_by_somebody_whom_the_config_does_not_name_says_who_may()
    {
        await using var story = await Chain.BeginAsync(server, Chain.OneBranch with { Settings = Anyone });
        await story.Package.PushCommitAsync(
            "f43", new FileSet { [".packit.yaml"] = Chain.Config("f43"), ["hello.spec"] = StoryFiles.Spec(story.World, "1.1.0") }, "By hand", start: "f43", pusher: "provenpackager");
        await story.SettleAsync();

        await SaysAsync(story, "git.receive", "provenpackager pushed it directly and is not in 'allowed_committers': packager.", "name them");
    }

    [Fact]
    public async Task A_comment_of_somebody_without_permission_says_what_is_needed()
    {
        await using var story = await Story.BeginAsync(server);
        story.Project.SetPermission("visitor", "read");

        await Talk.BeginAsync(story, "/packit propose-downstream", "visitor");

        var told = await Explained.NewestAsync(story, "issue_comment");
        Assert.Contains("Account visitor has no write access!", told.Summary, StringComparison.Ordinal);
        Assert.Contains("Account visitor has no write access!", told.Page!, StringComparison.Ordinal);
        Assert.StartsWith("Nothing happened because of this: ", told.Summary, StringComparison.Ordinal);
        Assert.Equal("Somebody with the permission that the reason names can ask for it.", told.NextStep);
        Assert.Equal("visitor", told.Json.GetProperty("actor").GetString());
    }

    [Fact]
    public async Task A_comment_without_a_command_and_a_push_without_a_config_say_so_and_are_found_by_their_repository()
    {
        await using var story = await Story.BeginAsync(server);

        await Talk.BeginAsync(story, "When does it come?");
        await story.Project.PushAsync(new FileSet { ["hello.c"] = "int main(void) { return 1; }\n" }, "Fail");
        await story.SettleAsync();

        await SaysAsync(story, "issue_comment", "The comment holds no command.", "command in a comment");
        await SaysAsync(story, "push", "The push does not touch the package config.", "command in a comment");
        var list = await Explained.PageAsync(story, "deliveries?repository=Upstream/Hello");
        Assert.Contains("was pushed to main", list!, StringComparison.Ordinal);
        Assert.Contains("The comment holds no command.", list!, StringComparison.Ordinal);
        Assert.DoesNotContain("was pushed to main", (await Explained.PageAsync(story, "deliveries?repository=upstream/other"))!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_foreign_build_leaves_one_sentence_and_no_rows()
    {
        await using var story = await Story.BeginAsync(server);

        story.World.Koji.AddForeignBuild("other-1-1.fc43", "jdoe", "f43-candidate", $"git+{story.World.DistGit}rpms/other.git#{new string('a', 40)}");
        await story.SettleAsync();

        var told = await Explained.NewestAsync(story, "buildsys.build.state.change");
        Assert.StartsWith("Nothing happened because of this: ", told.Summary, StringComparison.Ordinal);
        await using var database = story.Database();
        Assert.Empty(database.Decisions);
        Assert.Empty(database.Subjects);
        Assert.Contains("Nothing was heard of any project yet.", (await Explained.PageAsync(story, "deliveries"))!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_foreign_build_of_a_package_with_a_job_says_who_may_build()
    {
        await using var story = await Chain.BeginAsync(server, Chain.OneBranch with { Settings = Anyone });
        await story.ReleaseAsync();
        await story.Package.PushCommitAsync("f43", new FileSet { [".packit.yaml"] = Chain.Config("f43") }, "Configure", start: "f43", pusher: "packager");
        await story.SettleAsync();

        story.World.Koji.AddForeignBuild(
            "hello-1.2.3-2.fc43", "jdoe", "f43-candidate", $"git+{story.World.DistGit}rpms/hello.git#{story.Package.Branches["f43"]}");
        await story.SettleAsync();

        var told = await SaysAsync(story, "buildsys.build.state.change", "jdoe built it and is not in 'allowed_builders': packit.", "name them");
        Assert.Contains("A complete build does not start this kind of job.", told.Against);
    }

    [Fact]
    public async Task What_cannot_be_read_says_so_and_never_shows_its_body()
    {
        await using var story = await Story.BeginAsync(server);
        var delivery = new RawDelivery("release", """{"action":"published","release":"a secret in the wrong place"}""");

        await delivery.SendAsync(story);
        await story.SettleAsync();

        var told = await Explained.OfAsync(story, delivery.Id);
        Assert.StartsWith("Nothing happened because it cannot be read: Not a release event as GitHub sends it", told.Summary, StringComparison.Ordinal);
        Assert.Contains("It is kept as it came, and not tried again.", told.Page!, StringComparison.Ordinal);
        Assert.DoesNotContain("a secret in the wrong place", told.Page + told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delivery_of_a_private_repository_is_neither_listed_nor_explained_to_everybody()
    {
        await using var story = await Story.BeginAsync(server);
        await story.ReleaseAsync();
        var payload = System.Text.Json.Nodes.JsonNode.Parse(story.World.GitHub.Deliveries[^1].Payload)!;
        payload["repository"]!["private"] = true;
        var delivery = new RawDelivery("release", payload.ToJsonString());
        await delivery.SendAsync(story);
        await story.SettleAsync();

        var told = await Explained.OfAsync(story, delivery.Id);

        Assert.Null(told.Page);
        Assert.Contains("The repository is private", told.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_delivery_is_said_to_be_unknown()
    {
        await using var story = await Story.BeginAsync(server);

        var told = await Explained.OfAsync(story, "no-such-delivery");

        Assert.Equal(1, told.ExitCode);
        Assert.Null(told.Page);
        Assert.Contains("There is no delivery 'no-such-delivery'. Give the id that GitHub shows", told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delivery_that_waits_says_what_for_and_when_it_is_read_again()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        story.World.Faults.Add(new Sandbox.Hosting.Fault { Server = Sandbox.Hosting.Servers.GitHubApi, Times = int.MaxValue, Kind = new Sandbox.Hosting.FaultKind.Status(503) });
        await story.Project.PublishReleaseAsync("v1.2.3");
        await story.SettleAsync();

        var told = await Explained.NewestAsync(story, "release");

        Assert.StartsWith("It is not read to the end yet: ", told.Summary, StringComparison.Ordinal);
        Assert.NotNull(told.Json.GetProperty("next_attempt").GetString());
        Assert.Contains("Next attempt", told.Page!, StringComparison.Ordinal);
    }

    /// <summary>Nothing came of it, and all three say the reason; the next step names what to do.</summary>
    private static async Task<Explained> SaysAsync(Story story, string eventType, string reason, string step)
    {
        var told = await Explained.NewestAsync(story, eventType);
        Assert.StartsWith("Nothing happened because of this: ", told.Summary, StringComparison.Ordinal);
        Assert.Contains(reason, told.Summary, StringComparison.Ordinal);
        Assert.Contains(reason, told.Page!, StringComparison.Ordinal);
        Assert.Contains(reason, told.Text, StringComparison.Ordinal);
        Assert.Contains(step, told.NextStep!, StringComparison.Ordinal);
        Assert.Contains(told.NextStep!, told.Page!, StringComparison.Ordinal);
        Assert.Empty(told.Results);
        return told;
    }

    private static string Config(string jobs, string top = "") =>
        $"specfile_path: hello.spec\ndownstream_package_name: hello\nupstream_tag_template: v{{version}}\n{top}\njobs:\n{jobs}";
}
