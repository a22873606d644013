using System.Globalization;
using Packit.Http;

namespace Packit.Koji;

/// <summary>A value of an answer with the place where it stands, so that a wrong one can be named.</summary>
internal readonly record struct Answer(RpcValue Value, string Where)
{
    public bool IsNil => Value is RpcValue.Nil;

    public Answer this[string name] => Value is RpcValue.Struct members
        ? new Answer(members[name] ?? RpcValue.None, $"{Where}.{RemoteText.Clean(name)}")
        : throw Wrong("a struct");

    public IEnumerable<Answer> Items() => Value is RpcValue.List list
        ? list.Items.Select(At)
        : throw Wrong("a list");

    public List<T> List<T>(Func<Answer, T> read) => [.. Items().Select(read)];

    public T? OrNull<T>(Func<Answer, T> read)
        where T : class => IsNil ? null : read(this);

    public string Text() => TextOrNull() ?? throw Wrong("a text");

    public string? TextOrNull() => Value switch
    {
        RpcValue.Text text => text.Value,
        RpcValue.Nil => null,
        _ => throw Wrong("a text"),
    };

    public int Number() => NumberOrNull() ?? throw Wrong("a whole number");

    /// <summary>A number of 32 bits. The side tag plugin and file sizes come as texts, so these are accepted too.</summary>
    public int? NumberOrNull() => LongOrNull() switch
    {
        null => null,
        >= int.MinValue and <= int.MaxValue and var number => (int)number,
        _ => throw Wrong("a whole number of 32 bits"),
    };

    public long? LongOrNull() => Value switch
    {
        RpcValue.Whole whole => whole.Value,
        RpcValue.Text text when long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        RpcValue.Nil => null,
        _ => throw Wrong("a whole number"),
    };

    /// <summary>False when it is nil, as older hubs leave some out.</summary>
    public bool Flag() => Value switch
    {
        RpcValue.Flag flag => flag.Value,
        RpcValue.Whole { Value: 0 or 1 } number => number.Value == 1,
        RpcValue.Nil => false,
        _ => throw Wrong("a boolean"),
    };

    /// <summary>One of the states of an enumeration, which are numbers on the wire.</summary>
    public T State<T>()
        where T : struct, Enum
    {
        var number = Number();
        var state = (T)Enum.ToObject(typeof(T), number);
        return Enum.IsDefined(state) ? state : throw Wrong($"a {typeof(T).Name}");
    }

    /// <summary>The member <c>name_ts</c> (seconds of the epoch), else <c>name_time</c> (a text).</summary>
    public DateTimeOffset? Time(string name)
    {
        var stamp = this[name + "_ts"];
        return stamp.IsNil ? this[name + "_time"].Time() : stamp.Time();
    }

    public DateTimeOffset? Time() => Value switch
    {
        RpcValue.Nil => null,
        RpcValue.Real { Value: >= 0 and < 1e11 } real => DateTimeOffset.UnixEpoch.AddTicks((long)Math.Round(real.Value * 1e6) * TimeSpan.TicksPerMicrosecond),
        RpcValue.Whole { Value: >= 0 and < 100_000_000_000 } whole => DateTimeOffset.FromUnixTimeSeconds(whole.Value),
        RpcValue.Text text when DateTimeOffset.TryParse(
            text.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) => time,
        _ => throw Wrong("a time"),
    };

    public KojiException Wrong(string expected) =>
        new(RemoteFailure.Unexpected, $"Koji's answer cannot be understood: {Where} is {Kind(Value)}, and {expected} was expected.");

    private static string Kind(RpcValue value) => value switch
    {
        RpcValue.Nil => "nil",
        RpcValue.Text text => $"the text '{RemoteText.Clean(text.Value)}'",
        RpcValue.Whole whole => $"the number {whole.Value}",
        RpcValue.Flag => "a boolean",
        RpcValue.Real => "a fraction",
        RpcValue.Bytes => "bytes",
        RpcValue.List => "a list",
        _ => "a struct",
    };

    private Answer At(RpcValue item, int index) => new(item, $"{Where}[{index}]");
}
