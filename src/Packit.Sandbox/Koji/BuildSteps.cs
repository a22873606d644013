using System.Text.Json.Nodes;

namespace Packit.Sandbox.Koji;

/// <summary>The way of a build through its tasks: source, one task per architecture, tagging. The caller holds the gate.</summary>
internal sealed class BuildSteps(KojiStandIn koji)
{
    private const string MockFailed = "mock exited with status 1; see build.log or root.log for more information";

    private KojiState State => koji.State;

    private TaskSteps Steps => koji.Steps;

    /// <summary>A builder takes a build. Null: it failed at once, or it is on its way already.</summary>
    public BuildOrder? Begin(KojiTask task)
    {
        if (task.State == HubTaskState.Free)
        {
            Steps.Open(task);
        }
        else if (SourceTask(task) is not { State: HubTaskState.Open })
        {
            return null;
        }

        if (koji.Tags.Target(task.Request[1]) is not { } target || koji.Tags.Named(target.BuildTag) is not { } buildTag || koji.Tags.Root(buildTag) is not { } root)
        {
            Steps.Fail(task, 1000, $"unknown build target: {task.Request[1]?.ToString() ?? "None"}");
            return null;
        }

        string source = task.Request[0]!.ToString();
        if (source.Contains("://", StringComparison.Ordinal) && SourceTask(task) is null)
        {
            Steps.NewChild(task, "buildSRPMFromSCM", new JsonArray(source, buildTag.Id, new JsonObject { ["scratch"] = task.IsScratch }), "srpm");
        }

        return new BuildOrder(task, source, target, buildTag, root.Name);
    }

    /// <summary>The source was looked at: the build begins, or its task fails as its source task did.</summary>
    /// <returns>Whether architectures are at work now.</returns>
    public bool Sourced(BuildOrder order, SourceReading reading)
    {
        var task = order.Task;
        if (task.IsOver)
        {
            return false;
        }

        if (reading is not SourceReading.Found found)
        {
            var failed = (SourceReading.Failed)reading;
            if (SourceTask(task) is { } failing)
            {
                koji.Files.Write(failing.Id, failed.LogName, failed.Log);
                Steps.Fail(failing, failed.Code, failed.Text);
            }

            Steps.Fail(task, failed.Code, failed.Text);
            return false;
        }

        string nvr = $"{found.Name}-{found.Version}-{found.Release}";
        var source = SourceTask(task)!;
        CloseSource(source, nvr, found);
        if (!task.IsScratch && Refusal(order, found, nvr) is { } fault)
        {
            Steps.Fail(task, fault.Code, fault.Message);
            return false;
        }

        if (!task.IsScratch)
        {
            InitBuild(task, found, nvr);
        }

        string arches = task.IsScratch && task.Request[2] is JsonObject opts && Arguments.StringOrNull(opts["arch_override"]) is { } wanted ? wanted : order.BuildTag.Arches;
        foreach (string arch in found.NoArch ? ["noarch"] : arches.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var request = new JsonArray(LogFiles.PathOf(source.Id, nvr + ".src.rpm"), order.BuildTag.Id, arch, arch == "x86_64" || found.NoArch, new JsonObject());
            var child = Steps.NewChild(task, "buildArch", request, arch, arch);
            koji.Files.Write(child.Id, "build.log", LogTexts.Running(nvr, arch));
        }

        return true;
    }

    /// <summary>Every architecture succeeds and the build is complete; its tagging is the next step.</summary>
    /// <returns>Whether a tagging waits now.</returns>
    public bool Finish(KojiTask task)
    {
        string nvr = NvrOf(task);
        foreach (var child in AtWork(task))
        {
            WriteLogs(child, LogTexts.Running(nvr, child.Arch) + LogTexts.Succeeded(nvr, child.Arch));
            Steps.Close(child, new JsonObject
            {
                ["brootid"] = child.Id,
                ["logs"] = new JsonArray([.. koji.Files.Of(child.Id).Select(file => (JsonNode)LogFiles.PathOf(child.Id, file.Name))]),
                ["rpms"] = new JsonArray(LogFiles.PathOf(child.Id, $"{nvr}.{child.Arch}.rpm")),
                ["srpms"] = new JsonArray(),
            });
        }

        if (BuildOf(task) is not { } build)
        {
            Steps.Close(task);
            return false;
        }

        Steps.SetBuild(build, HubBuildState.Complete);
        if (task.Option("skip_tag") || koji.Tags.Target(task.Request[1]) is not { } target)
        {
            Steps.Close(task);
            return false;
        }

        Steps.NewChild(task, "tagBuild", new JsonArray(koji.Tags.Named(target.DestTag)?.Id, build.Id, false, null, true), "tag");
        return true;
    }

    /// <summary>The tagging task that waits: puts the build into its tag, and closes the build's task too when it belongs to one.</summary>
    public void Tag(KojiTask tagging)
    {
        if (tagging.State == HubTaskState.Free)
        {
            Steps.Open(tagging);
        }

        var parent = tagging.Parent is { } id ? State.Tasks[id] : null;
        var build = State.Builds[(int)tagging.Request[1]!];
        if (koji.Tags.Find(tagging.Request[0]) is not { } tag)
        {
            Steps.Fail(tagging, 1000, $"No such tagInfo: {TagTree.Shown(tagging.Request[0])}");
        }
        else if (!Steps.Tag(tag, build, koji.Accounts.ById(tagging.Owner)))
        {
            Steps.Fail(tagging, 1003, $"build {build.Nvr} already tagged ({tag.Name})");
        }
        else
        {
            if (koji.Tags.Find(tagging.Request[3]) is { } from)
            {
                Steps.Untag(from, build, koji.Accounts.ById(tagging.Owner));
            }

            Steps.Close(tagging);
        }

        if (parent is { IsOver: false } && tagging.State == HubTaskState.Failed)
        {
            Steps.Fail(parent, tagging.FaultCode!.Value, tagging.FaultText!);
        }
        else if (parent is { IsOver: false })
        {
            Steps.Close(parent);
        }
    }

    /// <summary>An architecture fails: the others are cancelled, the build is failed, and its task ends with the same fault.</summary>
    public void Fail(KojiTask task, string? arch, string log)
    {
        var children = AtWork(task);
        var failing = children.FirstOrDefault(child => arch is null || child.Arch == arch);
        if (failing is null)
        {
            throw new InvalidOperationException($"Task {task.Id} has no architecture {arch} at work; it is {task.State}, with {string.Join(", ", children.Select(child => child.Arch))}.");
        }

        string text = $"error building package (arch {failing.Arch}), {MockFailed}";
        WriteLogs(failing, LogTexts.Running(NvrOf(task), failing.Arch) + LogTexts.Failed(log));
        Steps.Fail(failing, 1005, text);
        Steps.Fail(task, 1005, text);
    }

    public KojiBuild? BuildOf(KojiTask task) => State.Builds.Values.FirstOrDefault(build => build.Task == task.Id);

    /// <summary>The architectures of a build that a builder is at.</summary>
    public IReadOnlyList<KojiTask> AtWork(KojiTask task) =>
        [.. State.Tasks.Values.Where(child => child.Parent == task.Id && child.Method == "buildArch" && child.State == HubTaskState.Open)];

    /// <summary>The tagging that a complete build waits for.</summary>
    public KojiTask? WaitingTag(KojiTask task) =>
        State.Tasks.Values.FirstOrDefault(child => child.Parent == task.Id && child.Method == "tagBuild" && child.State == HubTaskState.Open);

    private KojiTask? SourceTask(KojiTask task) => State.Tasks.Values.FirstOrDefault(child => child.Parent == task.Id && child.Method == "buildSRPMFromSCM");

    private string NvrOf(KojiTask task) =>
        BuildOf(task)?.Nvr ?? Path.GetFileName(AtWork(task)[0].Request[0]!.ToString()).Replace(".src.rpm", "", StringComparison.Ordinal);

    private void CloseSource(KojiTask source, string nvr, SourceReading.Found found)
    {
        koji.Files.Write(source.Id, "checkout.log", found.Checkout);
        WriteLogs(source, LogTexts.Running(nvr, "noarch"));
        Steps.Close(source, new JsonObject
        {
            ["brootid"] = source.Id,
            ["logs"] = new JsonArray([.. koji.Files.Of(source.Id).Select(file => (JsonNode)LogFiles.PathOf(source.Id, file.Name))]),
            ["source"] = new JsonObject { ["source"] = found.Resolved, ["url"] = source.Request[0]!.ToString() },
            ["srpm"] = LogFiles.PathOf(source.Id, nvr + ".src.rpm"),
        });
    }

    /// <summary>Why the hub or the builder does not let a build begin though its source is good.</summary>
    private HubFault? Refusal(BuildOrder order, SourceReading.Found found, string nvr)
    {
        if (!order.Task.Option("skip_tag") && koji.Tags.Named(order.Target.DestTag) is { } dest && koji.Tags.Listed(dest, found.Name) is var listed && listed != "listed")
        {
            return HubFault.Build(listed is null ? $"package {found.Name} not in list for tag {dest.Name}" : $"package {found.Name} is blocked for tag {dest.Name}");
        }

        return State.Builds.Values.FirstOrDefault(build => build.Nvr == nvr) switch
        {
            { State: HubBuildState.Building } old => HubFault.Generic($"Build already in progress (task {old.Task})"),
            { State: HubBuildState.Complete } old => HubFault.Generic(
                $"Build already exists (id={old.Id}, state=COMPLETE): {{'name': '{found.Name}', 'version': '{found.Version}', 'release': '{found.Release}', 'epoch': {found.Epoch?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "None"}}}"),
            _ => null,
        };
    }

    /// <summary>A new row; one of the same NVR that failed or was cancelled is taken again under its old id.</summary>
    private void InitBuild(KojiTask task, SourceReading.Found found, string nvr)
    {
        var now = koji.Time.GetUtcNow();
        var build = State.Builds.Values.FirstOrDefault(known => known.Nvr == nvr);
        HubBuildState? old = build?.State;
        if (build is null)
        {
            koji.Tags.Register(found.Name);
            build = new KojiBuild
            {
                Id = ++State.LastBuild, Name = found.Name, Version = found.Version, Release = found.Release, Epoch = found.Epoch, Owner = task.Owner,
                CreationEvent = ++State.LastEvent, Created = now,
            };
            State.Builds.Add(build.Id, build);
        }

        (build.State, build.Task, build.Owner, build.Created, build.Started, build.Completed) = (HubBuildState.Building, task.Id, task.Owner, now, task.Started, null);
        (build.Source, build.OriginalUrl, build.Changelog) = (found.Resolved, task.Request[0]!.ToString(), [.. found.Changelog]);
        koji.Messages.BuildChanged(build, old);
    }

    private void WriteLogs(KojiTask task, string log)
    {
        koji.Files.Write(task.Id, "build.log", log);
        koji.Files.Write(task.Id, "mock_output.log", log);
        koji.Files.Write(task.Id, "root.log", "DEBUG util.py:444:  child environment: None\n");
        koji.Files.Write(task.Id, "state.log", "buildsrpm\n");
        koji.Files.Write(task.Id, "hw_info.log", "CPU info:\nArchitecture: x86_64\n");
    }
}
