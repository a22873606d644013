using Packit.Benchmarks;
using Packit.Benchmarks.Commands;
using Packit.Benchmarks.Editing;
using Packit.Benchmarks.Ingest;
using Packit.Benchmarks.Messages;
using Packit.Benchmarks.Push;
using Packit.Benchmarks.Release;

// Each benchmark is a verb; its options are written as --name value.
IBenchmark[] benchmarks =
[
    new IngestBenchmark(), new IngestLoad(), new ReleaseBenchmark(), new EditingBenchmark(), new ConfigBenchmark(), new MessagesBenchmark(), new PushBenchmark(), new CommandsBenchmark(),
];

if (benchmarks.FirstOrDefault(benchmark => benchmark.Verb == args.FirstOrDefault()) is { } chosen)
{
    try
    {
        return await chosen.RunAsync(Arguments.Parse(args.AsSpan(1)));
    }
    catch (UsageException wrong)
    {
        await Console.Error.WriteLineAsync(wrong.Message);
        return 2;
    }
}

await Console.Error.WriteLineAsync("dotnet run -c Release --project tests/Packit.Benchmarks -- VERB [OPTIONS]");
foreach (var benchmark in benchmarks)
{
    await Console.Error.WriteLineAsync($"  {benchmark.Usage}");
}

return 2;
