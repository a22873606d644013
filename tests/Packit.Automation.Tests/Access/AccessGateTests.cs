using Packit.Automation.Access;
using Packit.Automation.Events;
using Packit.Automation.Storage;
using Packit.GitHub;
using Packit.Http;
using Packit.Pagure;
using Packit.Sandbox;
using Packit.Sandbox.Hosting;
using Packit.TestSupport;

namespace Packit.Automation.Tests.Access;

/// <summary>The gate asks who somebody is, and takes nothing that is not known for a yes.</summary>
public sealed class AccessGateTests(PostgresServer server)
{
    private const string NoWriteAccess =
        "Account ada has no write access! This can be asked for by those who may merge in octo/hello; ask one of them, or for that right.";

    public static TheoryData<string> OddAnswers => ["{}", """{"permission":null}""", """{"permission":"owner"}""", """{"permission":3}""", "[]", "<html>", "null"];

    [Theory]
    [InlineData("admin", true)]
    [InlineData("maintain", true)]
    [InlineData("write", true)]
    [InlineData("triage", false)]
    [InlineData("read", false)]
    [InlineData("none", false)]
    public async Task Who_may_merge_is_what_GitHub_says(string role, bool granted)
    {
        await using var story = await BeginAsync();
        story.Upstream.SetPermission("ada", role);

        Same(granted, NoWriteAccess, await AskAsync(story, AccessEvent.ProposeCommand, "ada"));
    }

    [Theory]
    [MemberData(nameof(OddAnswers))]
    public async Task A_permission_that_cannot_be_read_is_none(string answer)
    {
        await using var story = await BeginAsync();
        story.Upstream.SetPermission("ada", "admin");
        Permission(story, new FaultKind.Status(200, answer));

        Same(granted: false, NoWriteAccess, await AskAsync(story, AccessEvent.ProposeCommand, "ada"));
    }

    [Theory]
    [InlineData("nobody-of-that-name")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("octo/../root")]
    public async Task An_account_without_a_record_may_nothing(string login)
    {
        await using var story = await BeginAsync();

        foreach (var asked in new[] { AccessEvent.ProposeCommand, AccessEvent.PreviewCommand, AccessEvent.KojiBuildCommandInIssue, AccessEvent.CheckRerun })
        {
            var decision = await AskAsync(story, asked, login, [AccessRole.OwnCheck]);

            Assert.StartsWith("Account ", Assert.IsType<AccessDecision.Refused>(decision).Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Nobody_in_particular_may_nothing_that_needs_a_person(string? actor)
    {
        await using var story = await BeginAsync();
        AccessEvent[] open = [AccessEvent.ReleasePublished, AccessEvent.ConfigPushed, AccessEvent.ConfigProposed, AccessEvent.HelpCommand];

        foreach (var asked in Enum.GetValues<AccessEvent>())
        {
            Assert.Equal(open.Contains(asked), await AskAsync(story, asked, actor) is AccessDecision.Granted);
        }
    }

    [Fact]
    public async Task An_outage_is_no_refusal()
    {
        await using var story = await BeginAsync();
        story.Upstream.SetPermission("ada", "write");
        Permission(story, new FaultKind.Status(502, "bad gateway"));

        var away = await Assert.ThrowsAnyAsync<RemoteException>(() => AskAsync(story, AccessEvent.ProposeCommand, "ada"));

        Assert.True(away.IsTransient);
    }

    [Fact]
    public async Task An_administrator_of_the_service_passes_the_allowlist_and_no_further()
    {
        await using var story = await BeginAsync(AllowlistStatus.Waiting);

        Assert.IsType<AccessDecision.Granted>(await AskAsync(story, AccessEvent.ProposeCommand, "Root"));
        Assert.StartsWith("Account Root has no write access!", (await AskAsync(story, AccessEvent.KojiBuildCommandInIssue, "Root")).Reason, StringComparison.Ordinal);
        Assert.StartsWith("Project 127.0.0.1/octo/hello.git is not on our allowlist!", (await AskAsync(story, AccessEvent.ProposeCommand, "octo")).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_refused_at_once_costs_GitHub_nothing()
    {
        await using var story = await BeginAsync(AllowlistStatus.Denied);
        Assert.Equal(
            "User namespace octo denied! If that is a mistake, write to the operators of this service: hello@packit.dev.",
            (await AskAsync(story, AccessEvent.ProposeCommand, "octo")).Reason);
        Assert.StartsWith(
            "127.0.0.1/octo/hello.git or parent namespaces denied!", (await AskAsync(story, AccessEvent.ProposeCommand, "ada")).Reason, StringComparison.Ordinal);
        Assert.Empty(story.World.Requests.Find(Servers.GitHubApi, "GET", "/collaborators/"));
    }

    [Fact]
    public async Task The_author_of_a_pull_request_may_preview_it_and_nobody_elses()
    {
        await using var story = await BeginAsync();
        var own = await story.Upstream.OpenPullRequestAsync("ada", new FileSet { ["news"] = "1\n" }, "News");
        var other = await story.Upstream.OpenPullRequestAsync("bob", new FileSet { ["news"] = "2\n" }, "Other news");

        Assert.IsType<AccessDecision.Granted>(await AskAsync(story, AccessEvent.PreviewCommand, "ada", thread: own));
        Assert.Equal(
            "Account ada has no write access! This can be asked for by those who may merge in octo/hello and by the author of the pull request; "
                + "ask one of them, or for that right.",
            Assert.IsType<AccessDecision.Refused>(await AskAsync(story, AccessEvent.PreviewCommand, "ada", thread: other)).Reason);
        Assert.IsType<AccessDecision.Refused>(await AskAsync(story, AccessEvent.ProposeCommand, "ada", thread: own));
    }

    [Fact]
    public async Task Only_who_installed_the_App_is_the_installer()
    {
        await using var story = await BeginAsync();
        await using (var database = story.Databases.Create())
        {
            database.Installations.Add(new Packit.Automation.Storage.GitHubInstallation
            {
                AccountId = 7, AccountLogin = "octo", AccountType = "Organization", InstallationId = 8, SenderLogin = "Ada", SenderId = 9,
                InstalledAt = story.Time.GetUtcNow(), ApprovalIssue = 5,
            });
            await database.SaveChangesAsync();
        }

        Assert.IsType<AccessDecision.Granted>(await AskAsync(story, AccessEvent.VerifyFasCommand, "ada", thread: 5));
        Assert.Equal(
            "Packit verification comment command not created by the person who installed the application.",
            Assert.IsType<AccessDecision.Refused>(await AskAsync(story, AccessEvent.VerifyFasCommand, "octo", thread: 5)).Reason);
        Assert.IsType<AccessDecision.Refused>(await AskAsync(story, AccessEvent.VerifyFasCommand, "ada", thread: 6));
    }

    [Theory]
    [InlineData("owner", true, true)]
    [InlineData("committer", true, true)]
    [InlineData("passer-by", true, false)]
    [InlineData("all_committers", true, false)]
    [InlineData("stranger", false, false)]
    public async Task In_dist_git_packagers_build_and_those_with_commit_rights_update(string login, bool builds, bool updates)
    {
        await using var story = await BeginAsync();
        var package = await story.World.CreatePackageAsync("hello", ["rawhide"], new FileSet { ["hello.spec"] = "Name: hello\n" }, ["owner", "committer"]);
        foreach (var packager in new[] { "owner", "committer", "passer-by", "all_committers" })
        {
            story.World.Fasjson.AddToGroup(packager, "packager");
        }

        Assert.Equal(builds, await AskAsync(story, AccessEvent.DistGitKojiBuild, login, package: package.Name) is AccessDecision.Granted);
        Assert.Equal(updates, await AskAsync(story, AccessEvent.DistGitCreateUpdate, login, package: package.Name) is AccessDecision.Granted);
        Assert.Equal(updates, await AskAsync(story, AccessEvent.DistGitAllowUpstream, login, package: package.Name) is AccessDecision.Granted);
    }

    [Fact]
    public async Task What_only_the_service_can_know_counts_when_it_says_so()
    {
        await using var story = await BeginAsync();

        Assert.Equal("This needs a check that this service made, by its own record of it.", (await AskAsync(story, AccessEvent.CheckRerun, "octo")).Reason);
        Assert.IsType<AccessDecision.Granted>(await AskAsync(story, AccessEvent.CheckRerun, "octo", [AccessRole.OwnCheck]));
        Assert.IsType<AccessDecision.Refused>(await AskAsync(story, AccessEvent.DistGitPush, "octo", [AccessRole.ConfiguredPullRequestAuthor]));
        Assert.IsType<AccessDecision.Granted>(await AskAsync(story, AccessEvent.DistGitPush, "octo", [AccessRole.ConfiguredCommitter]));
        Assert.IsType<AccessDecision.Refused>(await AskAsync(story, AccessEvent.ProposedConfigRun, "octo", Enum.GetValues<AccessRole>()));
    }

    private async Task<ForgeStory> BeginAsync(AllowlistStatus status = AllowlistStatus.ApprovedManually)
    {
        var story = await ForgeStory.BeginAsync(server, ("Service:Admins:0", "root"));
        story.World.GitHub.AddAccount("ada");
        story.World.GitHub.AddAccount("Root");
        await using var database = story.Databases.Create();
        database.Allowlist.Add(new AllowlistEntry { Namespace = "127.0.0.1/octo", Status = status });
        await database.SaveChangesAsync();
        return story;
    }

    private static void Permission(ForgeStory story, FaultKind kind) => story.World.Faults.Add(
        new Fault { Server = Servers.GitHubApi, Method = "GET", PathContains = "/collaborators/", Kind = kind, Times = 10 });

    private static async Task<AccessDecision> AskAsync(
        ForgeStory story, AccessEvent asked, string? actor, IReadOnlyList<AccessRole>? held = null, int? thread = null, string? package = null)
    {
        var installation = await story.Get<GitHubClient>().FindInstallationAsync(story.Forge.Name, CancellationToken.None);
        return await story.Get<AccessGate>().DecideAsync(
            new AccessQuestion(asked, actor)
            {
                Repository = package is not null ? null : new UpstreamRepository(
                    story.Upstream.Url.Host, story.Forge.Name, story.Upstream.Url.AbsoluteUri, IsPrivate: false, installation!.Value),
                Package = package is null ? null : PagureProject.Rpm(package),
                Thread = thread, IsPullRequest = thread is not null, Held = held ?? [],
            },
            CancellationToken.None);
    }

    private static void Same(bool granted, string refusal, AccessDecision decision)
    {
        if (granted)
        {
            Assert.IsType<AccessDecision.Granted>(decision);
        }
        else
        {
            Assert.Equal(refusal, Assert.IsType<AccessDecision.Refused>(decision).Reason);
        }
    }
}
