using System.Text;
using Packit.Http;
using Packit.Koji;
using Packit.Sandbox.Hosting;

namespace Packit.Sandbox.Tests;

/// <summary>The product's own client against the stand-in: what the one sends the other understands.</summary>
public sealed class KojiClientTests : KojiStory
{
    [Fact]
    public async Task The_client_builds_watches_and_finds_the_tags()
    {
        var package = await PackageAsync();
        await using var client = Client();

        var target = await client.BuildTargetAsync("f43-candidate", Ct);
        int task = await client.StartBuildAsync(Request(package.Branches["f43"]), Ct);
        await World.Koji.FinishAsync(task);
        var build = await client.BuildAsync("python-ogr-1.3-1.fc43", Ct);
        var children = await client.TaskChildrenAsync(task, Ct);
        var log = await client.TaskOutputTailAsync(children.First(child => child.Arch == "x86_64").Id, "build.log", 100, Ct);

        Assert.Equal("packit", (await client.LoggedInUserAsync(Ct)).Name);
        Assert.Equal("f43-updates-candidate", target!.DestinationTag);
        Assert.Equal((KojiBuildState.Complete, task, package.Branches["f43"]), (build!.State, build.TaskId, build.Scm!.Commit));
        Assert.Equal(["f43-updates-candidate"], (await client.TagsOfBuildAsync(build.Nvr, Ct)).Select(tag => tag.Name));
        Assert.Equal(["python-ogr-1.3-1.fc43"], (await client.TaggedAsync(new TaggedQuery("f43-updates-candidate") { Package = "python-ogr", Latest = true, Inherit = true }, Ct)).Select(tagged => tagged.Build.Nvr));
        Assert.Contains("Child return code was: 0", Encoding.UTF8.GetString(log!.Content.Span), StringComparison.Ordinal);
        Assert.Equal(2, (await client.ChangelogAsync(build.Nvr, after: null, Ct)).Count);
        Assert.Equal(["f43-updates", "f43"], (await client.InheritanceAsync("f43-updates-candidate", Ct)).Select(tag => tag.Name));
    }

    [Fact]
    public async Task A_lost_answer_leaves_a_task_that_the_client_finds()
    {
        var package = await PackageAsync();
        await using var client = Client();
        World.Faults.Add(new Fault { Server = Servers.Koji, Call = "build", Kind = new FaultKind.EffectThenCut() });

        var lost = await Assert.ThrowsAsync<KojiException>(() => client.StartBuildAsync(Request(package.Branches["f43"]), Ct));
        var user = await client.LoggedInUserAsync(Ct);
        var found = Assert.Single(await client.TasksAsync(new TaskQuery { OwnerId = user.Id, Method = "build" }, Ct));

        Assert.Equal(KojiEffect.Unknown, lost.Effect);
        Assert.Equal((Source(package.Branches["f43"]), "f43-candidate"), (found.Build!.Source, found.Build.Target));
        Assert.Single(World.Koji.Tasks, task => task.Method == "build");
    }

    [Fact]
    public async Task A_session_that_ended_is_replaced_without_a_word()
    {
        await using var client = Client();
        await client.LoggedInUserAsync(Ct);

        World.Koji.ExpireSessions();
        Assert.Equal("packit", (await client.LoggedInUserAsync(Ct)).Name);
        World.Koji.DropSessions();
        Assert.Equal("packit", (await client.LoggedInUserAsync(Ct)).Name);

        Assert.Equal(3, World.Requests.CountCalls("login"));
    }

    [Fact]
    public async Task The_fault_of_a_failed_build_comes_with_its_code_and_a_cancelled_one_says_so()
    {
        var package = await PackageAsync();
        await using var client = Client();
        int task = await client.StartBuildAsync(Request(package.Branches["f43"]), Ct);
        await World.Koji.FailAsync(task, "aarch64");
        int other = await client.StartBuildAsync(Request(package.Branches["f43"]), Ct);
        await World.Koji.QuietAsync();
        await client.CancelTaskAsync(other, Ct);

        var failed = Assert.IsType<KojiTaskResult.Failed>(await client.TaskResultAsync(task, Ct));
        Assert.Equal(1005, failed.Code);
        Assert.Contains("arch aarch64", failed.Text, StringComparison.Ordinal);
        Assert.IsType<KojiTaskResult.Canceled>(await client.TaskResultAsync(other, Ct));
    }

    [Fact]
    public async Task Side_tags_come_and_go()
    {
        await using var client = Client();

        var tag = await client.CreateSideTagAsync("f43-build", Ct);
        var mine = await client.SideTagsAsync("f43-build", "packit", Ct);
        await client.RemoveSideTagAsync(tag.Name, Ct);

        Assert.Equal([tag.Name], mine.Select(one => one.Name));
        Assert.Null(await client.TagAsync(tag.Name, Ct));
    }

    private KojiBuildRequest Request(string commit) => new(ScmUrl.Of(new Uri(World.DistGit, "rpms/python-ogr.git"), commit), "f43-candidate");

    private KojiClient Client() => new(
        new KojiOptions
        {
            HubUrl = World.KojiHub, WebUrl = World.KojiWeb, FilesUrl = World.KojiFiles, Login = KojiLogin.Password, User = World.ServiceUser,
            Password = new Secret(World.Koji.Password), Retries = 0,
        },
        "sandbox-story/1",
        TimeProvider.System);
}
