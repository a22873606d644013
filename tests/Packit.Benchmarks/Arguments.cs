namespace Packit.Benchmarks;

/// <summary>Options of a verb: <c>--name value</c>.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = [];

    /// <exception cref="UsageException">A name has no value, or a value no name.</exception>
    public static Arguments Parse(ReadOnlySpan<string> arguments)
    {
        var parsed = new Arguments();
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == arguments.Length)
            {
                throw new UsageException($"'{arguments[i]}' is not an option with a value.");
            }

            parsed._values[arguments[i][2..]] = arguments[i + 1];
        }

        return parsed;
    }

    public string Text(string name, string otherwise) => _values.GetValueOrDefault(name, otherwise);

    /// <exception cref="UsageException">The value is no number from <paramref name="least"/> to <paramref name="most"/>.</exception>
    public int Number(string name, int otherwise, int least, int most) =>
        !_values.TryGetValue(name, out var text) ? otherwise
        : int.TryParse(text, out var number) && number >= least && number <= most ? number
        : throw new UsageException($"--{name} must be a number from {least} to {most}.");
}

/// <summary>The command line is wrong; the message says how.</summary>
internal sealed class UsageException(string message) : Exception(message);
