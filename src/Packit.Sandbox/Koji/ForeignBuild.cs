using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Packit.Sandbox.Koji;

/// <summary>Builds of others: they come about without a call and tell of themselves as all builds do. Under the gate.</summary>
internal sealed class ForeignBuild(KojiStandIn koji)
{
    public KojiBuild Add(string nvr, KojiUser owner, string? target, string? source, HubBuildState state)
    {
        string[] parts = nvr.Split('-');
        if (parts.Length < 3)
        {
            throw new ArgumentException($"'{nvr}' is no name-version-release.", nameof(nvr));
        }

        var now = koji.Time.GetUtcNow();
        string name = string.Join('-', parts[..^2]);
        string url = source ?? $"git+{koji.DistGit.Address}rpms/{name}.git#{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(nvr)))[..40]}";
        var task = target is null ? null : koji.Steps.NewTask("build", new JsonArray(url, target, new JsonObject()), owner);
        if (task is not null)
        {
            koji.Steps.Open(task);
        }

        koji.Tags.Register(name);
        var build = new KojiBuild
        {
            Id = ++koji.State.LastBuild, Name = name, Version = parts[^2], Release = parts[^1], Owner = owner.Id, Task = task?.Id,
            Source = url, OriginalUrl = url, CreationEvent = ++koji.State.LastEvent, Created = now, Started = now,
        };
        koji.State.Builds.Add(build.Id, build);
        koji.Messages.BuildChanged(build, old: null);
        End(build, task, owner, state);
        return build;
    }

    private void End(KojiBuild build, KojiTask? task, KojiUser owner, HubBuildState state)
    {
        switch (state)
        {
            case HubBuildState.Building:
                return;
            case HubBuildState.Canceled when task is not null:
                koji.Steps.Cancel(task);
                return;
            case HubBuildState.Failed when task is not null:
                koji.Steps.Fail(task, 1005, "error building package (arch x86_64), mock exited with status 1; see build.log or root.log for more information");
                return;
            default:
                koji.Steps.SetBuild(build, state);
                break;
        }

        if (task is not null)
        {
            if (state == HubBuildState.Complete && koji.Tags.Target(task.Request[1]) is { } target && koji.Tags.Named(target.DestTag) is { } tag)
            {
                koji.Steps.Tag(tag, build, owner);
            }

            koji.Steps.Close(task);
        }
    }
}
