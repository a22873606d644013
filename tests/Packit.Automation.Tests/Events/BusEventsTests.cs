using System.Text;
using Packit.Automation.Events;
using Packit.Automation.Storage;

namespace Packit.Automation.Tests.Events;

public sealed class BusEventsTests
{
    [Fact]
    public void A_push_to_a_package_is_an_event()
    {
        var push = Assert.IsType<ServiceEvent.DistGitPushed>(Read("pagure.git.receive", Push("rpms/hello")));

        Assert.Equal(("rpms/hello", "f43", 5), (push.Project.FullName, push.Push.Branch, push.Push.PullRequestId));
    }

    [Theory]
    [InlineData("forks/packit/rpms/hello")]
    public void A_push_to_a_fork_is_not_for_us(string fullName) =>
        Assert.IsType<ServiceEvent.NotForUs>(Read("pagure.git.receive", Push(fullName)));

    [Theory]
    [InlineData("rpms/other")]
    [InlineData("rpms/../hello")]
    [InlineData("hello")]
    public void A_push_whose_names_contradict_each_other_is_refused(string fullName) =>
        Assert.IsType<ServiceEvent.Unreadable>(Read("pagure.git.receive", Push(fullName)));

    [Theory]
    [InlineData("build", "packit", true)]
    [InlineData("build", "releng", false)]
    [InlineData("image", "packit", false)]
    public void Builds_of_rpms_are_events_unless_release_engineering_made_them(string method, string owner, bool isEvent)
    {
        var happened = Read("buildsys.build.state.change", Build(method, owner));

        Assert.Equal(isEvent, happened is ServiceEvent.BuildChanged { Change.TaskId: 80 });
    }

    [Theory]
    [InlineData("pagure.git.receive", "no json")]
    [InlineData("pagure.git.receive", "{}")]
    public void What_cannot_be_read_is_an_event_of_its_own(string topic, string body) => Assert.IsType<ServiceEvent.Unreadable>(Read(topic, body));

    [Fact]
    public void A_topic_that_nobody_asked_for_is_not_for_us() => Assert.IsType<ServiceEvent.NotForUs>(Read("pagure.project.new", "{}"));

    private static ServiceEvent Read(string topic, string body) => BusEvents.Read(new InboxDelivery
    {
        Source = DeliverySource.FedoraMessaging, DeliveryId = "m1", EventType = $"org.fedoraproject.prod.{topic}", Body = Encoding.UTF8.GetBytes(body),
        ReceivedAt = DateTimeOffset.UnixEpoch, NextAttemptAt = DateTimeOffset.UnixEpoch,
    });

    private static string Push(string fullName) => $$$$"""
        {"agent": "maint", "branch": "f43", "end_commit": "{{{{new string('a', 40)}}}}", "old_commit": "{{{{new string('b', 40)}}}}", "total_commits": 1,
         "forced": false, "pull_request_id": 5, "changed_files": {"hello.spec": "M"},
         "repo": {"namespace": "rpms", "name": "hello", "fullname": "{{{{fullName}}}}", "parent": null, "user": {"name": "maint"}}}
        """;

    private static string Build(string method, string owner) => $$$$"""
        {"instance": "primary", "attribute": "state", "build_id": 9, "task_id": 80, "owner": "{{{{owner}}}}", "name": "hello", "version": "1.1", "release": "1.fc43",
         "epoch": null, "old": 0, "new": 1, "request": ["git+https://src.example/rpms/hello.git#{{{{new string('a', 40)}}}}", "f43-candidate", {}],
         "task": {"method": "{{{{method}}}}", "children": []}}
        """;
}
