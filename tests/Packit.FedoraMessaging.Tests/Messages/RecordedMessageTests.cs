using System.Text.Json;
using System.Text.Json.Nodes;
using Packit.FedoraMessaging;
using Packit.Stub;

namespace Packit.FedoraMessaging.Tests.Messages;

/// <summary>Messages of the real senders, recorded.</summary>
public sealed class RecordedMessageTests
{
    [Fact]
    public void Every_recorded_message_is_read_and_none_is_malformed()
    {
        var files = Directory.GetFiles(Captures.Folder("amqp"), "*.json");

        var read = files.Select(file => (File: Path.GetFileName(file), Message: Read(file))).ToList();

        Assert.True(read.Count > 50, $"{read.Count} recordings");
        Assert.All(read, pair =>
        {
            Assert.Null(pair.Message.Problem);
            Assert.Contains(pair.Message.Topic, pair.File, StringComparison.Ordinal);
            Assert.True(Guid.TryParse(pair.Message.Id, out _), pair.Message.Id);
            Assert.NotNull(pair.Message.SentAt);
            Assert.NotNull(pair.Message.Schema);
            Assert.InRange(pair.Message.Severity ?? 0, 10, 40);
        });
        var bodies = read.Select(pair => (pair.File, Body: MessageBody.Parse(pair.Message.Topic, pair.Message.Body))).ToList();
        Assert.DoesNotContain(bodies, pair => pair.Body is MalformedBody);
        Assert.Equal(
            [
                nameof(BuildStateChange), nameof(BuildTagged), nameof(BuildUntagged), nameof(GitReceive), nameof(OtherBody),
                nameof(PullRequestClosed), nameof(PullRequestComment), nameof(TaskStateChange), nameof(UpdateChanged),
            ],
            bodies.Select(pair => pair.Body.GetType().Name).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_Pagure_sends_to_webhooks_reads_like_its_messages_on_the_bus()
    {
        const string Header = "\nX-Pagure-Topic: ";
        var posts = Directory.GetFiles(Captures.Folder("hooks"), "*.txt").Select(file => File.ReadAllText(file).ReplaceLineEndings("\n"))
            .Where(text => text.Contains(Header, StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(posts);
        Assert.All(posts, post =>
        {
            var topic = post.Split(Header)[1].Split('\n')[0];
            var body = JsonDocument.Parse(post[(post.IndexOf("\n\n", StringComparison.Ordinal) + 2)..]).RootElement.GetProperty("msg").GetRawText();
            Assert.IsNotType<MalformedBody>(MessageBody.Parse($"io.pagure.prod.pagure.{topic}", System.Text.Encoding.UTF8.GetBytes(body)));
            Assert.IsNotType<MalformedBody>(MessageBody.Parse($"org.fedoraproject.prod.pagure.{topic}", System.Text.Encoding.UTF8.GetBytes(body)));
        });
    }

    [Fact]
    public void A_build_is_told_with_source_target_and_times()
    {
        var message = Read("0004-*");

        var change = Assert.IsType<BuildStateChange>(MessageBody.Parse(message.Topic, message.Body));

        Assert.Equal(new BusBuild(1, "python-ogr", "1.1", "1.fc41.0123456", null, "packit"), change.Build);
        Assert.Equal("python-ogr-1.1-1.fc41.0123456", change.Build.Nvr);
        Assert.Equal((BuildState.Building, BuildState.Complete), (change.Old, change.New));
        Assert.Equal((1L, "build", "f41-candidate", false), (change.TaskId, change.Method, change.Request!.Target, change.Request.Scratch));
        Assert.Equal("0123456789abcdef0123456789abcdef01234567", change.Request.Commit);
        Assert.Equal("https://src.fedoraproject.org/rpms/python-ogr", change.Request.Repository!.AbsoluteUri);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 6, 14, 35, TimeSpan.Zero).AddMicroseconds(655520), change.CompletedAt);
        Assert.Null(Assert.IsType<BuildStateChange>(MessageBody.Parse(message.Topic, Read("0003-*").Body)).Old);
    }

    [Fact]
    public void A_push_to_a_fork_is_told_from_one_to_the_package()
    {
        var main = Assert.IsType<GitReceive>(Body("0049-*"));
        var fork = Assert.IsType<GitReceive>(Body("0053-*"));

        Assert.Equal(("rpms", "rust-foo", false, "maintainer"), (main.Repository.Namespace, main.Repository.Name, main.Repository.IsFork, main.Agent));
        Assert.Equal(("rpms", "rust-foo", true, "packit"), (fork.Repository.Namespace, fork.Repository.Name, fork.Repository.IsFork, fork.Repository.Owner));
        Assert.Equal(("rpms/rust-foo", null, 2), (fork.Repository.Parent, fork.OldCommit, fork.TotalCommits));
        Assert.Equal(("1e1d55300d020460626defc0e1f8f1caed2016df", "6fab2957e2eaddd5b043556eafbf51aca5d677ea"), (fork.StartCommit, fork.EndCommit));
        Assert.Equal(["rust-foo.spec", "sources"], main.ChangedFiles.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_comment_is_told_with_its_pull_request()
    {
        var comment = Assert.IsType<PullRequestComment>(Body("0014-*"));

        Assert.Equal((1L, "/packit build", "packit", false), (comment.Last.Id, comment.Last.Text, comment.Last.Author, comment.Last.IsNotification));
        Assert.Equal(comment.Last, comment.Find(1));
        Assert.Null(comment.Find(2));
        Assert.Equal((1L, "rpms/python-ogr", "rawhide", "rawhide-update"), (
            comment.PullRequest.Id, comment.PullRequest.Project.FullName, comment.PullRequest.Branch, comment.PullRequest.SourceBranch));
        Assert.Equal(("forks/packit/rpms/python-ogr", "packit", "Open"), (
            comment.PullRequest.Source!.FullName, comment.PullRequest.Author, comment.PullRequest.Status));
        Assert.Equal("dc921b6a4419090ba5b59656f7a2e0f4d1ddac37", comment.PullRequest.Head);
    }

    [Fact]
    public void An_edited_comment_is_told_alone()
    {
        // As Pagure's code sends it: the pull request without comments, the project, and the one comment.
        var message = Read("0014-*");
        var body = JsonNode.Parse(message.Body.Span)!;
        var edited = body["pullrequest"]!["comments"]![0]!.DeepClone();
        edited["editor"] = body["pullrequest"]!["user"]!.DeepClone();
        body["comment"] = edited;
        body["project"] = body["pullrequest"]!["project"]!.DeepClone();
        body["pullrequest"]!["comments"] = new JsonArray();
        var topic = message.Topic.Replace("comment.added", "comment.edited", StringComparison.Ordinal);

        var comment = Assert.IsType<PullRequestComment>(MessageBody.Parse(topic, System.Text.Encoding.UTF8.GetBytes(body.ToJsonString())));

        Assert.True(comment.IsEdit);
        Assert.Equal((1L, "/packit build", "packit"), (comment.Last.Id, comment.Last.Text, comment.Last.Author));
        Assert.Equal((1L, "rpms/python-ogr"), (comment.PullRequest.Id, comment.PullRequest.Project.FullName));
        Assert.False(Assert.IsType<PullRequestComment>(Body("0014-*")).IsEdit);
        body.AsObject().Remove("comment");
        Assert.IsType<MalformedBody>(MessageBody.Parse(topic, System.Text.Encoding.UTF8.GetBytes(body.ToJsonString())));
    }

    [Fact]
    public void A_merge_an_update_a_tag_and_a_scratch_task_are_told()
    {
        var closed = Assert.IsType<PullRequestClosed>(Body("0022-*"));
        var update = Assert.IsType<UpdateChanged>(Body("0143-*"));
        var commented = Assert.IsType<UpdateChanged>(Body("0083-*"));
        var tag = Assert.IsType<BuildTagged>(Body("0008-*"));
        var task = Assert.IsType<TaskStateChange>(Body("0009-*"));

        Assert.Equal((true, "maintainer", "maintainer"), (closed.Merged, closed.Agent, closed.PullRequest.ClosedBy));
        Assert.Equal(("complete.stable", "FEDORA-2026-0d86db9743", "stable", "F41", "f41-build-side-40"), (
            update.Change, update.Alias, update.Status, update.Release, update.FromTag));
        Assert.Equal(["packit-1.16-1.fc41.5555555"], update.Nvrs);
        Assert.Equal(("comment", "FEDORA-2026-1a2ee2a084", "testing"), (commented.Change, commented.Alias, commented.Request));
        Assert.Equal(("f41-updates-candidate", 4L, "packit", "python-ogr-1.3-1.fc41.1111111"), (tag.Tag, tag.TagId, tag.User, tag.Build.Nvr));
        Assert.Equal((6L, "build", TaskState.Free, TaskState.Open, true), (task.TaskId, task.Method, task.Old, task.New, task.Request!.Scratch));
        Assert.IsType<BuildUntagged>(Body("0108-*"));
    }

    private static MessageBody Body(string pattern)
    {
        var message = Read(pattern);
        return MessageBody.Parse(message.Topic, message.Body);
    }

    private static BusMessage Read(string pattern)
    {
        var file = Path.IsPathRooted(pattern) ? pattern : Assert.Single(Directory.GetFiles(Captures.Folder("amqp"), pattern));
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return MessageEnvelope.Read(document.RootElement)!;
    }
}
