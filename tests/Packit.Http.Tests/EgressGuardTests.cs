using System.Net;

namespace Packit.Http.Tests;

public class EgressGuardTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    public void Addresses_that_are_not_public_are_refused(string address) =>
        Assert.False(new EgressGuard(EgressPolicy.Public).Allows(IPAddress.Parse(address)));

    [Theory]
    [InlineData("140.82.121.4")]
    [InlineData("172.32.0.1")]
    [InlineData("2606:50c0:8000::153")]
    public void Public_addresses_pass(string address) =>
        Assert.True(new EgressGuard(EgressPolicy.Public).Allows(IPAddress.Parse(address)));

    [Fact]
    public void Loopback_passes_only_where_the_policy_says_so()
    {
        Assert.True(new EgressGuard(EgressPolicy.Loopback).Allows(IPAddress.Loopback));
        Assert.True(new EgressGuard(EgressPolicy.Loopback).Allows(IPAddress.Parse("::ffff:127.0.0.1")));
        Assert.False(new EgressGuard(EgressPolicy.Loopback).Allows(IPAddress.Parse("10.0.0.1")));
    }

    [Theory]
    [InlineData("http://example.org/a.tar.gz", "Only https")]
    [InlineData("ftp://example.org/a.tar.gz", "Only https")]
    [InlineData("file:///etc/passwd", "Only https")]
    [InlineData("https://user:pw@example.org/a.tar.gz", "user name")]
    [InlineData("https://example.org:22/a.tar.gz", "Port 22")]
    public void A_url_that_may_not_be_fetched_is_refused_with_its_reason(string url, string reason)
    {
        var denied = Assert.Throws<EgressDeniedException>(() => new EgressGuard(EgressPolicy.Public).Check(new Uri(url)));
        Assert.Contains(reason, denied.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pw", denied.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_resolves_to_loopback_is_refused_when_connecting()
    {
        using var client = HttpClients.Create(
            new HttpClientSettings { Egress = EgressPolicy.Public with { AllowHttp = true }, Retries = 0 }, TimeProvider.System);
        var failed = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("http://localhost:9/"));
        Assert.IsType<EgressDeniedException>(failed.InnerException);
    }
}
