using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Storage;
using Packit.DistGit;
using Packit.Sandbox.Service;

namespace Packit.Sandbox.Demo;

/// <summary>What the demo came to, as the JSON document that <c>--json</c> prints.</summary>
internal sealed record DemoReport(
    DemoInstallation? Installation,
    DemoRelease Release,
    IReadOnlyList<DemoDelivery> Deliveries,
    IReadOnlyList<DemoTarget> Targets,
    IReadOnlyList<DemoBuild> Builds,
    IReadOnlyList<DemoUpdate> Updates,
    IReadOnlyList<DemoCheck> Checks,
    IReadOnlyList<DemoArchive> Lookaside)
{
    /// <summary>Whether every branch is built, every stable branch has its stable update, and every archive reads back.</summary>
    [JsonIgnore]
    public bool IsComplete =>
        Targets.Count == DemoWorld.Branches.Count
        && Targets.All(target => target.PullRequest is not null && Builds.Any(build => build.Branch == target.Branch && build.State == "success"))
        && Targets.All(target => target.Branch == "rawhide" || Updates.Any(update => update.Branch == target.Branch && update.State == "stable"))
        && Lookaside.Any(file => file.FileName.Contains(DemoWorld.NextTag.TrimStart('v'), StringComparison.Ordinal))
        && Lookaside.All(file => file.ReadsBack);

    public static async Task<DemoReport> MakeAsync(World world, DemoWorld demo, SandboxService service, CancellationToken cancellationToken)
    {
        var state = await DemoState.ReadAsync(service, cancellationToken);
        await using var database = service.Services.GetRequiredService<IPackitDbFactory>().Create();
        var deliveries = await database.Deliveries.AsNoTracking().OrderBy(row => row.Id)
            .Select(row => new DemoDelivery(row.DeliveryId, row.EventType, WireNames<DeliveryState>.Of(row.State), row.Outcome))
            .ToListAsync(cancellationToken);
        var pulls = await demo.Package.PullRequestsAsync(cancellationToken);
        var commit = await demo.Project.CommitOfTagAsync(DemoWorld.NextTag, cancellationToken);
        var checks = demo.Project.CheckRuns(commit).Select(run => new DemoCheck(run.Name, run.Status, run.Conclusion, run.Title, run.DetailsUrl));

        List<DemoArchive> archives = [];
        var cache = service.Services.GetRequiredService<LookasideCache>();
        foreach (var file in world.Lookaside.Files(DemoWorld.Name))
        {
            var readsBack = await cache.ReadBackAsync(DemoWorld.Name, SourceEntry.Sha512(file.Name, file.Hash), cancellationToken);
            archives.Add(new DemoArchive(file.Name, file.Hash, file.Size, readsBack));
        }

        return new DemoReport(
            await DemoInstallation.ReadAsync(service, cancellationToken),
            new DemoRelease(demo.Project.FullName, DemoWorld.NextTag, commit),
            deliveries,
            [.. state.Targets.Select(target => DemoTarget.Of(target, pulls))],
            [.. state.Builds.Select(build => new DemoBuild(build.Branch, WireNames<KojiBuildStatus>.Of(build.Status), build.Nvr, build.WebUrl))],
            [
                .. state.Updates.Select(update => new DemoUpdate(
                    update.Branch, update.UpdateState is { } place ? WireNames<BodhiUpdateState>.Of(place) : WireNames<BodhiUpdateStatus>.Of(update.Status),
                    update.Alias, update.KojiNvrs, update.WebUrl)),
            ],
            [.. checks],
            archives);
    }
}

internal sealed record DemoRelease(string Project, string Tag, string Commit);

internal sealed record DemoDelivery(string Id, string Event, string State, string? Outcome);

/// <param name="PullRequest">Address of the pull request; null while there is none.</param>
/// <param name="Diff">The change as dist-git shows it.</param>
internal sealed record DemoTarget(
    string Branch, string State, [property: JsonPropertyName("pull_request")] string? PullRequest, string? Title, string? Commit, string? Diff,
    string? Message)
{
    public static DemoTarget Of(SyncReleaseTarget target, IReadOnlyList<Pagure.PullRequestView> pulls)
    {
        var ours = target.PullRequests.FirstOrDefault(pull => !pull.IsFastForward);
        var theirs = pulls.FirstOrDefault(pull => pull.Id == ours?.PrId);
        return new DemoTarget(
            target.Branch, WireNames<SyncReleaseTargetStatus>.Of(target.Status), ours?.Url, theirs?.Title, theirs?.CommitStop, theirs?.Diff, target.Message);
    }
}

internal sealed record DemoBuild(string Branch, string State, string? Nvr, string? Url);

internal sealed record DemoUpdate(string Branch, string State, string? Alias, string Builds, string? Url);

internal sealed record DemoCheck(string Name, string Status, string? Conclusion, string? Title, string? Url);

internal sealed record DemoArchive(
    [property: JsonPropertyName("file_name")] string FileName, string Sha512, long Size, [property: JsonPropertyName("reads_back")] bool ReadsBack);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(DemoReport))]
internal sealed partial class DemoJson : JsonSerializerContext
{
    /// <summary>For people and scripts at a terminal: a diff stays readable.</summary>
    public static DemoJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
