using System.Net;
using System.Net.Http.Headers;
using Packit.PackageConfig;
using Packit.Service.Tests.Support;

namespace Packit.Service.Tests.Schema;

public sealed class SchemaEndpointTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    private const string Address = "/schema/packit.json";

    [Fact]
    public async Task The_schema_is_served_as_the_command_writes_it()
    {
        using var answer = await host.Http.GetAsync(Address);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/schema+json", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(PackageConfigSchema.Json(), await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Editors_may_keep_it_for_an_hour_and_read_it_from_any_page()
    {
        using var answer = await host.Http.GetAsync(Address);

        Assert.Equal((true, TimeSpan.FromHours(1)), (answer.Headers.CacheControl!.Public, answer.Headers.CacheControl.MaxAge));
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Fact]
    public async Task Who_has_it_already_is_told_that_it_is_the_same()
    {
        using var first = await host.Http.GetAsync(Address);
        using var again = new HttpRequestMessage(HttpMethod.Get, Address);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var other = new HttpRequestMessage(HttpMethod.Get, Address);
        other.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"another\""));

        using var same = await host.Http.SendAsync(again);
        using var changed = await host.Http.SendAsync(other);

        Assert.False(first.Headers.ETag!.IsWeak);
        Assert.Equal((HttpStatusCode.NotModified, 0), (same.StatusCode, (await same.Content.ReadAsByteArrayAsync()).Length));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Fact]
    public async Task Its_head_can_be_asked_for()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, Address);
        using var answer = await host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(PackageConfigSchema.Json().Length, answer.Content.Headers.ContentLength);
    }
}
