namespace Packit.Sandbox.GitHub;

public sealed partial class UpstreamProject
{
    /// <summary>Changes a comment; the <c>issue_comment</c> webhook is sent with the text before.</summary>
    /// <param name="comment">Its id.</param>
    /// <param name="text">Its new text.</param>
    /// <param name="login">Who changes it; its author when null.</param>
    /// <param name="ct">Ends the call.</param>
    /// <returns>The delivery's GUID.</returns>
    public Task<string?> EditCommentAsync(long comment, string text, string? login = null, CancellationToken ct = default)
    {
        var (issue, found) = FindComment(comment);
        string before;
        lock (_github.State.Gate)
        {
            before = found.Body;
            found.Body = text;
            found.UpdatedAt = issue.UpdatedAt = _github.Time.GetUtcNow();
        }

        if (login is not null)
        {
            _github.AddAccount(login);
        }

        return CommentEndpoints.TellAsync(_github, _repository, issue, found, "edited", login ?? found.Author, ct, before);
    }

    /// <summary>Comments on a commit, as anybody can who may read it.</summary>
    /// <returns>The address of the comment.</returns>
    public Uri CommentOnCommit(string sha, string login, string text)
    {
        _github.AddAccount(login);
        lock (_github.State.Gate)
        {
            var now = _github.Time.GetUtcNow();
            var comment = new Comment { Id = _github.State.NextId(), Author = login, Body = text, Sha = sha, CreatedAt = now, UpdatedAt = now };
            _repository.CommitComments.Add(comment);
            return new Uri((string)_github.Json.CommitComment(_repository, comment)["html_url"]!);
        }
    }

    /// <summary>Deletes a comment; the <c>issue_comment</c> webhook is sent.</summary>
    /// <returns>The delivery's GUID.</returns>
    public Task<string?> DeleteCommentAsync(long comment, CancellationToken ct = default)
    {
        var (issue, found) = FindComment(comment);
        lock (_github.State.Gate)
        {
            issue.Comments.Remove(found);
        }

        return CommentEndpoints.TellAsync(_github, _repository, issue, found, "deleted", found.Author, ct);
    }

    /// <summary>Locks an issue, or unlocks it. Apps cannot comment in a locked one.</summary>
    public void SetLocked(int issue, bool isLocked)
    {
        lock (_github.State.Gate)
        {
            FindIssue(issue).Locked = isLocked;
        }
    }

    /// <summary>Makes a discussion of an issue: it can still be read, and not be changed.</summary>
    public void ConvertToDiscussion(int issue)
    {
        lock (_github.State.Gate)
        {
            FindIssue(issue).Converted = true;
        }
    }

    /// <summary>Deletes an issue with its comments.</summary>
    public void DeleteIssue(int issue)
    {
        lock (_github.State.Gate)
        {
            _repository.Issues.Remove(FindIssue(issue));
            _repository.DeletedIssues.Add(issue);
        }
    }

    private Issue FindIssue(int number) =>
        _repository.Issues.Find(known => known.Number == number) ?? throw new InvalidOperationException($"{FullName} has no issue {number}.");

    private (Issue Issue, Comment Comment) FindComment(long id)
    {
        lock (_github.State.Gate)
        {
            foreach (var issue in _repository.Issues)
            {
                if (issue.Comments.Find(known => known.Id == id) is { } comment)
                {
                    return (issue, comment);
                }
            }
        }

        throw new InvalidOperationException($"{FullName} has no comment {id}.");
    }
}
