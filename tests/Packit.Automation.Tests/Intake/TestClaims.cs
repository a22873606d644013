using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Intake;
using Packit.Automation.Storage;
using Packit.TestSupport;

namespace Packit.Automation.Tests.Intake;

/// <summary>The claims of one reader, without the reader.</summary>
internal sealed class TestClaims : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private TestClaims(ServiceProvider services)
    {
        _services = services;
        Claims = new InboxClaims(services.GetRequiredService<Database>(), "test");
    }

    public InboxClaims Claims { get; }

    public static TestClaims Open(TestDatabase database) => new(new ServiceCollection()
        .AddLogging()
        .AddPackitStorage(new ConfigurationBuilder().AddInMemoryCollection(database.Settings).Build().GetSection("Database"))
        .BuildServiceProvider());

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
