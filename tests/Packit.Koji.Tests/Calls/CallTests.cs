using Packit.Http;
using Packit.Koji.Tests.Hub;

namespace Packit.Koji.Tests.Calls;

public class CallTests
{
    private static readonly ScmUrl Source = ScmUrl.Of(new Uri("https://src.fedoraproject.org/rpms/x.git"), new string('a', 40));
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_build_is_asked_for_with_all_its_options()
    {
        await using var hub = (await StubHub.StartAsync()).On("build", Xml.Int(138224417));
        await using var client = hub.Client();
        var request = new KojiBuildRequest(Source, "f43-build-side-19", Scratch: true)
        {
            WaitForBuilds = ["y-1-1.fc43"], Architectures = ["x86_64", "aarch64"], FailFast = true, SkipTag = true, Priority = 5,
        };
        Assert.Equal(138224417, await client.StartBuildAsync(request, Token));
        Assert.Equal(
            [$"build('{Source}', 'f43-build-side-19', {{arch_override: 'x86_64 aarch64', fail_fast: true, scratch: true, skip_tag: true, wait_builds: ['y-1-1.fc43']}}, 5)"],
            hub.Asked);
    }

    [Fact]
    public async Task Tags_and_side_tags_are_changed()
    {
        await using var hub = (await StubHub.StartAsync())
            .On("tagBuild", Xml.Int(12)).On("untagBuild", Xml.Nil).On("removeSideTag", Xml.Nil).On("cancelTask", Xml.Nil)
            .On("createSideTag", Xml.Struct(("name", Xml.Text("f43-build-side-19")), ("id", Xml.Int(19)), ("task_id", Xml.Nil), ("request", Xml.Nil)))
            .On("listSideTags", Xml.List(Xml.Struct(("id", Xml.Int(19)), ("name", Xml.Text("f43-build-side-19")), ("user_id", Xml.Text("2")), ("user_name", Xml.Text("packit")))));
        await using var client = hub.Client();

        Assert.Equal(12, await client.TagBuildAsync("f43-build-side-19", "x-1-1.fc43", Token));
        await client.UntagBuildAsync("f43-build-side-19", "x-1-1.fc43", Token);
        Assert.Equal(new SideTag(19, "f43-build-side-19", null), await client.CreateSideTagAsync("f43-build", Token));
        Assert.Equal([new SideTag(19, "f43-build-side-19", "packit")], await client.SideTagsAsync(null, "packit", Token));
        await client.RemoveSideTagAsync("f43-build-side-19", Token);
        await client.CancelTaskAsync(7, Token);
        Assert.Equal(
            ["tagBuild('f43-build-side-19', 'x-1-1.fc43')", "untagBuild('f43-build-side-19', 'x-1-1.fc43')", "createSideTag('f43-build')",
                "listSideTags({__starstar: true, user: 'packit'})", "removeSideTag('f43-build-side-19')", "cancelTask(7)"],
            hub.Asked);
    }

    [Fact]
    public async Task An_answer_to_a_write_that_cannot_be_read_leaves_its_effect_open()
    {
        await using var hub = (await StubHub.StartAsync()).On("build", Xml.Text("soon"));
        await using var client = hub.Client();
        var failed = await Assert.ThrowsAsync<KojiException>(() => client.StartBuildAsync(new KojiBuildRequest(Source, "f43-candidate"), Token));
        Assert.Equal((RemoteFailure.Unexpected, KojiEffect.Unknown), (failed.Failure, failed.Effect));
    }

    [Theory]
    [InlineData(1000, "Build already exists (id=5, state=COMPLETE): x-1-1", RemoteFailure.Conflict)]
    [InlineData(1000, "Build already in progress (task 9)", RemoteFailure.Conflict)]
    [InlineData(1003, "build x-1-1 already tagged (f43)", RemoteFailure.Conflict)]
    [InlineData(1000, "No such build target: f99-candidate", RemoteFailure.NotFound)]
    [InlineData(1005, "package x not in list for tag f43", RemoteFailure.Invalid)]
    [InlineData(1001, "lock held", RemoteFailure.ServerError)]
    [InlineData(1006, "user locked", RemoteFailure.ServerError)]
    [InlineData(1024, "illegal name", RemoteFailure.Invalid)]
    [InlineData(1, "<class 'KeyError'>: 'x'", RemoteFailure.Unexpected)]
    public async Task A_refused_write_changed_nothing(int code, string text, RemoteFailure failure)
    {
        await using var hub = (await StubHub.StartAsync()).On("tagBuild", _ => HubReply.Fault(code, text));
        await using var client = hub.Client();
        var failed = await Assert.ThrowsAsync<KojiException>(() => client.TagBuildAsync("f43", "x-1-1", Token));
        Assert.Equal((failure, (KojiFaultCode)code, text, KojiEffect.None), (failed.Failure, failed.Code, failed.FaultText, failed.Effect));
        Assert.Equal("Koji", failed.Service);
    }

    [Fact]
    public async Task Many_tasks_are_asked_for_at_once()
    {
        await using var hub = (await StubHub.StartAsync()).On("getTaskInfo", Xml.List(Task(1, "build", 1), Xml.Nil, Task(3, "build", 2)));
        await using var client = hub.Client();
        var tasks = await client.TasksAsync([1, 2, 3, 3], Token);
        Assert.Equal(["getTaskInfo([1, 2, 3], {__starstar: true, request: true})"], hub.Calls);
        Assert.Equal([1, 3], tasks.Keys.Order());
        Assert.Equal((false, true), (tasks[1].IsFinal, tasks[3].IsFinal));
    }

    [Fact]
    public async Task Our_own_build_task_is_found_again()
    {
        var request = new KojiBuildRequest(Source, "f43-candidate");
        await using var hub = (await StubHub.StartAsync()).On("listTasks", Xml.List(
            Task(9, "build", 0, ("request", Xml.List(Xml.Text(Source.ToString()), Xml.Text("f43-candidate"), Xml.Struct(("scratch", Xml.Flag(true)))))),
            Task(8, "build", 0, ("request", Xml.List(Xml.Text(Source.ToString()), Xml.Text("f43-candidate"), Xml.Struct()))),
            Task(7, "build", 0, ("request", Xml.List(Xml.Text(Source.ToString()), Xml.Text("f42-candidate")))),
            Task(6, "build", 0, ("request", Xml.Text("b64?")))));
        await using var client = hub.Client();
        var tasks = await client.TasksAsync(
            new TaskQuery { OwnerId = 2, Method = "build", States = [KojiTaskState.Free, KojiTaskState.Open], CreatedAfter = DateTimeOffset.FromUnixTimeSeconds(1795328074), Limit = 20 }, Token);
        Assert.Equal(8, Assert.Single(tasks, task => task.Build?.Answers(request) == true).Id);
        Assert.Equal(9, Assert.Single(tasks, task => task.Build?.Answers(request with { Scratch = true }) == true).Id);
        Assert.Null(tasks[3].Build);
        Assert.Equal(
            ["listTasks({__starstar: true, opts: {createdAfter: 1795328074, decode: true, method: 'build', owner: 2, state: [0, 1]}, queryOpts: {limit: 20, order: '-id'}})"],
            hub.Calls);
    }

    [Fact]
    public async Task A_failed_task_tells_the_builders_words()
    {
        await using var hub = (await StubHub.StartAsync()).On("getTaskResult", Xml.FaultStruct(1005, "package x not in list for tag f43"));
        await using var client = hub.Client();
        Assert.Equal(new KojiTaskResult.Failed(1005, "package x not in list for tag f43"), await client.TaskResultAsync(5, Token));
        hub.On("getTaskResult", _ => HubReply.Fault(1000, "Task 5 is not finished"));
        Assert.Equal(new KojiTaskResult.Unfinished(), await client.TaskResultAsync(5, Token));
        hub.On("getTaskResult", _ => HubReply.Fault(1000, "No such task: 5"));
        Assert.Equal(RemoteFailure.NotFound, (await Assert.ThrowsAsync<KojiException>(() => client.TaskResultAsync(5, Token))).Failure);
        Assert.Equal("getTaskResult(5, {__starstar: true, raise_fault: false})", hub.Calls[0]);
    }

    [Theory]
    [InlineData("10", 4, "downloadTaskOutput(5, 'build.log', 6, 4)", "6789", true)]
    [InlineData("10", 100, "downloadTaskOutput(5, 'build.log', 0, 10)", "0123456789", false)]
    [InlineData("5000000000", 10, "downloadTaskOutput(5, 'build.log', 4999999990, 10)", "0123456789", true)]
    public async Task The_end_of_a_log_is_read(string size, int maxBytes, string asked, string content, bool isCut)
    {
        await using var hub = (await StubHub.StartAsync())
            .On("listTaskOutput", Xml.Struct(("root.log", Xml.Struct(("st_size", Xml.Text("1")))), ("build.log", Xml.Struct(("st_size", Xml.Text(size)), ("st_mtime", Xml.Real(1795328074.5))))))
            .On("downloadTaskOutput", Xml.Text(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(content))));
        await using var client = hub.Client();
        Assert.Equal([new TaskFile("build.log", long.Parse(size)), new TaskFile("root.log", 1)], await client.TaskOutputsAsync(5, Token));
        var tail = await client.TaskOutputTailAsync(5, "build.log", maxBytes, Token);
        Assert.Equal((content, isCut, long.Parse(size)), (System.Text.Encoding.UTF8.GetString(tail!.Content.Span), tail.IsCut, tail.Size));
        Assert.Equal(["listTaskOutput(5, {__starstar: true, stat: true})", "listTaskOutput(5, {__starstar: true, stat: true})", asked], hub.Calls);
        Assert.Null(await client.TaskOutputTailAsync(5, "mock_output.log", maxBytes, Token));
    }

    [Fact]
    public async Task A_changelog_is_read_newest_first()
    {
        await using var hub = (await StubHub.StartAsync()).On("getChangelogEntries", Xml.List(
            Xml.Struct(("date", Xml.Text("2026-11-21 12:00:00")), ("date_ts", Xml.Int(1795262400)), ("author", Xml.Text("Packit <hello@packit.dev> - 1.1-1")), ("text", Xml.Text("- Update to 1.1"))),
            Xml.Struct(("date", Xml.Text("2026-03-01 12:00:00")), ("author", Xml.Text("A <a@b.c> - 1.0-1")), ("text", Xml.Nil))));
        await using var client = hub.Client();
        Assert.Equal(
            [new ChangelogEntry(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero), "Packit <hello@packit.dev> - 1.1-1", "- Update to 1.1"),
                new ChangelogEntry(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), "A <a@b.c> - 1.0-1", "")],
            await client.ChangelogAsync("x-1.1-1.fc43", DateTimeOffset.FromUnixTimeSeconds(7), Token));
        Assert.Equal(["getChangelogEntries({__starstar: true, after: 7, buildID: 'x-1.1-1.fc43'})"], hub.Calls);
        hub.On("getChangelogEntries", Xml.Nil);
        Assert.Empty(await client.ChangelogAsync("y-1-1", null, Token));
    }

    [Fact]
    public async Task What_a_tag_holds_ready_is_read()
    {
        await using var hub = (await StubHub.StartAsync())
            .On("getPackageConfig", Xml.Struct(("package_name", Xml.Text("x")), ("blocked", Xml.Flag(true)), ("owner_name", Xml.Text("releng"))))
            .On("getRepo", Xml.Struct(("id", Xml.Int(5)), ("state", Xml.Int(1)), ("create_event", Xml.Int(34)), ("create_ts", Xml.Real(1795328100.5))))
            .On("resubmitTask", Xml.Int(8));
        await using var client = hub.Client();
        Assert.Equal(new TaggedPackage("x", true, "releng"), await client.PackageAsync("f43", "x", Token));
        Assert.Equal(new KojiRepo(5, 34, DateTimeOffset.FromUnixTimeMilliseconds(1795328100500)), await client.RepoAsync("f43-build", Token));
        Assert.Equal(8, await client.ResubmitTaskAsync(7, Token));
        Assert.Equal(["getPackageConfig('f43', 'x')", "getRepo('f43-build')", "resubmitTask(7)"], hub.Asked);
    }

    [Fact]
    public async Task Inherited_tags_come_nearest_first()
    {
        await using var hub = (await StubHub.StartAsync()).On("getFullInheritance", Xml.List(
            Xml.Struct(("parent_id", Xml.Int(3)), ("name", Xml.Text("f43-updates")), ("currdepth", Xml.Int(1))), Xml.Struct(("parent_id", Xml.Int(1)), ("name", Xml.Text("f43")), ("currdepth", Xml.Int(2)))));
        await using var client = hub.Client();
        Assert.Equal([new InheritedTag(3, "f43-updates", 1), new InheritedTag(1, "f43", 2)], await client.InheritanceAsync("f43-updates-candidate", Token));
    }

    [Fact]
    public async Task A_batch_goes_in_requests_of_a_hundred_and_one_fault_harms_nobody()
    {
        await using var hub = (await StubHub.StartAsync()).On("multiCall", static call => HubReply.Of(Xml.List(
            [.. Enumerable.Range(0, call.Shown.Split("methodName").Length - 1).Select(at => at == 1 ? Xml.FaultStruct(1000, "query returned no rows") : Xml.List(Task(at, "build", 1)))])));
        await using var client = hub.Client();
        var batch = new KojiBatch();
        var entries = Enumerable.Range(0, 150).Select(batch.Task).ToList();
        Assert.Throws<InvalidOperationException>(() => entries[0].Value);
        await client.SendAsync(batch, Token);

        Assert.Equal((2, 150), (hub.Calls.Count, batch.Count));
        Assert.Equal([1, 101], entries.Index().Where(entry => entry.Item.Failure is not null).Select(entry => entry.Index));
        Assert.Equal(99, entries[99].Value!.Id);
        Assert.StartsWith("multiCall([{methodName: 'getTaskInfo', params: [0, {__starstar: true, request: true}]}, ", hub.Calls[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_with_too_few_answers_is_refused()
    {
        await using var hub = (await StubHub.StartAsync()).On("multiCall", Xml.List());
        await using var client = hub.Client();
        var batch = new KojiBatch();
        batch.BuildsOfTask(1);
        batch.TaskChildren(1);
        Assert.Contains("0 answers to 2 calls", (await Assert.ThrowsAsync<KojiException>(() => client.SendAsync(batch, Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_other_call_can_be_made()
    {
        await using var hub = (await StubHub.StartAsync()).On("getPackageConfig", Xml.Struct(("blocked", Xml.Flag(true))));
        await using var client = hub.Client();
        var config = await client.CallAsync("getPackageConfig", ["f43", "x", KojiClient.Keywords(("event", 7))], KojiAccess.Anonymous, Token);
        Assert.Equal(new RpcValue.Flag(true), Assert.IsType<RpcValue.Struct>(config)["blocked"]);
        Assert.Equal(["getPackageConfig('f43', 'x', {__starstar: true, event: 7})"], hub.Calls);
    }

    [Fact]
    public void Addresses_for_people_follow_Kojis_folders()
    {
        var urls = new KojiUrls(new KojiOptions());
        Assert.Equal("https://koji.fedoraproject.org/koji/taskinfo?taskID=138224417", urls.Task(138224417).AbsoluteUri);
        Assert.Equal("https://koji.fedoraproject.org/koji/buildinfo?buildID=5", urls.Build(5).AbsoluteUri);
        Assert.Equal("https://kojipkgs.fedoraproject.org/work/tasks/4417/138224417/build.log", urls.TaskFile(138224417, "build.log").AbsoluteUri);
        Assert.Equal("https://kojipkgs.fedoraproject.org/work/tasks/7/138220007/mock_output.log", urls.TaskFile(138220007, "mock_output.log").AbsoluteUri);
        var build = new KojiBuild(5, "gtk+-1.0^1-1.fc43", "gtk+", "1.0^1", "1.fc43", KojiBuildState.Complete);
        Assert.Equal("https://kojipkgs.fedoraproject.org/packages/gtk%2B/1.0%5E1/1.fc43/data/logs/x86_64/build.log", urls.BuildLog(build, "x86_64", "build.log").AbsoluteUri);
    }

    [Fact]
    public void Every_problem_of_the_options_is_told_at_once()
    {
        var options = new KojiOptions { HubUrl = new Uri("http://koji.example.org/kojihub"), Login = KojiLogin.ClientCertificate, ClientCertificateFile = "/nowhere.pem", Timeout = TimeSpan.Zero };
        Assert.Equal(3, options.Problems().Count());
        Assert.Contains("User or Password is empty", Assert.Single(new KojiOptions { Login = KojiLogin.Password, User = " " }.Problems()), StringComparison.Ordinal);
        Assert.Empty(new KojiOptions().Problems());
        Assert.Throws<ArgumentException>(() => new KojiClient(options, "packit-test", TimeProvider.System));
    }

    private static string Task(int id, string method, int state, params (string, string)[] more) =>
        Xml.Struct([("id", Xml.Int(id)), ("method", Xml.Text(method)), ("state", Xml.Int(state)), ("owner", Xml.Int(2)), ("create_time", Xml.Text("2026-11-22 06:15:00+00:00")), .. more]);
}
