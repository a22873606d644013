using Packit.TestSupport;

[assembly: AssemblyFixture(typeof(RabbitServer))]
