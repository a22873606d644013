using System.Text.Json;
using System.Text.Json.Nodes;

namespace Packit.Sandbox.Koji;

/// <summary>The <c>queryOpts</c> that many methods take: order, offset, limit, countOnly.</summary>
internal static class QueryOptions
{
    private static readonly Comparer<JsonNode?> Order = Comparer<JsonNode?>.Create((left, right) =>
    {
        if (left is null || right is null)
        {
            // PostgreSQL sorts nulls behind all others.
            return (left is null ? 1 : 0) - (right is null ? 1 : 0);
        }

        return left.GetValueKind() == JsonValueKind.Number && right.GetValueKind() == JsonValueKind.Number
            ? double.Parse(left.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture)
                .CompareTo(double.Parse(right.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture))
            : string.CompareOrdinal(left.ToString(), right.ToString());
    });

    public static JsonNode Apply(IEnumerable<JsonObject> rows, JsonObject? options)
    {
        var all = rows.ToList();
        if (options is null)
        {
            return Array(all);
        }

        if (Arguments.StringOrNull(options["order"]) is { } order)
        {
            foreach (string key in order.Split(',', StringSplitOptions.TrimEntries).Reverse())
            {
                string name = key.TrimStart('-');
                if (all.Count > 0 && !all[0].ContainsKey(name))
                {
                    throw HubFault.Generic($"Invalid order: {name}");
                }

                all = key.StartsWith('-') ? [.. all.OrderByDescending(row => row[name], Order)] : [.. all.OrderBy(row => row[name], Order)];
            }
        }

        var page = all.Skip(Arguments.IntOrNull(options["offset"]) ?? 0);
        var limited = (Arguments.IntOrNull(options["limit"]) is { } limit ? page.Take(limit) : page).ToList();
        return Arguments.IsTrue(options["countOnly"]) ? limited.Count : Array(limited);
    }

    private static JsonArray Array(IEnumerable<JsonObject> rows) => [.. rows];
}
