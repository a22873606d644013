using System.Text;
using Packit.Http;
using Packit.Koji.Tests.Codec;
using Packit.Koji.Tests.Hub;
using Packit.Koji.Tests.Login;

namespace Packit.Koji.Tests.Recordings;

/// <summary>What a real hub (1.35.3) and Koji's own client said to each other.</summary>
public class RecordingTests
{
    private const string Long = "0005.txt";
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_document_of_every_recording_is_understood()
    {
        var (calls, results, faults, others) = (0, 0, 0, 0);
        foreach (var exchange in Recording.Files().SelectMany(Recording.Read))
        {
            if (exchange.Call is { } call)
            {
                // What we would write for it is read as the same by the other side.
                var read = Assert.IsType<RpcDocument.Call>(RpcReader.Read(call, RpcLimits.Default));
                Assert.Equal(Hub.Xml.Show(call), Hub.Xml.Show(Encoding.UTF8.GetString(RpcWriter.Call(read.Method, read.Parameters))));
                calls++;
            }

            switch (exchange.Answer is { } answer ? RpcReader.Read(answer, RpcLimits.Default) : null)
            {
                case RpcDocument.Result:
                    results++;
                    break;
                case RpcDocument.Fault fault:
                    Assert.Equal(200, exchange.Status);
                    Assert.True(Enum.IsDefined((KojiFaultCode)fault.Code));
                    faults++;
                    break;
                default:
                    Assert.True(exchange.Status != 200 || !exchange.Request.Contains("kojihub", StringComparison.Ordinal), exchange.Request);
                    others++;
                    break;
            }
        }

        Assert.Equal((196, 140, 37, 41), (calls, results, faults, others));
    }

    [Fact]
    public async Task A_build_is_read()
    {
        await using var hub = await HubAsync("getBuild", Long, "getBuild('python-ogr-1.3");
        await using var client = hub.Client();
        var build = await client.BuildAsync("python-ogr-1.3-1.fc41.1111111", Token);

        Assert.Equal(["getBuild('python-ogr-1.3-1.fc41.1111111')"], hub.Calls);
        Assert.Equal(
            (2, "python-ogr-1.3-1.fc41.1111111", "python-ogr", "1.3", "1.fc41.1111111", KojiBuildState.Complete, 3, 2, "packit"),
            (build!.Id, build.Nvr, build.Name, build.Version, build.Release, build.State, build.TaskId, build.OwnerId, build.OwnerName));
        Assert.Null(build.Epoch);
        Assert.Equal(DateTimeOffset.Parse("2026-11-22T06:15:00.648043Z"), build.CompletedAt);
        Assert.Equal(("python-ogr", "1111111aaaaaaabbbbbbbcccccccdddddddeeeee"), (build.Scm!.Name, build.Scm.Commit));
        Assert.Equal(build.Source, build.OriginalSource);
    }

    [Fact]
    public async Task What_is_not_there_is_null()
    {
        await using var hub = await HubAsync("getBuild", Long, "getBuild('python-ogr-9-9')");
        hub.On("getTaskInfo", _ => HubReply.Raw(Recording.AnswerTo(Long, "getTaskInfo(99999)"))).On("getTag", _ => HubReply.Raw(Recording.AnswerTo(Long, "getTag('nope')")));
        await using var client = hub.Client();
        Assert.Null(await client.BuildAsync("python-ogr-9-9", Token));
        Assert.Null(await client.TaskAsync(99999, Token));
        Assert.Null(await client.TagAsync("nope", Token));
    }

    [Fact]
    public async Task A_task_is_read_with_what_it_builds()
    {
        await using var hub = await HubAsync("getTaskInfo", "0001.txt", "getTaskInfo(1, {__starstar: true, request: true})");
        await using var client = hub.Client();
        var task = await client.TaskAsync(1, Token);

        Assert.Equal(["getTaskInfo(1, {__starstar: true, request: true})"], hub.Calls);
        Assert.Equal((1, "build", KojiTaskState.Free, 2, false), (task!.Id, task.Method, task.State, task.OwnerId, task.IsFinal));
        Assert.Equal(
            new BuildTaskArguments("git+https://src.fedoraproject.org/rpms/python-ogr.git#0123456789abcdef0123456789abcdef01234567", "f41-candidate", false),
            task.Build);
        Assert.Null(task.StartedAt);
    }

    [Fact]
    public async Task A_list_of_tasks_is_read_although_the_arguments_are_XML_within_XML()
    {
        await using var hub = await HubAsync("listTasks", "0062.txt", "listTasks(");
        await using var client = hub.Client();
        var tasks = await client.TasksAsync(new TaskQuery { OwnerId = 2, Method = "build" }, Token);

        Assert.All(tasks, static task => Assert.NotNull(task.Build));
        var wanted = new KojiBuildRequest(
            ScmUrl.Of(new Uri("https://src.fedoraproject.org/rpms/python-ogr.git"), "1111111AAAAAAABBBBBBBCCCCCCCDDDDDDDEEEEE"), "f41-candidate");
        Assert.Equal(3, Assert.Single(tasks, task => task.Build!.Answers(wanted)).Id);
        Assert.DoesNotContain(tasks, task => task.Build!.Answers(wanted with { Scratch = true }) || task.Build!.Answers(wanted with { Target = "f42-candidate" }));
        Assert.Contains(tasks, static task => task.Build!.Source == "nonsense");
    }

    [Fact]
    public async Task Descendants_are_read_although_their_parents_numbers_are_texts()
    {
        await using var hub = await HubAsync("getTaskDescendents", Long, "getTaskDescendents(3)");
        await using var client = hub.Client();
        var task = Assert.Single(await client.TaskDescendantsAsync(3, Token));
        Assert.Equal((4, "tagBuild", "tag", 3, "noarch", KojiTaskState.Closed), (task.Id, task.Method, task.Label, task.ParentId, task.Arch, task.State));
    }

    [Fact]
    public async Task Builds_tags_and_targets_are_read()
    {
        await using var hub = await HubAsync("listBuilds", Long, "listBuilds({__starstar: true, taskID: 3})");
        hub.On("listTagged", _ => HubReply.Raw(Recording.AnswerTo(Long, "listTagged("))).On("listTags", _ => HubReply.Raw(Recording.AnswerTo(Long, "listTags(")))
            .On("getBuildTarget", _ => HubReply.Raw(Recording.AnswerTo(Long, "getBuildTarget("))).On("getUser", _ => HubReply.Raw(Recording.AnswerTo(Long, "getUser(")))
            .On("getTag", _ => HubReply.Raw(Recording.AnswerTo(Long, "getTag('f41-build-side-15')"))).On("getKojiVersion", _ => HubReply.Raw(Recording.AnswerTo(Long, "getKojiVersion(")))
            .On("listSideTags", _ => HubReply.Raw(Recording.AnswerTo(Long, "listSideTags({")));
        await using var client = hub.Client();

        Assert.Equal(2, Assert.Single(await client.BuildsAsync(new BuildQuery { TaskId = 3 }, Token)).Id);
        var tagged = Assert.Single(await client.TaggedAsync(new TaggedQuery("f41-updates-candidate") { Package = "python-ogr", Latest = true, Inherit = true }, Token));
        Assert.Equal(("f41-updates-candidate", "python-ogr-1.3-1.fc41.1111111", 2), (tagged.Tag, tagged.Build.Nvr, tagged.Build.Id));
        Assert.Equal(DateTimeOffset.Parse("2026-11-22T06:15:00.648043Z"), tagged.Build.CompletedAt);
        Assert.Equal("f41-updates-candidate", Assert.Single(await client.TagsOfBuildAsync("python-ogr-1.3-1.fc41.1111111", Token)).Name);
        Assert.Equal(new BuildTarget(1, "f41-candidate", "f41-build", "f41-updates-candidate"), await client.BuildTargetAsync("f41-candidate", Token));
        var user = await client.UserAsync("packit", Token);
        Assert.Equal((2, "packit", false, "packit@RIG.TEST"), (user!.Id, user.Name, user.IsBlocked, Assert.Single(user.Principals)));
        var side = await client.TagAsync("f41-build-side-15", Token);
        Assert.Equal((15, "f41-build-side-15", true, "packit", "x86_64"), (side!.Id, side.Name, side.IsSideTag, side.SideTagOwner, side.Architectures));
        Assert.Equal([new SideTag(15, "f41-build-side-15", "packit"), new SideTag(17, "f41-build-side-17", "packit")], await client.SideTagsAsync("f41-build", null, Token));
        Assert.Equal("1.35.3", await client.VersionAsync(Token));
        Assert.Contains("listTagged('f41-updates-candidate', {__starstar: true, inherit: true, latest: true, package: 'python-ogr'})", hub.Calls);
        Assert.Contains("listTags({__starstar: true, build: 'python-ogr-1.3-1.fc41.1111111'})", hub.Calls);
        Assert.Contains("listSideTags({__starstar: true, basetag: 'f41-build'})", hub.Calls);
    }

    [Fact]
    public async Task A_build_is_started_with_the_words_of_Kojis_own_client()
    {
        await using var hub = await HubAsync("build", "0001.txt", "build(");
        using var certificates = new Certificates();
        await using var client = hub.Client(options => options with { Login = KojiLogin.ClientCertificate, ClientCertificateFile = certificates.ClientFile });
        var source = ScmUrl.Of(new Uri("https://src.fedoraproject.org/rpms/python-ogr.git"), "0123456789abcdef0123456789abcdef01234567");
        Assert.Equal(1, await client.StartBuildAsync(new KojiBuildRequest(source, "f41-candidate"), Token));

        var recorded = Recording.Read("0001.txt").Where(static one => one is { Status: 200, Call: not null }).Select(static one => Hub.Xml.Show(one.Call!)).ToList();
        Assert.Equal(recorded.Single(static call => call.StartsWith("sslLogin", StringComparison.Ordinal)), hub.Calls[0]);
        Assert.Equal("101#0 " + recorded.Single(static call => call.StartsWith("build", StringComparison.Ordinal)), hub.Calls[1]);
    }

    [Theory]
    [InlineData("0005.txt", "getBuild('python-ogr-9-9', {", KojiFaultCode.Generic, RemoteFailure.NotFound)]
    [InlineData("0005.txt", "getTaskInfo(99999, {", KojiFaultCode.Generic, RemoteFailure.NotFound)]
    [InlineData("0005.txt", "nosuch(", KojiFaultCode.Generic, RemoteFailure.Invalid)]
    [InlineData("0005.txt", "untagBuild(", KojiFaultCode.Tag, RemoteFailure.Conflict)]
    [InlineData("0005.txt", "createTag(", KojiFaultCode.ActionNotAllowed, RemoteFailure.Forbidden)]
    [InlineData("0006.txt", "getLoggedInUser(", KojiFaultCode.Retry, RemoteFailure.Conflict)]
    [InlineData("0007.txt", "getLoggedInUser(", KojiFaultCode.Sequence, RemoteFailure.Conflict)]
    [InlineData("0009.txt", "getLoggedInUser(", KojiFaultCode.Auth, RemoteFailure.Unauthorized)]
    [InlineData("0012.txt", "build(", KojiFaultCode.Parameter, RemoteFailure.Invalid)]
    [InlineData("0028.txt", "build(", KojiFaultCode.ActionNotAllowed, RemoteFailure.Forbidden)]
    [InlineData("0052.txt", "getLoggedInUser(", KojiFaultCode.AuthExpired, RemoteFailure.Unauthorized)]
    public async Task Each_recorded_fault_has_its_kind(string file, string call, KojiFaultCode code, RemoteFailure failure)
    {
        await using var hub = await HubAsync("anything", file, call);
        await using var client = hub.Client();
        var fault = await Assert.ThrowsAsync<KojiException>(() => client.CallAsync("anything", [], KojiAccess.Anonymous, Token));
        Assert.Equal((code, failure, KojiEffect.None, false), (fault.Code, fault.Failure, fault.Effect, fault.IsTransient));
        Assert.Contains(fault.FaultText[..10], fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_a_task_ended_is_read_from_the_recorded_answers()
    {
        await using var hub = await HubAsync("getTaskResult", "0062.txt", "getTaskResult(31)");
        await using var client = hub.Client();
        Assert.Equal(new KojiTaskResult.Canceled(), await client.TaskResultAsync(31, Token));
        hub.On("getTaskResult", _ => HubReply.Raw(Recording.AnswerTo(Long, "getTaskResult(3)")));
        Assert.Equal(new KojiTaskResult.Succeeded(RpcValue.None), await client.TaskResultAsync(3, Token));
    }

    [Fact]
    public async Task A_batch_reads_a_recorded_mix_of_answers_and_faults()
    {
        await using var hub = await HubAsync("multiCall", Long, "multiCall(");
        await using var client = hub.Client();
        var batch = new KojiBatch();
        var (build, wrongKind, missing) = (batch.Build("python-ogr-1.3-1.fc41.1111111"), batch.Task(1), batch.TagsOfBuild("nope"));
        await client.SendAsync(batch, Token);

        Assert.Equal(2, build.Value!.Id);
        // The answer of a tag is no task.
        Assert.Equal(RemoteFailure.Unexpected, wrongKind.Failure!.Failure);
        Assert.Equal((KojiFaultCode.Generic, "No such tagInfo: 'nope'"), (missing.Failure!.Code, missing.Failure.FaultText));
        Assert.Same(missing.Failure, Assert.Throws<KojiException>(() => missing.Value));
    }

    [Fact]
    public void What_a_recorded_login_gave_is_understood()
    {
        var login = Assert.IsType<RpcDocument.Result>(RpcReader.Read(Recording.AnswerTo("0050.txt", "sslLogin("), RpcLimits.Default)).Value;
        var pass = SessionPass.Read(new Answer(login, "the login"));
        Assert.Equal((53L, "2-2u7N2prBUk8NioNxQXY", true), (pass.Id, pass.Key.Reveal(), pass.InHeaders));
        Assert.Contains("session-id: 53", Values.Show(login), StringComparison.Ordinal);
    }

    private static async Task<StubHub> HubAsync(string method, string file, string call)
    {
        var answer = Recording.AnswerTo(file, call);
        return (await StubHub.StartAsync()).On(method, _ => HubReply.Raw(answer));
    }
}
