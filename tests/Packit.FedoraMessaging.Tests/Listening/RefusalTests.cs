using Packit.Http;
using Packit.TestSupport;

namespace Packit.FedoraMessaging.Tests.Listening;

/// <summary>What the broker refuses, and what the listener says about it.</summary>
public sealed class RefusalTests(RabbitServer server) : IAsyncLifetime
{
    private readonly string _topic = RunningListener.NewTopic();
    private readonly MemorySink _sink = new();

    public async ValueTask InitializeAsync() => await server.StartAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_client_certificate_signs_in_over_tls_under_an_authority_of_our_own()
    {
        await using var publisher = await Publisher.ConnectAsync(server);
        await using var listener = await RunningListener.ConnectedAsync(WithCertificate(), _sink);

        await publisher.SendAsync(_topic, "over-tls", "{}");

        await Eventually.Is("stored", () => _sink.Kept.ContainsKey("over-tls"));
        Assert.InRange(listener.Status.Current.CertificateExpiresAt!.Value, DateTimeOffset.UtcNow.AddDays(29), DateTimeOffset.UtcNow.AddDays(31));
    }

    [Fact]
    public async Task A_password_signs_in_over_tls_too()
    {
        var settings = RunningListener.To(server, _topic) with { Url = server.Tls, AuthorityFile = server.Certificates.Authority };

        await using var listener = await RunningListener.ConnectedAsync(settings, _sink);

        Assert.Null(listener.Status.Current.Problem);
    }

    [Fact]
    public async Task A_broker_whose_certificate_comes_from_elsewhere_is_not_trusted()
    {
        foreach (var authority in new[] { server.Certificates.OtherAuthority, null })
        {
            await using var listener = RunningListener.Start(WithCertificate() with { AuthorityFile = authority }, _sink);

            Assert.Contains("TLS with the broker localhost", await listener.ProblemAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_broker_whose_certificate_has_another_name_is_not_trusted()
    {
        // The certificate is for localhost only.
        var settings = WithCertificate() with { Url = new UriBuilder(server.Tls) { Host = "127.0.0.1" }.Uri };
        await using var listener = RunningListener.Start(settings, _sink);

        Assert.Contains("TLS with the broker 127.0.0.1", await listener.ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_name_and_a_wrong_password_are_named()
    {
        await using var stranger = RunningListener.Start(
            WithCertificate() with { Login = new BrokerLogin.ByCertificate(server.Certificates.Stranger, server.Certificates.StrangerKey) }, _sink);
        await using var wrong = RunningListener.Start(
            RunningListener.To(server, _topic) with { Login = new BrokerLogin.ByPassword(RabbitServer.User, () => new Secret("wrong")) }, _sink);

        Assert.Contains("the name in the client certificate is not known there", await stranger.ProblemAsync(), StringComparison.Ordinal);
        Assert.Contains("refuses the login of user 'fedora'", await wrong.ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_files_that_cannot_be_read_are_named()
    {
        await using var missing = RunningListener.Start(
            WithCertificate() with { Login = new BrokerLogin.ByCertificate("/nonexistent/client.pem", "/nonexistent/client.key") }, _sink);
        await using var mixed = RunningListener.Start(
            WithCertificate() with { Login = new BrokerLogin.ByCertificate(server.Certificates.Client, server.Certificates.StrangerKey) }, _sink);

        Assert.Contains("/nonexistent/client.pem", await missing.ProblemAsync(), StringComparison.Ordinal);
        Assert.Contains("certificate files", await mixed.ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_name_that_is_no_uuid_is_refused_with_what_to_do()
    {
        await using var listener = RunningListener.Start(RunningListener.To(server, _topic, "packit"), _sink);

        Assert.Contains("must be named by a UUID", await listener.ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_of_other_properties_and_one_held_by_another_are_named()
    {
        await using var publisher = await Publisher.ConnectAsync(server);
        var other = Guid.NewGuid().ToString();
        await publisher.Channel.QueueDeclareAsync(other, durable: true, exclusive: false, autoDelete: true);
        var held = Guid.NewGuid().ToString();
        await publisher.Channel.QueueDeclareAsync(held, durable: true, exclusive: true, autoDelete: false);

        await using var differs = RunningListener.Start(RunningListener.To(server, _topic, other), _sink);
        await using var locked = RunningListener.Start(RunningListener.To(server, _topic, held), _sink);

        Assert.Contains("exists with other properties", await differs.ProblemAsync(), StringComparison.Ordinal);
        Assert.Contains("held by another connection", await locked.ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_that_operators_make_is_not_declared_here()
    {
        await using var publisher = await Publisher.ConnectAsync(server);
        var queue = Guid.NewGuid().ToString();
        var settings = RunningListener.To(server, _topic, queue) with { Declares = false };
        await using var early = RunningListener.Start(settings, _sink);
        Assert.Contains("no such queue", await early.ProblemAsync(), StringComparison.Ordinal);

        await publisher.Channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false);

        await Eventually.Is("connected", () => early.Status.Current.State == ListenerState.Connected);
    }

    [Fact]
    public async Task A_broker_that_is_away_is_said_to_be()
    {
        var nowhere = new UriBuilder(server.Plain) { Port = 1 }.Uri;
        await using var listener = RunningListener.Start(RunningListener.To(server, _topic) with { Url = nowhere }, _sink);

        Assert.Contains("cannot be reached", await listener.ProblemAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0f6e2f1c-52a2-4c1e-9d6c-2f8f8f0a6a11", null)]
    [InlineData("0F6E2F1C-52A2-4C1E-9D6C-2F8F8F0A6A11", "UUID in lower case")]
    [InlineData("packit", "uuidgen")]
    [InlineData("", "needs a name")]
    public void The_queue_name_is_checked_for_the_public_broker(string name, string? problem)
    {
        var said = BrokerSettings.ProblemOfQueueName(name, new Uri("amqps://rabbitmq.fedoraproject.org/%2Fpublic_pubsub"));

        Assert.Equal(problem is null, said is null);
        Assert.Contains(problem ?? "", said ?? "", StringComparison.Ordinal);
        Assert.Null(BrokerSettings.ProblemOfQueueName("packit_queue", new Uri("amqps://rabbitmq.fedoraproject.org/%2Fpubsub")));
    }

    private BrokerSettings WithCertificate() => RunningListener.To(server, _topic) with
    {
        Url = server.Tls,
        AuthorityFile = server.Certificates.Authority,
        Login = new BrokerLogin.ByCertificate(server.Certificates.Client, server.Certificates.ClientKey),
    };
}
