using System.Text;

namespace Packit.PackageConfig.Tests;

/// <summary>Short ways to read a configuration in a story.</summary>
internal static class Yaml
{
    public static ConfigReading Read(string yaml, params string[] files) => Read(Encoding.UTF8.GetBytes(yaml), files);

    public static ConfigReading Read(byte[] yaml, params string[] files) => PackageConfigReader.Read(
        yaml, new ConfigSource { RepositoryName = "hello", TopLevelFiles = files.Length == 0 ? ["README.md", "hello.spec"] : files });

    /// <summary>The configuration of a file that must be good.</summary>
    public static PackitConfig Config(string yaml)
    {
        var reading = Read(yaml);
        Assert.True(reading.IsValid, string.Join('\n', reading.Problems));
        return reading.Config!;
    }

    /// <summary>The settings of a file without jobs.</summary>
    public static PackageSettings Settings(string yaml) => Assert.Single(Config(yaml + "\njobs: []").Packages).Value;

    /// <summary>The only problem of a file.</summary>
    public static ConfigProblem Problem(string yaml) => Assert.Single(Read(yaml).Problems);
}
