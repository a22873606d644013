using System.Diagnostics;
using Packit.Automation.Storage;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>A release in the middle of many deliveries that nobody wants.</summary>
public sealed class FloodStories(PostgresServer server)
{
    private const int Deliveries = 200;

    private static readonly (string Event, string Body)[] Kinds =
    [
        ("push", """{"ref":"refs/heads/main","commits":[]}"""),
        ("issues", """{"action":"opened"}"""),
        ("release", """{"action":"published"}"""),
        ("release", """{"action":"published","release":{"tag_name":"v9"},"repository":{"full_name":"../..","html_url":"nonsense"}}"""),
        ("release", """{"action":"published","release":[],"repository":7}"""),
        ("issue_comment", """{"action":"created","comment":null}"""),
        ("issue_comment", "[]"),
        ("check_run", "{"),
        ("release", "\"text\""),
        ("no_such_event", """{"a":{"a":{"a":{"a":{}}}}}"""),
    ];

    [Theory]
    [InlineData(DatabaseProvider.PostgreSql)]
    [InlineData(DatabaseProvider.Sqlite)]
    public async Task A_release_ends_well_in_a_flood_of_deliveries_that_nobody_wants(DatabaseProvider provider)
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Provider = provider });
        var begun = Stopwatch.StartNew();

        var flood = Enumerable.Range(0, Deliveries).Select(number =>
        {
            var (name, body) = Kinds[number % Kinds.Length];
            return new RawDelivery(name, body) { Signature = number % 7 == 0 ? "sha256=" + new string('0', 64) : null }.SendAsync(story);
        }).ToList();
        await story.Project.PublishReleaseAsync("v1.2.3");
        var answers = await Task.WhenAll(flood);
        await story.SettleAsync();

        Assert.DoesNotContain(answers, answer => answer.Status >= 500);
        Assert.All(answers.Where((_, number) => number % 7 == 0), answer => Assert.Equal(401, answer.Status));
        Assert.Equal(3, (await story.OpenPullRequestsAsync()).Count);
        Assert.All(story.Options.Branches, branch => Assert.Equal("success", story.Check(branch).Conclusion));
        await using var database = story.Database();
        Assert.DoesNotContain(database.Deliveries, row => row.State == DeliveryState.Received || row.State == DeliveryState.Failed);
        Assert.True(begun.Elapsed < TimeSpan.FromSeconds(60), $"It took {begun.Elapsed}.");
    }
}
