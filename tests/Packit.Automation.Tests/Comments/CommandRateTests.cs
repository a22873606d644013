using Packit.Automation.Comments;
using Packit.Automation.Events;
using Packit.Automation.Storage;
using Packit.GitHub;
using Packit.Http;
using Packit.Sandbox.Hosting;
using Packit.TestSupport;

namespace Packit.Automation.Tests.Comments;

/// <summary>Strangers cannot make the service talk endlessly; those who work in a project hardly notice.</summary>
public sealed class CommandRateTests(PostgresServer server)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_stranger_is_answered_three_times_in_a_thread_and_an_hour()
    {
        await using var story = await BeginAsync();

        var answers = await GiveAsync(story, "mallory", times: 5, Minute);

        Assert.Equal([null, null, null, TooMuch(3), TooMuch(4)], answers);
        Assert.Null(await GiveOneAsync(story, "mallory", thread: 2));
        Assert.Null(await GiveOneAsync(story, "eve"));
        story.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.Null(await GiveOneAsync(story, "mallory"));
    }

    [Fact]
    public async Task A_stranger_is_answered_ten_times_a_day_wherever()
    {
        await using var story = await BeginAsync();

        for (var thread = 1; thread <= 10; thread++)
        {
            Assert.Null(await GiveOneAsync(story, "mallory", thread));
        }

        Assert.Equal(
            "Not answered and not carried out: mallory has given commands 10 times within a day, and more is allowed only to those who may merge here. "
                + "One of them can give the command.",
            await GiveOneAsync(story, "mallory", thread: 11));
        story.Time.Advance(TimeSpan.FromHours(24) + Minute);
        Assert.Null(await GiveOneAsync(story, "mallory", thread: 11));
    }

    [Fact]
    public async Task Who_may_merge_is_answered_up_to_the_high_bound_and_GitHub_is_asked_only_beyond_the_low_one()
    {
        await using var story = await BeginAsync(("Commands:AnswersWithRights", "6"));
        story.Upstream.SetPermission("ada", "write");

        Assert.All(await GiveAsync(story, "ada", times: 3, Minute), Assert.Null);
        Assert.Empty(story.World.Requests.Find(Servers.GitHubApi, "GET", "/collaborators/"));
        Assert.All(await GiveAsync(story, "ada", times: 3, Minute), Assert.Null);
        Assert.Equal(TooMuch(6, "ada"), await GiveOneAsync(story, "ada"));
    }

    [Fact]
    public async Task A_comment_that_is_edited_again_and_again_counts_each_time()
    {
        await using var story = await BeginAsync();
        var comment = await CommentAsync(story, "mallory", thread: 1);

        for (var edit = 1; edit <= 3; edit++)
        {
            Assert.Null(await AskAsync(story, comment, await CommandAsync(story, comment, position: edit)));
        }

        Assert.Equal(TooMuch(3), await AskAsync(story, comment, await CommandAsync(story, comment, position: 4)));
    }

    [Fact]
    public async Task Several_commands_of_one_comment_are_one_answer()
    {
        await using var story = await BeginAsync();
        for (var turn = 0; turn < 3; turn++)
        {
            var comment = await CommentAsync(story, "mallory", thread: 1);
            var delivery = await story.Rows.DeliveryAsync();
            for (var position = 0; position < 10; position++)
            {
                await CommandAsync(story, comment, position, delivery);
            }

            Assert.Null(await AskAsync(story, comment, delivery));
        }
    }

    [Fact]
    public async Task A_reading_that_is_repeated_decides_the_same()
    {
        await using var story = await BeginAsync();
        var first = await CommentAsync(story, "mallory", thread: 1);
        var delivery = await CommandAsync(story, first, position: 0);
        await GiveAsync(story, "mallory", times: 5, Minute);

        Assert.Null(await AskAsync(story, first, delivery));
    }

    [Fact]
    public async Task While_GitHub_does_not_say_who_it_is_nothing_is_decided()
    {
        await using var story = await BeginAsync();
        await GiveAsync(story, "ada", times: 3, Minute);
        story.World.Faults.Add(new Fault { Server = Servers.GitHubApi, PathContains = "/collaborators/", Kind = new FaultKind.Status(503), Times = 10 });

        var away = await Assert.ThrowsAnyAsync<RemoteException>(() => GiveOneAsync(story, "ada"));

        Assert.True(away.IsTransient);
    }

    [Fact]
    public async Task In_dist_git_packagers_have_the_high_bound()
    {
        await using var story = await BeginAsync();
        story.World.Fasjson.AddToGroup("ada", "packager");

        for (var turn = 0; turn < 5; turn++)
        {
            foreach (var (author, isAnswered) in new[] { ("ada", true), ("mallory", turn < 3) })
            {
                var comment = await CommentAsync(story, author, thread: 1);
                var delivery = await CommandAsync(story, comment, position: 0);
                Assert.Equal(isAnswered, await AskAsync(story, comment, delivery, inDistGit: true) is null);
            }
        }
    }

    [Fact]
    public async Task A_new_name_is_no_new_person_and_whoever_takes_the_old_one_is_no_old_one()
    {
        await using var story = await BeginAsync();
        await GiveAsync(story, "mallory", times: 3, Minute);

        await story.World.GitHub.RenameAccountAsync("mallory", "malvolio");
        story.World.GitHub.AddAccount("mallory");

        Assert.NotNull(await GiveOneAsync(story, "malvolio"));
        Assert.Null(await GiveOneAsync(story, "mallory"));
    }

    private static string TooMuch(int times, string login = "mallory") =>
        $"Not answered and not carried out: {login} has given commands {times} times here within an hour, and more is allowed only to those who may merge here. "
        + "One of them can give the command.";

    private async Task<ForgeStory> BeginAsync(params (string Key, string Value)[] settings)
    {
        var story = await ForgeStory.BeginAsync(server, settings);
        story.World.GitHub.AddAccount("mallory");
        story.World.GitHub.AddAccount("eve");
        story.World.GitHub.AddAccount("ada");
        return story;
    }

    private static async Task<IReadOnlyList<string?>> GiveAsync(ForgeStory story, string author, int times, TimeSpan pause)
    {
        List<string?> answers = [];
        for (var turn = 0; turn < times; turn++)
        {
            answers.Add(await GiveOneAsync(story, author));
            story.Time.Advance(pause);
        }

        return answers;
    }

    /// <returns>Why it is not answered; null when it is.</returns>
    private static async Task<string?> GiveOneAsync(ForgeStory story, string author, int thread = 1)
    {
        var comment = await CommentAsync(story, author, thread);
        return await AskAsync(story, comment, await CommandAsync(story, comment, position: 0));
    }

    private static async Task<string?> AskAsync(ForgeStory story, int comment, long delivery, bool inDistGit = false)
    {
        var installation = (await story.Get<GitHubClient>().FindInstallationAsync(story.Forge.Name, CancellationToken.None))!.Value;
        var repository = new UpstreamRepository(story.Upstream.Url.Host, story.Forge.Name, story.Upstream.Url.AbsoluteUri, IsPrivate: false, installation);
        var decision = await story.Get<CommandRate>().MayAnswerAsync(
            new RateQuestion(comment, delivery, inDistGit ? null : repository), CancellationToken.None);
        return (decision as RateDecision.Silence)?.Reason;
    }

    private static async Task<int> CommentAsync(ForgeStory story, string author, int thread)
    {
        await using var database = story.Databases.Create();
        var comment = new CommandComment
        {
            ProjectId = story.Rows.ProjectId, Place = CommandPlace.UpstreamIssue, Thread = thread, Author = author, AuthorId = story.World.GitHub.IdOf(author), SeenAt = story.Time.GetUtcNow(),
            ForgeId = database.CommandComments.Count() + 1,
        };
        database.CommandComments.Add(comment);
        await database.SaveChangesAsync();
        return comment.Id;
    }

    /// <returns>The delivery that told of the command.</returns>
    private static async Task<long> CommandAsync(ForgeStory story, int comment, int position, long? delivery = null)
    {
        var told = delivery ?? await story.Rows.DeliveryAsync();
        await using var database = story.Databases.Create();
        database.CommentCommands.Add(new CommentCommand
        {
            CommentId = comment, Position = position, Line = "/packit help", Name = "help", State = CommandState.Received, DeliveryId = told,
            GivenAt = story.Time.GetUtcNow(),
        });
        await database.SaveChangesAsync();
        return told;
    }
}
