using Packit.TestSupport;

[assembly: AssemblyFixture(typeof(PostgresServer))]
