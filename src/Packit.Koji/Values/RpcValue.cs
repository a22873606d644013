using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Packit.Koji;

/// <summary>
/// A value as Koji's hub sends and takes them. Dates are <see cref="Text"/>, with a twin <c>…_ts</c> that is a <see cref="Real"/>.
/// </summary>
/// <remarks>Koji: <c>koji/xmlrpcplus.py</c>, which is XML-RPC with <c>nil</c> and <c>i8</c>.</remarks>
public abstract record RpcValue
{
    private RpcValue()
    {
    }

    /// <summary>Nothing: <c>&lt;nil/&gt;</c>.</summary>
    public static RpcValue None { get; } = new Nil();

    /// <summary>Null stays null, which as a member of a struct means that it is left out; <see cref="None"/> is the nil of the wire.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator RpcValue?(string? value) => value is null ? null : new Text(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator RpcValue?(long? value) => value is null ? null : new Whole(value.Value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator RpcValue?(bool? value) => value is null ? null : new Flag(value.Value);

    /// <summary>A list of texts.</summary>
    public static RpcValue Of(IEnumerable<string> texts) => new List([.. texts.Select(static text => new Text(text))]);

    /// <summary>A list of whole numbers.</summary>
    public static RpcValue Of(IEnumerable<long> numbers) => new List([.. numbers.Select(static number => new Whole(number))]);

    /// <summary>A struct of members; a member that is null is left out.</summary>
    public static Struct Of(params (string Name, RpcValue? Value)[] members) =>
        new(members.Where(static member => member.Value is not null).ToImmutableDictionary(static member => member.Name, static member => member.Value!));

    public sealed record Nil : RpcValue;

    public sealed record Flag(bool Value) : RpcValue;

    /// <summary><c>int</c>, <c>i4</c> and <c>i8</c>: what fits into 64 bits.</summary>
    public sealed record Whole(long Value) : RpcValue;

    public sealed record Real(double Value) : RpcValue;

    public sealed record Text(string Value) : RpcValue;

    public sealed record Bytes(ReadOnlyMemory<byte> Value) : RpcValue;

    public sealed record List(ImmutableArray<RpcValue> Items) : RpcValue;

    /// <summary>Names are always texts, also where the hub's own value had numbers for keys.</summary>
    public sealed record Struct(ImmutableDictionary<string, RpcValue> Members) : RpcValue
    {
        /// <summary>Null when there is no such member.</summary>
        public RpcValue? this[string name] => Members.GetValueOrDefault(name);
    }
}
