namespace Packit.TestSupport;

public sealed partial class RabbitServer
{
    static partial void SkipTest(string reason) => Assert.Skip(reason);
}
