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
        await InstalledAsync(story, "Ada", story.World.GitHub.IdOf("ada")!.Value);

        Assert.IsType<AccessDecision.Granted>(await AskAsync(story, AccessEvent.VerifyFasCommand, "ada", thread: 5));
        Assert.Equal(
            "Packit verification comment command not created by the person who installed the application.",
            Assert.IsType<AccessDecision.Refused>(await AskAsync(story, AccessEvent.VerifyFasCommand, "octo", thread: 5)).Reason);
        Assert.IsType<AccessDecision.Refused>(await AskAsync(story, AccessEvent.VerifyFasCommand, "ada", thread: 6));
    }

    [Fact]
    public async Task Whoever_took_the_name_of_the_installer_is_told_that_it_is_known_by_its_id()
    {
        await using var story = await BeginAsync();
        await InstalledAsync(story, "ada", story.World.GitHub.IdOf("ada")!.Value);
        var ada = story.World.GitHub.IdOf("ada");
        await story.World.GitHub.RenameAccountAsync("ada", "countess");
        story.World.GitHub.AddAccount("ada");

        Assert.Equal(
            "Packit verification comment command not created by the person who installed the application. When it was installed, the name ada belonged "
                + "to another account. The person who installed it gives this command under the name of their account today; it is known by its id.",
            Assert.IsType<AccessDecision.Refused>(await AskAsync(story, AccessEvent.VerifyFasCommand, "ada", thread: 5)).Reason);
        Assert.IsType<AccessDecision.Granted>(await AskAsync(story, AccessEvent.VerifyFasCommand, "countess", thread: 5, id: ada));
    }

    [Fact]
    public async Task A_name_alone_is_no_proof_of_who_installed_the_App()
    {
        await using var story = await BeginAsync();
        await InstalledAsync(story, "ada", id: 0);

        Assert.StartsWith(
            "It was not noted which account installed the application, and a name alone is no proof. Install it again, or write to the operators",
            Assert.IsType<AccessDecision.Refused>(await AskAsync(story, AccessEvent.VerifyFasCommand, "ada", thread: 5)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_asked_for_under_a_name_is_not_granted_to_whoever_has_the_name_now()
    {
        await using var story = await BeginAsync();
        var stranger = story.World.GitHub.IdOf("ada");
        await story.World.GitHub.RenameAccountAsync("ada", "countess");
        story.Upstream.SetPermission("ada", "admin");

        Assert.Equal(
            "The name ada belongs to another account than the one that asked for this. Ask for it again under the name of your account today.",
            Assert.IsType<AccessDecision.Refused>(await AskAsync(story, AccessEvent.ProposeCommand, "ada", id: stranger)).Reason);
        Assert.IsType<AccessDecision.Granted>(await AskAsync(story, AccessEvent.ProposeCommand, "ada"));
    }

    [Fact]
    public async Task The_author_of_a_pull_request_is_known_by_the_id_of_the_account()
    {
        await using var story = await BeginAsync();
        var author = story.World.GitHub.IdOf("ada");
        var pull = await story.Upstream.OpenPullRequestAsync("ada", new FileSet { ["news"] = "1\n" }, "News");
        await story.World.GitHub.RenameAccountAsync("ada", "countess");
        story.World.GitHub.AddAccount("ada");

        Assert.IsType<AccessDecision.Refused>(await AskAsync(story, AccessEvent.PreviewCommand, "ada", thread: pull));
        Assert.IsType<AccessDecision.Granted>(await AskAsync(story, AccessEvent.PreviewCommand, "countess", thread: pull, id: author));
    }

    [Theory]
    [InlineData("root", "Root", 7, true)]
    [InlineData("root#7", "root", 7, true)]
    [InlineData("root#7", "renamed", 7, true)]
    [InlineData("root#7", "root", 8, false)]
    [InlineData("root#seven", "root", 7, false)]
    [InlineData("root#", "root", 7, false)]
    public void An_administrator_with_an_id_is_known_by_it_alone(string entry, string login, long id, bool expected) =>
        Assert.Equal(expected, AdminEntry.Parse(entry).Is(login, id));

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

    private static async Task InstalledAsync(ForgeStory story, string login, long id)
    {
        await using var database = story.Databases.Create();
        database.Installations.Add(new GitHubInstallation
        {
            AccountId = 7, AccountLogin = "octo", AccountType = "Organization", InstallationId = 8, SenderLogin = login, SenderId = id,
            InstalledAt = story.Time.GetUtcNow(), ApprovalIssue = 5,
        });
        await database.SaveChangesAsync();
    }

    private static void Permission(ForgeStory story, FaultKind kind) => story.World.Faults.Add(
        new Fault { Server = Servers.GitHubApi, Method = "GET", PathContains = "/collaborators/", Kind = kind, Times = 10 });

    private static async Task<AccessDecision> AskAsync(
        ForgeStory story, AccessEvent asked, string? actor, IReadOnlyList<AccessRole>? held = null, int? thread = null, string? package = null,
        long? id = null)
    {
        var installation = await story.Get<GitHubClient>().FindInstallationAsync(story.Forge.Name, CancellationToken.None);
        return await story.Get<AccessGate>().DecideAsync(
            new AccessQuestion(asked, actor)
            {
                // Accounts that are gone had an id, too.
                ActorId = id ?? (actor is null ? null : story.World.GitHub.IdOf(actor) ?? 1),
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
