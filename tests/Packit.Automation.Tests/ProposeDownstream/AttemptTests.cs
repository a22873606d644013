using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Packit.Automation.Failures;
using Packit.Automation.ProposeDownstream;
using Packit.Automation.Storage;
using Packit.TestSupport;

namespace Packit.Automation.Tests.ProposeDownstream;

public sealed class AttemptTests(PostgresServer server)
{
    [Fact]
    public async Task A_package_that_does_not_exist_is_a_failure_that_says_so_everywhere()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        var run = await story.Rows.RunAsync();
        var id = await story.Rows.TargetAsync(run);

        await story.Handler(ProposeDownstreamJob.Kind).RunAsync(id, CancellationToken.None);

        var target = await story.Rows.LoadAsync(id);
        Assert.Equal((SyncReleaseTargetStatus.Error, FailureCodes.PackageMissing), (target.Status, target.FailureCode));
        Assert.Equal(
            $"Propose downstream failed: The dist-git repository {story.World.DistGit}rpms/hello does not exist. Check 'downstream_package_name' in the package config.",
            Assert.Single(story.Upstream.CheckRuns()).Title);
        Assert.Equal([RunReportJob.KindName], story.Queue.Jobs.Select(job => job.Kind));
    }

    [Fact]
    public async Task A_remote_that_is_away_is_tried_again_later()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        var id = await story.Rows.TargetAsync(await story.Rows.RunAsync());
        story.World.Faults.Add(new Packit.Sandbox.Hosting.Fault
        {
            Server = Packit.Sandbox.Hosting.Servers.Pagure, Times = int.MaxValue, Kind = new Packit.Sandbox.Hosting.FaultKind.Status(500),
        });

        await story.Handler(ProposeDownstreamJob.Kind).RunAsync(id, CancellationToken.None);

        var target = await story.Rows.LoadAsync(id);
        Assert.Equal((SyncReleaseTargetStatus.Retry, FailureKind.Transient), (target.Status, target.FailureKind));
        var next = Assert.Single(story.Queue.Jobs);
        Assert.Equal((ProposeDownstreamJob.Kind, "propose-downstream/" + id + "/1", story.Time.GetUtcNow() + TimeSpan.FromSeconds(10)), (next.Kind, next.Name, next.NotBefore));
        var check = Assert.Single(story.Upstream.CheckRuns());
        Assert.Equal("queued", check.Status);
        Assert.Contains("did not answer as it should. Next attempt at 2026-03-02 10:00 UTC.", check.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_that_takes_every_worker_with_it_is_given_up()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        var id = await story.Rows.TargetAsync(await story.Rows.RunAsync(), attempts: TargetRows.MaxAttempts);

        await story.Handler(ProposeDownstreamJob.Kind).RunAsync(id, CancellationToken.None);

        var target = await story.Rows.LoadAsync(id);
        Assert.Equal((SyncReleaseTargetStatus.Error, FailureKind.Bug, FailureCodes.Internal), (target.Status, target.FailureKind, target.FailureCode));
        Assert.StartsWith("The work on this branch was begun 20 times and did not come to an end;", target.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finished_target_is_left_alone()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        var id = await story.Rows.TargetAsync(await story.Rows.RunAsync(), status: SyncReleaseTargetStatus.Submitted);
        story.World.Requests.Clear();

        await story.Handler(ProposeDownstreamJob.Kind).RunAsync(id, CancellationToken.None);

        Assert.Empty(story.World.Requests.All);
        Assert.Empty(story.Queue.Jobs);
    }

    [Fact]
    public async Task Targets_without_a_job_are_found_when_they_are_late()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        var run = await story.Rows.RunAsync();
        var queued = await story.Rows.TargetAsync(run);
        var running = await story.Rows.TargetAsync(run, "f43");
        await story.Rows.TargetAsync(run, "f42", SyncReleaseTargetStatus.Submitted);
        await story.Get<TargetRows>().TryBeginAsync(running, "dead", CancellationToken.None);
        var handler = story.Handler(ProposeDownstreamJob.Kind);
        Assert.Empty(await handler.FindOrphansAsync(CancellationToken.None));

        story.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal([queued], (await handler.FindOrphansAsync(CancellationToken.None)).Select(job => job.RowId));
        story.Time.Advance(TargetRows.Lease);
        Assert.Equal([queued, running], (await handler.FindOrphansAsync(CancellationToken.None)).Select(job => job.RowId).Order());
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task The_log_of_a_target_survives_an_outage_of_the_database_and_odd_text(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.CreateAsync(provider, server);
        await using var services = ReleaseRows.Storage(test);
        var time = new ManualTime();
        var databases = new Moody(services.GetRequiredService<IPackitDbFactory>()) { Failures = 3 };
        var id = await (await ReleaseRows.CreateAsync(databases.Inner, time)).TargetOfNewRunAsync();
        using var sink = new TargetLogSink(databases, new TargetSignals(), time, NullLogger<TargetLogSink>.Instance);
        await sink.StartAsync(CancellationToken.None);

        new TargetLog(id, sink, time).Info("one\0two");
        await Eventually.Is("the line is stored", async () =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await using var database = databases.Inner.Create();
            return await database.LogLines.AnyAsync(line => line.TargetId == id && line.Text == "one\uFFFDtwo");
        });

        Assert.Equal(0, databases.Failures);
        await sink.StopAsync(CancellationToken.None);
    }

    private sealed class Moody(IPackitDbFactory inner) : IPackitDbFactory
    {
        public IPackitDbFactory Inner => inner;

        public int Failures { get; set; }

        public DatabaseProvider Provider => inner.Provider;

        public PackitDb Create() => Failures-- > 0 ? throw new DbUpdateException("away") : Reset();

        private PackitDb Reset()
        {
            Failures = 0;
            return inner.Create();
        }
    }
}
