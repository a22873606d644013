namespace Packit.TestSupport;

public sealed partial class PostgresServer
{
    static partial void SkipTest(string reason) => Assert.Skip(reason);
}
