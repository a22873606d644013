using System.Text.Json.Nodes;
using Packit.Sandbox.Koji;

namespace Packit.Sandbox.Tests;

public sealed class KojiBuildTests : KojiStory
{
    [Fact]
    public async Task A_commit_of_dist_git_becomes_a_build_in_its_candidate_tag()
    {
        var package = await PackageAsync();
        string commit = package.Branches["f43"];

        int task = await BuildAsync(commit);
        var running = await AskAsync("getBuild", "python-ogr-1.3-1.fc43");
        await World.Koji.FinishAsync(task);
        var build = await AskAsync("getBuild", "python-ogr-1.3-1.fc43");

        Assert.Equal((0, task, Source(commit)), ((int)running["state"]!, (int)running["task_id"]!, (string)running["source"]!));
        Assert.Equal((1, "packit"), ((int)build["state"]!, (string)build["owner_name"]!));
        Assert.Equal(["f43-updates-candidate"], World.Koji.Build("python-ogr-1.3-1.fc43")!.Tags);
        Assert.Equal(
            ["buildSRPMFromSCM:Closed", "buildArch:Closed", "buildArch:Closed", "buildArch:Closed", "buildArch:Closed", "buildArch:Closed", "tagBuild:Closed"],
            World.Koji.Children(task).Select(child => $"{child.Method}:{child.State}"));
        Assert.Equal(HubTaskState.Closed, World.Koji.Task(task)!.State);
        Assert.Null((await AskAsync("getTaskResult", task)).Value);
    }

    [Fact]
    public async Task Each_step_of_a_build_is_told_on_the_bus()
    {
        var package = await PackageAsync();

        int task = await BuildAsync(package.Branches["f43"]);
        await World.Koji.FinishAsync(task);

        Assert.Equal(["null>0", "0>1"], Messages("buildsys.build.state.change").Select(body => $"{body["old"]?.ToString() ?? "null"}>{body["new"]}"));
        var complete = Messages("buildsys.build.state.change")[1];
        Assert.Equal(Source(package.Branches["f43"]), complete["request"]![0]!.ToString());
        Assert.Equal(1, (int)complete["task"]!["state"]!);
        Assert.Contains(complete["task"]!["children"]!.AsArray(), child => child!["method"]!.ToString() == "buildArch" && child["arch"]!.ToString() == "x86_64");
        var tag = Assert.Single(Messages("buildsys.tag"));
        Assert.Equal(("f43-updates-candidate", "python-ogr", "1.3", "1.fc43"), (tag["tag"]!.ToString(), tag["name"]!.ToString(), tag["version"]!.ToString(), tag["release"]!.ToString()));
        Assert.Empty(Messages("buildsys.task.state.change"));
    }

    [Fact]
    public async Task A_build_may_be_complete_and_not_yet_tagged()
    {
        var package = await PackageAsync();
        World.Koji.TagDelay = null;
        int task = await BuildAsync(package.Branches["f43"]);

        await World.Koji.FinishAsync(task);
        var before = World.Koji.Build("python-ogr-1.3-1.fc43")!;
        var open = World.Koji.Task(task)!.State;
        await World.Koji.TagNowAsync(task);

        Assert.Equal((HubBuildState.Complete, 0, HubTaskState.Open), (before.State, before.Tags.Count, open));
        Assert.Equal(["python-ogr-1.3-1.fc43"], World.Koji.Tagged("f43-updates-candidate"));
        Assert.Equal(HubTaskState.Closed, World.Koji.Task(task)!.State);
    }

    [Fact]
    public async Task An_architecture_that_fails_takes_the_build_with_it_and_leaves_its_log()
    {
        var package = await PackageAsync();
        int task = await BuildAsync(package.Branches["f43"]);

        await World.Koji.FailAsync(task, "s390x", "test_endian.py FAILED");

        const string Text = "error building package (arch s390x), mock exited with status 1; see build.log or root.log for more information";
        var fault = await AskAsync("getTaskResult", task);
        Assert.Equal((1005, Text), (fault.Code, fault.Fault));
        Assert.Equal(Text, (await AskAsync("getTaskResult", task, false))["faultString"]);
        Assert.Equal(["0", "3"], Messages("buildsys.build.state.change").Select(body => body["new"]!.ToString()));
        var children = World.Koji.Children(task).Where(child => child.Method == "buildArch").ToList();
        Assert.Equal(4, children.Count(child => child.State == HubTaskState.Canceled));
        var failed = Assert.Single(children, child => child.State == HubTaskState.Failed);
        Assert.Equal("s390x", failed.Arch);
        Assert.Contains("test_endian.py FAILED", await PageAsync(new Uri(World.KojiFiles, $"work/tasks/{failed.Id % 10000}/{failed.Id}/build.log")), StringComparison.Ordinal);
        string tail = await PageAsync(new Uri(World.KojiWeb, $"getfile?taskID={failed.Id}&volume=DEFAULT&name=build.log&offset=-40"));
        Assert.Equal(40, tail.Length);
        Assert.Contains("build.log", (await AskAsync("listTaskOutput", failed.Id)).List);
        string inline = (string)(await AskAsync("downloadTaskOutput", failed.Id, "build.log", KojiWire.Keywords(("offset", -40)))).Value!;
        Assert.Equal(tail, System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(inline)));
        Assert.Contains("buildArch", await PageAsync(new Uri(World.KojiWeb, $"taskinfo?taskID={task}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commit_that_is_not_there_fails_the_source_task_and_makes_no_build()
    {
        await PackageAsync();
        string absent = new('a', 40);

        int task = await BuildAsync(absent);

        var source = Assert.Single(World.Koji.Children(task));
        Assert.Equal(("buildSRPMFromSCM", HubTaskState.Failed), (source.Method, source.State));
        Assert.Equal($"Error running GIT command \"git reset --hard {absent}\", see checkout.log for details", (await AskAsync("getTaskResult", task)).Fault);
        Assert.Contains("Could not parse object", await PageAsync(new Uri(World.KojiFiles, $"work/tasks/{source.Id}/{source.Id}/checkout.log")), StringComparison.Ordinal);
        Assert.Empty(World.Koji.Builds);
        Assert.Empty(Messages("buildsys.build.state.change"));
    }

    [Theory]
    [InlineData("nope", "git+https://src.fedoraproject.org/rpms/python-ogr.git#f43", 1000, "unknown build target: nope")]
    [InlineData("f43-candidate", "nonsense", 1005, "Invalid source specification: nonsense")]
    [InlineData("f43-candidate", "git+https://example.org/rpms/a.git#b", 1005, "example.org:/rpms/a.git is not in the list of allowed SCMs")]
    public async Task A_wrong_target_or_source_fails_the_task_and_not_the_call(string target, string source, int code, string text)
    {
        await PackageAsync();

        int task = (await CallAsync("build", source, target)).Number;
        await World.Koji.QuietAsync();

        Assert.Equal(HubTaskState.Failed, World.Koji.Task(task)!.State);
        var fault = await AskAsync("getTaskResult", task);
        Assert.Equal((code, text), (fault.Code, fault.Fault));
    }

    [Fact]
    public async Task An_archive_that_nobody_uploaded_fails_the_source_task()
    {
        var package = await PackageAsync();
        string sources = $"SHA512 (ogr-1.3.tar.gz) = {new string('b', 128)}\n";
        string commit = await package.PushCommitAsync("f43", new FileSet { ["sources"] = sources }, ct: Ct);

        int task = await BuildAsync(commit);

        Assert.Equal("Error running sources command \"fedpkg sources\", see checkout.log for details", World.Koji.Task(task)!.Fault);
    }

    [Fact]
    public async Task A_commit_beside_the_branches_is_built_from_scratch_only()
    {
        var package = await PackageAsync();
        await PagureAsync("POST", "api/0/fork", World.PagureToken, ("repo", "python-ogr"), ("namespace", "rpms"));
        string commit = await package.PushCommitAsync("work", Files("1.4"), fork: "packit", start: "f43", ct: Ct);
        string source = Source(commit, "forks/packit/rpms/python-ogr");

        int real = (await CallAsync("build", source, "f43-candidate")).Number;
        int scratch = (await CallAsync("build", source, "f43-candidate", new Dictionary<string, object?> { ["scratch"] = true })).Number;
        await World.Koji.CompleteAllAsync();

        Assert.Contains("is not in the list of allowed SCMs", World.Koji.Task(real)!.Fault, StringComparison.Ordinal);
        Assert.Equal(HubTaskState.Closed, World.Koji.Task(scratch)!.State);
        Assert.Empty(World.Koji.Builds);
        Assert.Empty(Messages("buildsys.build.state.change"));
        Assert.Equal(["FREE>OPEN", "OPEN>CLOSED"], Messages("buildsys.task.state.change").Select(body => $"{body["old"]}>{body["new"]}"));
    }

    [Fact]
    public async Task The_same_version_is_not_built_twice()
    {
        var package = await PackageAsync();
        int first = await BuildAsync(package.Branches["f43"]);
        int second = await BuildAsync(package.Branches["f43"]);
        await World.Koji.FinishAsync(first);
        int third = await BuildAsync(package.Branches["f43"]);

        Assert.Equal($"Build already in progress (task {first})", World.Koji.Task(second)!.Fault);
        Assert.StartsWith("Build already exists (id=1, state=COMPLETE): {'name': 'python-ogr'", World.Koji.Task(third)!.Fault, StringComparison.Ordinal);
        Assert.Single(World.Koji.Builds);
    }

    [Fact]
    public async Task A_build_that_was_cancelled_is_taken_again_under_its_id()
    {
        var package = await PackageAsync();
        int first = await BuildAsync(package.Branches["f43"]);
        Assert.Null((await CallAsync("cancelTask", first)).Value);
        var cancelled = await AskAsync("getTaskResult", first);

        int second = await BuildAsync(package.Branches["f43"]);
        await World.Koji.FinishAsync(second);

        Assert.Equal((1000, $"Task {first} is canceled"), (cancelled.Code, cancelled.Fault));
        var build = Assert.Single(World.Koji.Builds);
        Assert.Equal((1, second, HubBuildState.Complete), (build.Id, build.TaskId, build.State));
        Assert.Equal(["0", "4", "0", "1"], Messages("buildsys.build.state.change").Select(body => body["new"]!.ToString()));
    }

    [Fact]
    public async Task A_package_that_is_not_in_the_list_or_blocked_is_refused_by_the_task()
    {
        var package = await PackageAsync("1.3", "1%{?dist}", "rawhide", "f42");

        int absent = await BuildAsync(package.Branches["f42"]);
        World.Koji.SetPackage("f43", "python-ogr", KojiPackageListing.Blocked);
        int blocked = await BuildAsync(package.Branches["f42"]);

        Assert.Equal("package python-ogr not in list for tag f43-updates-candidate", World.Koji.Task(absent)!.Fault);
        Assert.Equal((1005, "package python-ogr is blocked for tag f43-updates-candidate"), (World.Koji.Task(blocked)!.FaultCode, World.Koji.Task(blocked)!.Fault));
        Assert.Null((await AskAsync("getPackageConfig", "f44-updates-candidate", "nope")).Value);
        Assert.Equal(true, (await AskAsync("getPackageConfig", "f43-updates-candidate", "python-ogr"))["blocked"]);
    }

    [Fact]
    public async Task Builds_take_no_time_when_the_demo_says_so()
    {
        var package = await PackageAsync();
        World.Koji.BuildTime = TimeSpan.Zero;

        await BuildAsync(package.Branches["rawhide"], "rawhide");

        Assert.Equal(["f44-updates-candidate"], World.Koji.Build("python-ogr-1.3-1.fc44")!.Tags);
    }

    [Fact]
    public async Task Builds_and_their_tags_come_by_themselves_when_their_time_is_over()
    {
        var package = await PackageAsync();
        var tagged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = World.Bus.Subscribe((message, _) =>
        {
            if (message.Topic.EndsWith(".buildsys.tag", StringComparison.Ordinal))
            {
                tagged.TrySetResult();
            }

            return Task.CompletedTask;
        });
        (World.Koji.BuildTime, World.Koji.TagDelay) = (TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(20));

        await CallAsync("build", Source(package.Branches["f43"]), "f43-candidate");
        await tagged.Task.WaitAsync(TimeSpan.FromSeconds(20), Ct);

        Assert.Equal(["f43-updates-candidate"], World.Koji.Build("python-ogr-1.3-1.fc43")!.Tags);
    }

    [Fact]
    public async Task A_build_that_is_over_cannot_be_finished()
    {
        await PackageAsync();
        int task = await BuildAsync(new string('a', 40));

        await Assert.ThrowsAsync<InvalidOperationException>(() => World.Koji.FinishAsync(task));

        await World.Koji.QuietAsync();
    }

    [Fact]
    public async Task A_release_by_rpmautospec_counts_the_commits_since_the_version()
    {
        var package = await PackageAsync("1.3", "%autorelease");
        await package.PushCommitAsync("f43", Files("1.4", "%autorelease"), "Update to 1.4", ct: Ct);
        string commit = await package.PushCommitAsync("f43", new FileSet { ["fix.patch"] = "x\n" }, "Add a fix", ct: Ct);

        await BuildAsync(commit);

        Assert.Equal("python-ogr-1.4-2.fc43", Assert.Single(World.Koji.Builds).Nvr);
    }

    [Fact]
    public async Task The_changelog_is_that_of_the_spec()
    {
        var package = await PackageAsync();
        await BuildAsync(package.Branches["f43"]);

        var entries = await AskAsync("getChangelogEntries", KojiWire.Keywords(("buildID", "python-ogr-1.3-1.fc43"), ("after", 1_772_539_200)));
        var headers = await AskAsync("getRPMHeaders", KojiWire.Keywords(("rpmID", "python-ogr-1.3-1.fc43.src"), ("headers", new object[] { "changelogtext", "changelogtime" })));

        var entry = Assert.Single(entries.List);
        Assert.Equal("Ada Lovelace <ada@example.org> - 1.3-1", KojiAnswer.Of(entry, "author"));
        Assert.Equal("- New version\n- Résumé of changes", KojiAnswer.Of(entry, "text"));
        Assert.Equal(("2026-04-02 12:00:00", 1_775_131_200), (KojiAnswer.Of(entry, "date"), KojiAnswer.Of(entry, "date_ts")));
        Assert.Equal([1_775_131_200, 1_772_539_200], ((List<object?>)headers["changelogtime"]!).Cast<int>());
    }

    [Fact]
    public async Task A_lost_answer_is_resolved_by_looking_for_the_task()
    {
        var package = await PackageAsync();
        int task = await BuildAsync(package.Branches["f43"]);
        World.Koji.AddForeignBuild("other-1-1.fc43", "somebody", "f43-candidate");

        var found = await AskAsync("listTasks", new Dictionary<string, object?> { ["owner"] = "packit", ["method"] = "build", ["decode"] = true }, new Dictionary<string, object?> { ["order"] = "-id", ["limit"] = 20 });
        var raw = await AskAsync("listTasks", new Dictionary<string, object?> { ["owner"] = "packit", ["state"] = new object[] { 1 }, ["parent"] = null });

        var row = Assert.Single(found.List);
        Assert.Equal(task, KojiAnswer.Of(row, "id"));
        Assert.Equal([Source(package.Branches["f43"]), "f43-candidate"], ((List<object?>)KojiAnswer.Of(row, "request")!).Take(2));
        Assert.StartsWith("<?xml version='1.0'?>\n<methodCall>\n<methodName>build</methodName>", (string)KojiAnswer.Of(Assert.Single(raw.List), "request")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tasks_are_told_one_or_many_at_a_time()
    {
        var package = await PackageAsync();
        World.Koji.StartsByItself = false;
        int task = (await CallAsync("build", Source(package.Branches["f43"]), "f43-candidate")).Number;

        var one = await AskAsync("getTaskInfo", task, KojiWire.Keywords(("request", true)));
        var many = await AskAsync("getTaskInfo", [new object[] { task, 99 }]);
        var unfinished = await AskAsync("getTaskResult", task);
        var strict = await AskAsync("getTaskInfo", 99, KojiWire.Keywords(("strict", true)));

        Assert.Equal((0, "build"), ((int)one["state"]!, (string)one["method"]!));
        Assert.Equal(3, ((List<object?>)one["request"]!).Count);
        Assert.Null(many.List[1]);
        Assert.Equal((1000, $"Task {task} is not finished"), (unfinished.Code, unfinished.Fault));
        Assert.Equal((1000, "query returned no rows"), (strict.Code, strict.Fault));
        await World.Koji.StartAsync(task);
        Assert.Single(World.Koji.Builds);
    }

    [Fact]
    public async Task Builds_of_others_tell_of_themselves_by_the_thousand()
    {
        World.Koji.AddForeignBuild("bash-5.3-1.fc43", "somebody", "f43-candidate");
        World.Koji.AddForeignBuild("imported-1-1", "releng");
        World.Koji.MassRebuild.Publish(1000);

        var messages = Messages("buildsys.build.state.change");
        Assert.Equal(1004, messages.Count);
        Assert.Null(messages[2]["task"]);
        Assert.Equal(1000, messages.Skip(4).Select(body => body["name"]!.ToString()).Distinct().Count());
        Assert.Equal(Members(messages[0]), Members(messages[^1]));
        Assert.Equal("bash-5.3-1.fc43", Assert.Single(World.Koji.Tagged("f43-updates-candidate")));

        static IEnumerable<string> Members(JsonObject body) => body.Select(member => member.Key).Concat(body["task"]!.AsObject().Select(member => "task." + member.Key));
    }

    [Fact]
    public async Task Twenty_thousand_messages_of_a_mass_rebuild_are_made_in_a_moment()
    {
        int taken = 0;
        await using (World.Bus.Subscribe((_, _) =>
        {
            taken++;
            return Task.CompletedTask;
        }))
        {
            World.Koji.MassRebuild.Publish(20_000);
            await World.Bus.QuietAsync(Ct);
        }

        Assert.Equal(20_000, taken);
        Assert.Empty(World.Koji.Builds);
    }

    [Fact]
    public async Task A_second_start_finds_builds_and_goes_on_with_them()
    {
        var package = await PackageAsync();
        int running = await BuildAsync(package.Branches["f43"]);
        World.Koji.StartsByItself = false;
        int free = (await CallAsync("build", Source(package.Branches["rawhide"]), "rawhide")).Number;

        await RestartAsync();
        await World.Koji.QuietAsync();

        Assert.Equal(HubBuildState.Building, World.Koji.Build("python-ogr-1.3-1.fc44")!.State);
        await World.Koji.FinishAsync(running);
        await World.Koji.FinishAsync(free);
        Assert.Equal(["f43-updates-candidate", "f44-updates-candidate"], World.Koji.Builds.SelectMany(build => build.Tags));
    }
}
