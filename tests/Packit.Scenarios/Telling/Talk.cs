using System.Globalization;
using Packit.Sandbox.GitHub;

namespace Packit.Scenarios.Telling;

/// <summary>A comment that somebody made in an upstream issue, and what came back.</summary>
/// <param name="Issue">The issue as it stands now.</param>
/// <param name="Said">The comment, with its reactions.</param>
/// <param name="Answers">What the service wrote after it, without the hidden lines.</param>
public sealed record Talk(IssueView Issue, CommentView Said, IReadOnlyList<string> Answers)
{
    /// <summary>Who put which reaction on the comment.</summary>
    public IEnumerable<(string Who, string What)> Reactions => Said.Reactions.Select(reaction => (reaction.Author, reaction.Content));

    /// <summary>The one answer to the comment, without its hidden lines; null when there is none. A second one fails the story.</summary>
    public string? Answer => Issue.Comments.SingleOrDefault(comment => IsAnswer(comment)) is { } answer ? Visible(answer.Body) : null;

    /// <summary>What else the service wrote after the comment.</summary>
    public IEnumerable<string> Others => Issue.Comments.SkipWhile(comment => comment.Id != Said.Id)
        .Where(comment => comment.Author.EndsWith("[bot]", StringComparison.Ordinal) && !IsAnswer(comment)).Select(comment => Visible(comment.Body));

    private bool IsAnswer(CommentView comment) =>
        comment.Body.Contains(string.Create(CultureInfo.InvariantCulture, $"<!-- packit-service: answer to {Said.Id} -->"), StringComparison.Ordinal);

    /// <summary>Reads again what came of a comment.</summary>
    public Talk Again(Story story)
    {
        ArgumentNullException.ThrowIfNull(story);
        return Of(story, Issue.Number, Said.Id);
    }

    /// <summary>Somebody comments, in a new issue when none is named; returns when all has come to rest.</summary>
    /// <param name="story">The story.</param>
    /// <param name="text">The comment.</param>
    /// <param name="login">Who writes it.</param>
    /// <param name="issue">In which issue.</param>
    /// <param name="project">In which project; null for that of the story.</param>
    public static async Task<Talk> BeginAsync(
        Story story, string text, string login = "maintainer", int? issue = null, UpstreamProject? project = null)
    {
        ArgumentNullException.ThrowIfNull(story);
        project ??= story.Project;
        var number = issue ?? await project.OpenIssueAsync(login, "The new release is not in Fedora");
        var (id, _) = await project.CommentAsync(number, login, text);
        await story.SettleAsync();
        return Of(story, number, id, project);
    }

    /// <summary>What came of a comment that was made before.</summary>
    public static Talk Of(Story story, int number, long id, UpstreamProject? project = null)
    {
        ArgumentNullException.ThrowIfNull(story);
        project ??= story.Project;
        var now = project.Issues().Concat(project.PullRequests()).Single(found => found.Number == number);
        var answers = now.Comments.SkipWhile(comment => comment.Id != id).Where(comment => comment.Author == story.Bot).Select(comment => Visible(comment.Body));
        return new Talk(now, now.Comments.Single(comment => comment.Id == id), [.. answers]);
    }

    /// <summary>A text as people see it: without the hidden line at its end.</summary>
    public static string Visible(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return body.IndexOf("\n<!-- ", StringComparison.Ordinal) is var hidden and >= 0 ? body[..hidden] : body;
    }
}
