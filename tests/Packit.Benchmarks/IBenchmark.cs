namespace Packit.Benchmarks;

/// <summary>One verb of the program.</summary>
internal interface IBenchmark
{
    string Verb { get; }

    /// <summary>One line: the verb with its options and their defaults, and what it measures.</summary>
    string Usage { get; }

    /// <summary>Measures and prints.</summary>
    /// <returns>The exit code: 0 when everything that was measured also worked.</returns>
    Task<int> RunAsync(Arguments arguments);
}
