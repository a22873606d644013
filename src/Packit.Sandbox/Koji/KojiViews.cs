namespace Packit.Sandbox.Koji;

/// <summary>Makes views of what the stand-in remembers. The caller holds the gate.</summary>
internal sealed class KojiViews(KojiState state, KojiAccounts accounts)
{
    public KojiTaskView Of(KojiTask task) => new(
        task.Id, task.Method, task.State, task.Arch, task.Label, task.Parent, accounts.ById(task.Owner).Name, task.Request.ToJsonString(), task.FaultCode, task.FaultText);

    public KojiBuildView Of(KojiBuild build) => new(
        build.Id, build.Nvr, build.Name, build.Version, build.Release, build.State, build.Task, accounts.ById(build.Owner).Name, build.Source,
        [.. state.Taggings.Where(tagging => tagging.Build == build.Id).Select(tagging => state.Tags.First(tag => tag.Id == tagging.Tag).Name)]);

    public KojiSideTagView Of(KojiTag tag) => new(tag.Id, tag.Name, tag.Parents[0], accounts.ById(tag.SideTagOwner!.Value).Name);
}
