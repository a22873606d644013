using System.Globalization;

namespace Packit.Koji.Tests.Codec;

/// <summary>Values as text, members by name: what is equal looks equal.</summary>
internal static class Values
{
    public static string Show(RpcValue value) => value switch
    {
        RpcValue.Nil => "nil",
        RpcValue.Flag flag => flag.Value ? "true" : "false",
        RpcValue.Whole whole => whole.Value.ToString(CultureInfo.InvariantCulture),
        RpcValue.Real real => real.Value.ToString("R", CultureInfo.InvariantCulture),
        RpcValue.Text text => $"'{text.Value}'",
        RpcValue.Bytes bytes => $"bytes {Convert.ToHexStringLower(bytes.Value.Span)}",
        RpcValue.List list => $"[{string.Join(", ", list.Items.Select(Show))}]",
        RpcValue.Struct record => $"{{{string.Join(", ", record.Members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{member.Key}: {Show(member.Value)}"))}}}",
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };
}
