using Microsoft.EntityFrameworkCore;
using Packit.Automation.Previewing;
using Packit.Automation.Storage;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>A preview waits out an outage of the forge, visibly, and not for ever.</summary>
public sealed class PreviewPatienceStories(PostgresServer server)
{
    private static readonly StoryOptions Rawhide = new() { Stepped = true, Branches = ["rawhide"], ConfiguredBranches = "rawhide" };

    [Fact]
    public async Task An_outage_is_waited_out_and_the_answer_says_so_until_it_shows_the_preview()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        Away(story);
        var talk = await Talk.BeginAsync(story, "/packit preview --tag v1.2.3");

        await story.ForwardAsync(TimeSpan.FromMinutes(50));
        await story.ForwardAsync(TimeSpan.FromMinutes(1));

        var waiting = Answer(story, talk);
        Assert.Contains("There is no preview yet. It waits for the end of an outage: ", waiting, StringComparison.Ordinal);
        Assert.Contains("It is tried again at ", waiting, StringComparison.Ordinal);
        Assert.Equal(PreviewState.Queued, (await PreviewAsync(story)).State);
        Assert.Contains("It waits for the end of an outage: ", await PageAsync(story), StringComparison.Ordinal);

        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromMinutes(16));
        await story.ForwardAsync(TimeSpan.FromMinutes(1));

        Assert.Contains("| hello | 1.2.3 | rawhide | would be proposed |", Answer(story, talk), StringComparison.Ordinal);
        var preview = await PreviewAsync(story);
        Assert.Equal((PreviewState.Done, null), (preview.State, preview.NextAttemptAt));
    }

    [Fact]
    public async Task After_six_hours_the_answer_says_what_was_wrong()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        Away(story);
        var talk = await Talk.BeginAsync(story, "/packit preview --tag v1.2.3");
        await story.SettleAsync();

        await story.ForwardAsync(PreviewRows.Patience + TimeSpan.FromMinutes(16));
        await story.ForwardAsync(TimeSpan.FromMinutes(1));

        var answer = Answer(story, talk);
        Assert.DoesNotContain("tried again", answer, StringComparison.Ordinal);
        Assert.Contains("502", answer, StringComparison.Ordinal);
        Assert.Equal(PreviewState.Done, (await PreviewAsync(story)).State);
    }

    private static void Away(Story story) => story.World.Faults.Add(new Fault
    {
        Server = Servers.GitHubWeb, PathContains = "upstream/hello.git", Kind = new FaultKind.Status(502, "<html>no</html>"), Times = int.MaxValue,
    });

    private static string Answer(Story story, Talk talk) => Talk.Visible(
        Assert.Single(story.Project.Issues().Single(issue => issue.Number == talk.Issue.Number).Comments, comment => comment.Author == story.Bot).Body);

    private static async Task<ReleasePreview> PreviewAsync(Story story)
    {
        await using var database = story.Database();
        return await database.Previews.AsNoTracking().SingleAsync();
    }

    private static async Task<string> PageAsync(Story story)
    {
        using var http = Packit.Http.HttpClients.Create(new Packit.Http.HttpClientSettings { Retries = 0, Timeout = TimeSpan.FromSeconds(20) }, TimeProvider.System);
        return await http.GetStringAsync(new Uri(story.Service.Address, $"previews/{(await PreviewAsync(story)).Id}"));
    }
}
