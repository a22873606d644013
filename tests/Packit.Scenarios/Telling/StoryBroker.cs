using Packit.Sandbox.Bus;
using Packit.TestSupport;

namespace Packit.Scenarios.Telling;

/// <summary>A real broker between the world and the service.</summary>
public sealed class StoryBroker : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("packit-broker-");

    private StoryBroker(Uri address)
    {
        var secret = Path.Combine(_folder.FullName, "password");
        File.WriteAllText(secret, RabbitServer.Password);
        World = new BrokerOptions(new UriBuilder(address) { UserName = RabbitServer.User, Password = Uri.EscapeDataString(RabbitServer.Password) }.Uri);
        Settings = new Dictionary<string, string?>
        {
            ["Messaging:BrokerUrl"] = address.AbsoluteUri, ["Messaging:Queue"] = Guid.NewGuid().ToString(),
            ["Messaging:User"] = RabbitServer.User, ["Messaging:PasswordFile"] = secret,
        };
    }

    /// <summary>Where the world sends its messages.</summary>
    public BrokerOptions World { get; }

    /// <summary>What the service listens to: a queue of its own.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; }

    /// <summary>Starts the broker of the test run when it is not running.</summary>
    public static async Task<StoryBroker> StartAsync(RabbitServer rabbit)
    {
        ArgumentNullException.ThrowIfNull(rabbit);
        await rabbit.StartAsync();
        return new StoryBroker(rabbit.Plain);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
