using System.Text.Json.Nodes;

namespace Packit.Sandbox.Koji;

/// <summary>The single steps of tasks and tags, each with the message that the real hub publishes. The caller holds the gate.</summary>
internal sealed class TaskSteps(KojiStandIn koji)
{
    private KojiState State => koji.State;

    public KojiTask NewTask(
        string method, JsonArray request, KojiUser owner, int priority = 20, KojiTask? parent = null, string? label = null, string arch = "noarch")
    {
        var task = new KojiTask
        {
            Id = ++State.LastTask,
            Method = method,
            Request = request,
            Owner = owner.Id,
            Created = koji.Time.GetUtcNow(),
            Priority = parent is null ? priority : parent.Priority - 1,
            Parent = parent?.Id,
            Label = label,
            Arch = arch,
        };
        State.Tasks.Add(task.Id, task);
        return task;
    }

    /// <summary>A child that its builder begins at once.</summary>
    public KojiTask NewChild(KojiTask parent, string method, JsonArray request, string label, string arch = "noarch")
    {
        var child = NewTask(method, request, koji.Accounts.ById(parent.Owner), parent: parent, label: label, arch: arch);
        Open(child);
        return child;
    }

    public void Open(KojiTask task)
    {
        (task.Host, task.Started) = (1, koji.Time.GetUtcNow());
        Move(task, HubTaskState.Open);
    }

    public void Close(KojiTask task, JsonNode? result = null)
    {
        (task.Result, task.Completed) = (result, koji.Time.GetUtcNow());
        Move(task, HubTaskState.Closed);
    }

    /// <summary>A task fails; children that are still at work are cancelled, and so is its build failed.</summary>
    public void Fail(KojiTask task, int code, string text)
    {
        (task.FaultCode, task.FaultText) = (code, text);
        End(task, HubTaskState.Failed, HubBuildState.Failed);
    }

    /// <summary>Somebody cancels a task with all that belongs to it. One that is over stays as it is.</summary>
    public void Cancel(KojiTask task)
    {
        if (!task.IsOver)
        {
            End(task, HubTaskState.Canceled, HubBuildState.Canceled);
        }
    }

    public void SetBuild(KojiBuild build, HubBuildState state)
    {
        var old = build.State;
        (build.State, build.Completed) = (state, koji.Time.GetUtcNow());
        koji.Messages.BuildChanged(build, old);
    }

    /// <returns>Whether the build was not in the tag before.</returns>
    public bool Tag(KojiTag tag, KojiBuild build, KojiUser user)
    {
        if (State.Taggings.Exists(tagging => tagging.Tag == tag.Id && tagging.Build == build.Id))
        {
            return false;
        }

        State.Taggings.Add(new KojiTagging(tag.Id, build.Id, ++State.LastEvent, koji.Time.GetUtcNow()));
        koji.Messages.Tagged(tag, build, user);
        if (tag.SideTagOwner is not null)
        {
            RegenerateRepo(tag);
        }

        return true;
    }

    /// <summary>Takes a build out of a tag; a side tag goes with its last build.</summary>
    /// <returns>Whether it was in there.</returns>
    public bool Untag(KojiTag tag, KojiBuild build, KojiUser user)
    {
        if (State.Taggings.RemoveAll(tagging => tagging.Tag == tag.Id && tagging.Build == build.Id) == 0)
        {
            return false;
        }

        State.LastEvent++;
        koji.Messages.Untagged(tag, build, user);
        if (tag.SideTagOwner is not null && !State.Taggings.Exists(tagging => tagging.Tag == tag.Id))
        {
            RemoveSideTag(tag);
        }

        return true;
    }

    public void RemoveSideTag(KojiTag tag)
    {
        State.Taggings.RemoveAll(tagging => tagging.Tag == tag.Id);
        State.Targets.RemoveAll(target => target.Name == tag.Name);
        State.Tags.Remove(tag);
        State.LastEvent++;
    }

    public void RegenerateRepo(KojiTag tag)
    {
        var repo = new KojiRepo(++State.LastRepo, tag.Id, State.LastEvent, koji.Time.GetUtcNow());
        State.Repos.Add(repo);
        koji.Messages.RepoMade(tag, repo);
    }

    private void End(KojiTask task, HubTaskState state, HubBuildState buildState)
    {
        foreach (var child in State.Tasks.Values.Where(child => child.Parent == task.Id && !child.IsOver).ToArray())
        {
            child.Completed = koji.Time.GetUtcNow();
            Move(child, HubTaskState.Canceled);
        }

        if (State.Builds.Values.FirstOrDefault(build => build.Task == task.Id && build.State == HubBuildState.Building) is { } build)
        {
            SetBuild(build, buildState);
        }

        task.Completed = koji.Time.GetUtcNow();
        Move(task, state);
    }

    private void Move(KojiTask task, HubTaskState state)
    {
        var old = task.State;
        task.State = state;
        if (task.IsScratch && task.Parent is null)
        {
            koji.Messages.TaskChanged(task, old);
        }
    }
}
