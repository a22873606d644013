using System.Text;
using System.Text.Json;
using Packit.FedoraMessaging;

namespace Packit.FedoraMessaging.Tests.Messages;

/// <summary>Bodies and envelopes that are not what they should be.</summary>
public sealed class HostileMessageTests
{
    private const string Prefix = "org.fedoraproject.prod.";
    private const string Commit = "1e1d55300d020460626defc0e1f8f1caed2016df";

    private const string Push = """
        {"agent":"maint","branch":"f43","end_commit":"1e1d55300d020460626defc0e1f8f1caed2016df",
         "repo":{"name":"foo","namespace":"rpms","fullname":"rpms/foo"}}
        """;

    private const string Build = """
        {"instance":"primary","attribute":"state","build_id":7,"task_id":9,"name":"foo","version":"1.0","release":"1.fc43","owner":"packit",
         "old":0,"new":1,"request":["git+https://src.example/rpms/foo.git#1e1d55300d020460626defc0e1f8f1caed2016df","f43-candidate",{}]}
        """;

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"repo\":")]
    [InlineData("{} trailing")]
    public void What_is_no_json_object_is_malformed_under_every_topic(string body)
    {
        foreach (var topic in new[] { BusTopics.GitReceive, BusTopics.BuildState, BusTopics.Tag, "bodhi.update.comment", "something.else" })
        {
            Assert.IsType<MalformedBody>(Parse(topic, body));
        }
    }

    [Theory]
    [InlineData("\"agent\":\"maint\",", "")]
    [InlineData("\"end_commit\":\"1e1d", "\"end_commit\":\"xxxx")]
    [InlineData("\"branch\":\"f43\"", "\"branch\":43")]
    [InlineData("\"branch\":\"f43\"", "\"branch\":\"\"")]
    [InlineData("\"branch\":\"f43\"", "\"branch\":\"f43\",\"branch\":\"f42\"")]
    [InlineData("\"fullname\":\"rpms/foo\"", "\"fullname\":null")]
    [InlineData("{\"name\":\"foo\"", "{\"nam\":\"foo\"")]
    public void A_push_without_a_field_that_is_used_is_malformed(string good, string bad)
    {
        Assert.IsType<GitReceive>(Parse(BusTopics.GitReceive, Push));

        var malformed = Assert.IsType<MalformedBody>(Parse(BusTopics.GitReceive, Push.Replace(good, bad, StringComparison.Ordinal)));

        Assert.Contains("pagure.git.receive", malformed.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"instance\":\"primary\"", "\"instance\":\"s390\"", "s390")]
    [InlineData("\"attribute\":\"state\"", "\"attribute\":\"volume_id\"", "volume_id")]
    public void A_message_of_another_koji_or_of_another_field_concerns_nobody(string good, string other, string said) =>
        Assert.Contains(said, Assert.IsType<OtherBody>(Parse(BusTopics.BuildState, Build.Replace(good, other, StringComparison.Ordinal))).Why, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"new\":1", "\"new\":9")]
    [InlineData("\"name\":\"foo\"", "\"name\":\"../foo\"")]
    [InlineData("\"version\":\"1.0\"", "\"version\":\"1 0\"")]
    [InlineData("\"instance\":\"primary\",", "")]
    public void A_build_with_impossible_fields_is_malformed(string good, string bad) =>
        Assert.IsType<MalformedBody>(Parse(BusTopics.BuildState, Build.Replace(good, bad, StringComparison.Ordinal)));

    [Fact]
    public void A_build_without_task_and_request_is_an_import()
    {
        var import = Assert.IsType<BuildStateChange>(Parse(
            BusTopics.BuildState,
            """{"instance":"primary","build_id":7,"task_id":null,"task":null,"request":null,"name":"foo","version":"1","release":"2","owner":"o","new":1,"creation_time":1574794962.5}"""));

        Assert.Equal((null, null, null), (import.TaskId, import.Request, import.Method));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1574794962500), import.CreatedAt);
    }

    [Theory]
    [InlineData("""["repo","f43-image",["x86_64"],"target","kickstart",{}]""", "image")]
    [InlineData("""{"a":1}""", "build")]
    [InlineData("""[1,2,3]""", "build")]
    [InlineData("""["only one"]""", "build")]
    public void The_request_of_what_is_no_rpm_build_is_not_guessed_at(string request, string method)
    {
        var body = $$"""
            {"instance":"primary","build_id":7,"name":"foo","version":"1","release":"2","owner":"o","new":1,"request":{{request}},
             "task":{"method":"{{method}}","children":[{"method":"buildArch","arch":"noarch","id":3}]} }
            """;

        var change = Assert.IsType<BuildStateChange>(Parse(BusTopics.BuildState, body));

        Assert.Null(change.Request);
        Assert.Equal(new BusTask(3, "buildArch", "noarch", null), Assert.Single(change.Children));
    }

    [Theory]
    [InlineData("cli-build/1234.abcd/foo.src.rpm", null, null)]
    [InlineData("git+https://src.example/rpms/foo.git#rawhide", "https://src.example/rpms/foo", null)]
    [InlineData("git+https://src.example/rpms/foo?#" + Commit, "https://src.example/rpms/foo", Commit)]
    public void A_source_tells_repository_and_commit_only_when_it_has_them(string source, string? repository, string? commit)
    {
        var request = new BusBuildRequest(source, "f43", Scratch: false);

        Assert.Equal((repository, commit), (request.Repository?.AbsoluteUri, request.Commit));
    }

    [Fact]
    public void Depth_size_and_encoding_are_limited()
    {
        var deep = new string('[', 100_000);

        Assert.IsType<MalformedBody>(Parse(BusTopics.GitReceive, $"{{\"repo\":{deep}"));
        Assert.IsType<MalformedBody>(MessageBody.Parse(Prefix + BusTopics.GitReceive, new byte[BusMessage.MaxBodyBytes + 1]));
        Assert.IsType<MalformedBody>(MessageBody.Parse(Prefix + "other.topic", new byte[] { (byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}' }));
    }

    [Theory]
    [InlineData("org.fedoraproject.prod.pagure.git.receive", "pagure.git.receive")]
    [InlineData("org.fedoraproject.stg.pagure.git.receive", "pagure.git.receive")]
    [InlineData("org.centos.prod.pagure.git.receive", null)]
    [InlineData("pagure.git.receive", null)]
    public void A_topic_is_known_by_what_stands_behind_its_prefix(string topic, string? subject) => Assert.Equal(subject, BusTopics.Subject(topic));

    [Fact]
    public void A_reason_never_carries_control_characters_of_others()
    {
        var malformed = Assert.IsType<MalformedBody>(Parse(BusTopics.GitReceive, Push.Replace("1e1d5", "\\u001b[2J\\n", StringComparison.Ordinal)));

        Assert.DoesNotContain(malformed.Reason, char.IsControl);
    }

    [Fact]
    public void A_message_without_a_usable_id_gets_one_from_its_content()
    {
        var one = Envelope("""{"topic":"a.b","id":"with space","body":{"x":1}}""");
        var same = Envelope("""{"topic":"a.b","body":{"x":1}}""");
        var other = Envelope("""{"topic":"a.b","body":{"x":2}}""");

        Assert.StartsWith("sha256:", one.Id, StringComparison.Ordinal);
        Assert.Equal(one.Id, same.Id);
        Assert.NotEqual(one.Id, other.Id);
    }

    [Fact]
    public void An_envelope_that_cannot_be_kept_says_so_and_one_without_topic_is_none()
    {
        var large = Envelope($$"""{"topic":"a.b","id":"1","body":"{{new string('x', BusMessage.MaxBodyBytes)}}"}""");
        var nameless = Envelope("""{"topic":"a b","id":"1","headers":{"sent-at":"yesterday","fedora_messaging_severity":"20"},"body":{}}""");

        Assert.Equal((0, true), (large.Body.Length, large.Problem!.Contains("was not kept", StringComparison.Ordinal)));
        Assert.Equal(("invalid", null, null), (nameless.Topic, nameless.SentAt, nameless.Severity));
        Assert.Contains("The topic is none: a b", nameless.Problem, StringComparison.Ordinal);
        using var document = JsonDocument.Parse("""{"id":"1","body":{}}""");
        Assert.Null(MessageEnvelope.Read(document.RootElement));
    }

    private static BusMessage Envelope(string json)
    {
        using var document = JsonDocument.Parse(json);
        return MessageEnvelope.Read(document.RootElement)!;
    }

    private static MessageBody Parse(string topic, string body) => MessageBody.Parse(Prefix + topic, Encoding.UTF8.GetBytes(body));
}
