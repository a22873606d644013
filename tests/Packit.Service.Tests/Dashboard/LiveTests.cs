using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.ProposeDownstream;
using Packit.Automation.Storage;
using Packit.Service.Tests.Support;

namespace Packit.Service.Tests.Dashboard;

public sealed class LiveTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_line_that_is_logged_arrives_at_an_open_page()
    {
        var target = await host.Rows.TargetAsync(await host.Rows.ReleaseAsync(), "rawhide", SyncReleaseTargetStatus.Running);
        await host.Rows.LogAsync(target.Id, "before");
        var address = (await host.PageAsync($"/jobs/propose-downstream/{target.Id}")).QuerySelector("#log")!.GetAttribute("data-events")!;
        using var limit = new CancellationTokenSource(Patience);
        using var events = new StreamReader(await host.Http.GetStreamAsync(address, limit.Token));

        await host.Rows.LogAsync(target.Id, "after <b>");
        host.Services.GetRequiredService<TargetSignals>().Changed(target.Id);

        while (await events.ReadLineAsync(limit.Token) is { } line && line != "event: log")
        {
            Assert.DoesNotContain("state", line);
        }

        var data = CommandRun.Document((await events.ReadLineAsync(limit.Token))!["data: ".Length..]);
        Assert.Equal("after <b>", data.GetProperty("text").GetString());
        Assert.Equal("info", data.GetProperty("level").GetString());
        Assert.StartsWith("id: ", await events.ReadLineAsync(limit.Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_made_by_another_process_is_noticed_and_the_end_ends_the_stream()
    {
        var target = await host.Rows.TargetAsync(await host.Rows.ReleaseAsync(), "rawhide", SyncReleaseTargetStatus.Running);
        var address = (await host.PageAsync($"/jobs/propose-downstream/{target.Id}")).QuerySelector("#log")!.GetAttribute("data-events")!;
        using var limit = new CancellationTokenSource(Patience);
        using var events = new StreamReader(await host.Http.GetStreamAsync(address, limit.Token));

        await host.Rows.ChangeAsync(target.Id, row => (row.Status, row.FinishedTime) = (SyncReleaseTargetStatus.Submitted, DateTimeOffset.UnixEpoch));

        var received = await events.ReadToEndAsync(limit.Token);
        Assert.Contains("event: state", received);
        Assert.EndsWith("event: end", received.TrimEnd().Split("\ndata")[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_comes_back_gets_what_it_missed_and_nothing_twice()
    {
        var target = await host.Rows.TargetAsync(await host.Rows.ReleaseAsync(), "rawhide", SyncReleaseTargetStatus.Submitted);
        await host.Rows.LogAsync(target.Id, "one");
        await host.Rows.LogAsync(target.Id, "two");
        using var limit = new CancellationTokenSource(Patience);
        var all = await host.Http.GetStringAsync($"/jobs/propose-downstream/{target.Id}/events?after=0", limit.Token);
        var firstId = all.Split("id: ")[1].Split('\n')[0];

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/jobs/propose-downstream/{target.Id}/events?after=0");
        request.Headers.Add("Last-Event-ID", firstId);
        using var answer = await host.Http.SendAsync(request, limit.Token);
        var rest = await answer.Content.ReadAsStringAsync(limit.Token);

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("one", rest);
        Assert.Contains("two", rest);
    }

    [Fact]
    public async Task A_finished_branch_has_a_page_without_script()
    {
        var target = await host.Rows.TargetAsync(await host.Rows.ReleaseAsync(), "rawhide", SyncReleaseTargetStatus.Submitted);

        var page = await host.PageAsync($"/jobs/propose-downstream/{target.Id}");

        Assert.Empty(page.Scripts);
        Assert.False(page.QuerySelector("#log")!.HasAttribute("data-events"));
    }
}
