using System.Text;
using System.Xml;

namespace Packit.Koji;

/// <summary>
/// The arguments of a task. Where the hub was asked to decode them they are a list; else they are the call itself as the database
/// keeps it, XML within XML, and in very old rows Base64 of that.
/// </summary>
internal static class TaskArguments
{
    private static readonly RpcLimits Limits = new(1024 * 1024, MaxValues: 10_000);

    /// <returns>Null when there are none or they cannot be read.</returns>
    public static IReadOnlyList<RpcValue>? Read(RpcValue request) => request switch
    {
        RpcValue.List list => list.Items,
        RpcValue.Text text => Read(text.Value),
        _ => null,
    };

    private static IReadOnlyList<RpcValue>? Read(string stored)
    {
        try
        {
            var text = stored.StartsWith('<') ? stored : Encoding.UTF8.GetString(Convert.FromBase64String(stored));
            return RpcReader.Read(text, Limits) is RpcDocument.Call call ? call.Parameters : null;
        }
        catch (Exception unreadable) when (unreadable is XmlException or FormatException)
        {
            return null;
        }
    }
}
