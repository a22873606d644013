using System.Diagnostics;
using System.Globalization;
using Packit.PackageConfig;

namespace Packit.Benchmarks.Editing;

/// <summary>Reads every package config of a folder, as a process does that has just started and as one that runs.</summary>
internal sealed class ConfigBenchmark : IBenchmark
{
    private const int Rounds = 20;

    public string Verb => "configs";

    public string Usage => "configs --folder DIR                                  every package config of a folder: all of them cold, then all of them warm (median)";

    public Task<int> RunAsync(Arguments arguments)
    {
        var folder = arguments.Text("folder", "");
        if (!Directory.Exists(folder))
        {
            throw new UsageException("--folder must name a folder with package configs.");
        }

        var files = Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToList();
        var cold = ReadAll(files);
        var warm = Enumerable.Range(0, Rounds).Select(_ => ReadAll(files)).Order().ElementAt(Rounds / 2);
        Console.WriteLine("files   bytes     cold ms   warm ms");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{files.Count,5}   {files.Sum(file => file.Length),7}   {cold,7:0.0}   {warm,7:0.0}"));
        return Task.FromResult(0);
    }

    private static double ReadAll(IEnumerable<byte[]> files)
    {
        var begun = Stopwatch.GetTimestamp();
        foreach (var file in files)
        {
            _ = PackageConfigReader.Read(file, new ConfigSource { RepositoryName = "hello" });
        }

        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }
}
