using Packit.Automation.Storage;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>What packagers write in pull requests of dist-git, and what comes back.</summary>
public sealed class DistGitCommentStories(PostgresServer server)
{
    [Fact]
    public async Task A_packager_builds_and_updates_with_one_comment_and_is_told_how_both_end()
    {
        await using var story = await BeginAsync();
        var pull = await Pulls.OpenAsync(story);
        story.World.Koji.AddForeignBuild(
            "hello-1.0-7.fc43", "jdoe", "f43-candidate", $"git+{story.World.DistGit}rpms/hello.git#{story.Package.Branches["f43"]}");
        await story.SettleAsync();

        await Pulls.SayAsync(story, pull, "packager", "Both, please:\n/packit koji-build\n/packit create-update");

        Assert.Equal("hello-1.0-7.fc43", Assert.Single(Assert.Single(story.World.Bodhi.Updates).Builds));
        var answers = await Pulls.AnswersAsync(story, pull);
        Assert.Contains("**/packit koji-build**\n\nThe task was accepted. Commit", answers[0], StringComparison.Ordinal);
        Assert.Contains("**/packit create-update**\n\nThe task was accepted. The update of hello-1.0-7.fc43", answers[0], StringComparison.Ordinal);
        Assert.StartsWith("The update of hello-1.0-7.fc43 was made:", answers[1], StringComparison.Ordinal);
        await story.World.Koji.FinishAsync(Assert.Single(Chain.Tasks(story), task => task.Owner == story.World.ServiceUser).Id);
        await story.SettleAsync();
        Assert.Contains(" was built.", (await Pulls.AnswersAsync(story, pull))[2], StringComparison.Ordinal);
        Assert.All(await Pulls.CommandsAsync(story), command => Assert.Equal(CommandState.Done, command.State));
    }

    [Fact]
    public async Task Scenario_25_who_is_no_packager_is_told_in_the_pull_request_and_nothing_is_built()
    {
        await using var story = await BeginAsync();
        var pull = await Pulls.OpenAsync(story);

        await Pulls.SayAsync(story, pull, "mallory", "/packit koji-build");

        Assert.StartsWith("Only packagers can give this command here, and mallory is not", Assert.Single(await Pulls.AnswersAsync(story, pull)), StringComparison.Ordinal);
        Assert.Empty(Chain.Tasks(story));
        Assert.Empty(story.Project.Issues());
    }

    [Theory]
    [InlineData("/packit-stg koji-build")]
    [InlineData("> /packit koji-build\n\nWhat does that do?")]
    [InlineData("Try this:\n```\n/packit koji-build\n```")]
    [InlineData("![\n/packit koji-build\n](https://example.org/build.png)")]
    [InlineData("text\u2028/packit koji-build")]
    [InlineData("> quoted\r/packit koji-build")]
    public async Task What_only_looks_like_a_command_starts_nothing_and_is_not_answered(string text)
    {
        await using var story = await BeginAsync();
        var pull = await Pulls.OpenAsync(story);

        await Pulls.SayAsync(story, pull, "packager", text);

        Assert.Empty(Chain.Tasks(story));
        Assert.Empty(await Pulls.AnswersAsync(story, pull));
    }

    [Fact]
    public async Task Only_the_deployment_whose_prefix_it_is_answers()
    {
        await using var story = await BeginAsync(new Dictionary<string, string?> { ["Service:CommandPrefix"] = "/packit-stg" });
        var pull = await Pulls.OpenAsync(story);

        await Pulls.SayAsync(story, pull, "packager", "/packit help\n/packit-stg help\n/packit-ci help");

        var answer = Assert.Single(await Pulls.AnswersAsync(story, pull));
        Assert.StartsWith("```\nusage: /packit-stg ", answer, StringComparison.Ordinal);
        Assert.Contains("*Matrix*: #packit:fedora.im", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_with_characters_that_nobody_sees_is_to_be_typed_again()
    {
        await using var story = await BeginAsync();
        var pull = await Pulls.OpenAsync(story);

        await Pulls.SayAsync(story, pull, "packager", "/packit \u202Ekoji-build");

        Assert.Contains("characters that nobody can see", Assert.Single(await Pulls.AnswersAsync(story, pull)), StringComparison.Ordinal);
        Assert.Empty(Chain.Tasks(story));
    }

    [Fact]
    public async Task A_thousand_commands_bring_one_answer()
    {
        await using var story = await BeginAsync();
        var pull = await Pulls.OpenAsync(story);

        await Pulls.SayAsync(story, pull, "packager", string.Join('\n', Enumerable.Range(0, 1000).Select(i => $"/packit koji-build --package p{i} x")));

        Assert.Contains("990 more were not carried out", Assert.Single(await Pulls.AnswersAsync(story, pull)), StringComparison.Ordinal);
        Assert.Empty(Chain.Tasks(story));
    }

    [Fact]
    public async Task An_edited_comment_starts_what_was_added_and_nothing_twice()
    {
        await using var story = await BeginAsync();
        var pull = await Pulls.OpenAsync(story);
        await Pulls.SayAsync(story, pull, "packager", "/packit koji-biuld");
        var comment = (await story.Package.PullRequestsAsync()).Single(found => found.Id == pull).Comments.Last(said => said.Author == "packager").Id;

        story.Package.EditComment(pull, comment, "packager", "/packit koji-build");
        await story.SettleAsync();
        story.Package.EditComment(pull, comment, "packager", "/packit koji-build\nThank you!");
        await story.SettleAsync();
        await story.RestartAsync();
        await story.SettleAsync();

        Chain.Task(story);
        var answers = await Pulls.AnswersAsync(story, pull);
        Assert.Equal(2, answers.Count);
        Assert.Contains("there is `/packit koji-build`", answers[0], StringComparison.Ordinal);
        Assert.StartsWith("The task was accepted.", answers[1], StringComparison.Ordinal);
    }

    private Task<Story> BeginAsync(Dictionary<string, string?>? settings = null) =>
        Chain.BeginAsync(server, Chain.OneBranch with { Settings = settings ?? [] });
}
