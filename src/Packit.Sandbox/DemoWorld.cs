using Packit.Sandbox.GitHub;
using Packit.Sandbox.Pagure;

namespace Packit.Sandbox;

/// <summary>
/// A small project that is in Fedora: upstream <c>demo-upstream/hello-fedora</c> with release v1.0.0, and its package
/// with that version on rawhide, f43 and f42. The same each time, but for the dates.
/// </summary>
public sealed class DemoWorld
{
    public const string Owner = "demo-upstream";

    public const string Name = "hello-fedora";

    /// <summary>Who maintains the project, and its package: on GitHub and in Fedora under the same name.</summary>
    public const string Maintainer = "demo-maintainer";

    /// <summary>The tag of the release that is in Fedora already.</summary>
    public const string FirstTag = "v1.0.0";

    /// <summary>The tag of the release that the demo publishes.</summary>
    public const string NextTag = "v1.1.0";

    /// <summary>The branches of the package; with the world's usual releases these are all of <c>fedora-all</c>.</summary>
    public static readonly IReadOnlyList<string> Branches = ["rawhide", "f43", "f42"];

    private readonly World _world;

    private DemoWorld(World world, UpstreamProject project, DistGitPackage package)
    {
        _world = world;
        Project = project;
        Package = package;
    }

    public UpstreamProject Project { get; }

    public DistGitPackage Package { get; }

    /// <summary>Whether <see cref="NextTag"/> was published before, by an earlier run on the same folder.</summary>
    public bool NextReleaseIsOut => NextDelivery is not null;

    /// <summary>The GUID of the webhook that told of <see cref="NextTag"/>; null before.</summary>
    public string? NextDelivery => _world.GitHub.Deliveries
        .FirstOrDefault(delivery => delivery.Event == "release" && delivery.Payload.Contains($"\"tag_name\":\"{NextTag}\"", StringComparison.Ordinal))?.DeliveryId;

    /// <summary>Makes the demo's project and package, or finds them when an earlier run made them.</summary>
    public static async Task<DemoWorld> CreateAsync(World world, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(world);
        if (world.FindUpstream(Owner, Name) is { } project && world.FindPackage(Name) is { } package)
        {
            return new DemoWorld(world, project, package);
        }

        project = await world.CreateUpstreamAsync(Owner, Name, DemoFiles.Upstream(new Uri(world.GitHubWeb, $"{Owner}/{Name}")), installed: false, ct: ct);
        project.SetPermission(Maintainer, "admin");
        await project.TagAsync(FirstTag, ct: ct);

        // The first release came before the App was installed: nobody is told of it.
        await project.PublishReleaseAsync(new ReleaseDraft { Tag = FirstTag, Name = "hello-fedora 1.0.0", Body = "The first release.", PublishArchive = false }, ct);

        string archive = $"{Name}-1.0.0.tar.gz";
        string hash = world.Lookaside.Put(Name, archive, await project.ArchiveAsync(FirstTag, ct));
        var common = DemoFiles.Package(project.Url, archive, hash, DemoFiles.CommonChangelog);
        var older = DemoFiles.Package(project.Url, archive, hash, DemoFiles.OlderChangelog);
        package = await world.CreatePackageAsync(
            Name, new Dictionary<string, FileSet> { ["rawhide"] = common, ["f43"] = common, ["f42"] = older }, [Maintainer], ct);
        world.Fasjson.AddUser(Maintainer, gitHubName: Maintainer);

        // Bodhi makes updates for those who may commit.
        package.SetAccess(world.ServiceUser, "commit");
        world.Save();
        return new DemoWorld(world, project, package);
    }

    /// <summary>The maintainer installs the App for the account; the webhook goes out.</summary>
    /// <returns>False when an earlier run on the same folder did.</returns>
    public async Task<bool> InstallAppAsync(CancellationToken ct = default)
    {
        if (_world.GitHub.Deliveries.Any(delivery => delivery is { Event: "installation", Action: "created" }))
        {
            return false;
        }

        await _world.GitHub.InstallAppAsync(Owner, Maintainer, ct);
        return true;
    }

    /// <summary>Upstream makes a change, tags it and publishes <see cref="NextTag"/>; the webhook goes out.</summary>
    /// <returns>The delivery's GUID; that of the first time when the release is out already, and then nothing is sent.</returns>
    public async Task<string?> PublishNextReleaseAsync(CancellationToken ct = default)
    {
        if (NextDelivery is { } delivery)
        {
            return delivery;
        }

        await Project.CommitAsync(DemoFiles.NextVersion, "Greet by name", ct: ct);
        return await Project.PublishReleaseAsync(
            new ReleaseDraft
            {
                Tag = NextTag,
                Name = "hello-fedora 1.1.0",
                Body = "- `hello-fedora NAME` greets by name.\n- The greeting ends with a line feed.",
                Author = Maintainer,
                PublishArchive = false,
            },
            ct);
    }
}
