using Microsoft.EntityFrameworkCore;
using Packit.Automation.Releases;
using Packit.PackageConfig;
using Packit.Sandbox.Bodhi;
using Packit.Sandbox.Hosting;
using Packit.TestSupport;

namespace Packit.Automation.Tests.Releases;

public sealed class DistributionReleasesTests(PostgresServer server)
{
    private static readonly Fault Away = new() { Server = Servers.Bodhi, Times = int.MaxValue, Kind = new FaultKind.Status(500) };

    [Fact]
    public async Task Bodhi_says_what_the_aliases_mean_and_is_asked_once_an_hour()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        var first = await CurrentAsync(story);
        Assert.Equal(["rawhide", "f43", "f42"], first.Aliases.All["fedora-all"]);
        Assert.Equal(story.Time.GetUtcNow(), first.FetchedAt);

        story.World.Bodhi.SetReleases(BodhiRelease.Rawhide(45), BodhiRelease.Fedora(44));
        story.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(["rawhide", "f43", "f42"], (await CurrentAsync(story)).Aliases.All["fedora-all"]);
        Assert.Equal(1, story.World.Requests.Count(Servers.Bodhi));

        story.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["rawhide", "f44"], (await CurrentAsync(story)).Aliases.All["fedora-all"]);
    }

    [Fact]
    public async Task While_Bodhi_is_away_the_stored_list_is_used()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        var before = await CurrentAsync(story);
        story.World.Faults.Add(Away);
        story.Time.Advance(TimeSpan.FromHours(3));

        var now = await CurrentAsync(story);

        Assert.Equal(before.Aliases.All["fedora-all"], now.Aliases.All["fedora-all"]);
        Assert.Equal((before.FetchedAt, story.Time.GetUtcNow()), (now.FetchedAt, now.AskedAt));
    }

    [Fact]
    public async Task Bodhi_that_was_away_is_asked_again_soon()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        story.World.Faults.Add(Away);
        await CurrentAsync(story);
        story.World.Faults.Clear();

        story.Time.Advance(TimeSpan.FromMinutes(4));
        Assert.Null((await CurrentAsync(story)).FetchedAt);
        story.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(story.Time.GetUtcNow(), (await CurrentAsync(story)).FetchedAt);
    }

    [Fact]
    public async Task The_stored_list_is_known_to_those_who_never_ask_Bodhi()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        await using var database = story.Databases.Create();
        var before = await StoredReleases.AliasesAsync(database, CancellationToken.None);
        await CurrentAsync(story);
        var after = await StoredReleases.AliasesAsync(database, CancellationToken.None);

        Assert.Same(BranchAliases.BuiltIn, before.Aliases);
        Assert.Equal(story.Time.GetUtcNow(), after.FetchedAt);
        Assert.Equal(["rawhide", "f43", "f42"], after.Aliases.All["fedora-all"]);
    }

    [Fact]
    public async Task Before_Bodhi_has_answered_once_the_built_in_list_is_used()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        story.World.Faults.Add(Away);

        var now = await CurrentAsync(story);

        Assert.Same(BranchAliases.BuiltIn, now.Aliases);
        Assert.Null(now.FetchedAt);
    }

    [Fact]
    public async Task An_empty_list_is_not_believed()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        await CurrentAsync(story);
        story.World.Bodhi.SetReleases();
        story.Time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(["rawhide", "f43", "f42"], (await CurrentAsync(story)).Aliases.All["fedora-all"]);
    }

    [Fact]
    public async Task A_process_that_starts_uses_the_list_that_another_stored()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        await CurrentAsync(story);
        story.World.Requests.Clear();
        using var other = new DistributionReleases(
            story.Get<Packit.Bodhi.BodhiClient>(), story.Databases, story.Get<Microsoft.Extensions.Options.IOptions<Packit.Automation.Settings.BodhiOptions>>(),
            story.Time, story.Get<Microsoft.Extensions.Logging.ILogger<DistributionReleases>>());

        Assert.Equal(["rawhide", "f43", "f42"], (await other.CurrentAsync(CancellationToken.None)).Aliases.All["fedora-all"]);
        Assert.Empty(story.World.Requests.All);
        await using var database = story.Databases.Create();
        Assert.Equal(1, await database.ReleaseLists.CountAsync());
    }

    [Fact]
    public async Task Many_who_ask_at_once_ask_Bodhi_once()
    {
        await using var story = await ForgeStory.BeginAsync(server);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => CurrentAsync(story))));

        Assert.Equal(1, story.World.Requests.Count(Servers.Bodhi));
    }

    private static Task<CurrentAliases> CurrentAsync(ForgeStory story) => story.Get<DistributionReleases>().CurrentAsync(CancellationToken.None);
}
