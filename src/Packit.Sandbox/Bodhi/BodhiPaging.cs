using System.Globalization;
using System.Text.Json.Nodes;

namespace Packit.Sandbox.Bodhi;

/// <summary>A page of a list: <c>page</c> from 1, <c>rows_per_page</c> from 1 to 1000 with 20 as the default.</summary>
internal sealed record BodhiPaging(int Page, int Rows)
{
    private const int UsualRows = 20;
    private const int MostRows = 1000;

    public static BodhiPaging Of(BodhiCall call) =>
        new(Number(call, "page", 1, int.MaxValue), Number(call, "rows_per_page", UsualRows, MostRows));

    /// <summary>The answer's body with the page of these items under a name.</summary>
    public JsonObject Answer<T>(string name, IReadOnlyList<T> all, Func<T, JsonObject> shape) => new()
    {
        [name] = new JsonArray([.. all.Skip((Page - 1) * Rows).Take(Rows).Select(shape)]),
        ["page"] = Page,
        ["pages"] = (all.Count + Rows - 1) / Rows,
        ["rows_per_page"] = Rows,
        ["total"] = all.Count,
    };

    private static int Number(BodhiCall call, string name, int usual, int most)
    {
        string? text = call.Http.Request.Query[name];
        if (text is null)
        {
            return usual;
        }

        string? trouble = !int.TryParse(text, CultureInfo.InvariantCulture, out int number) ? $"\"{text}\" is not a number"
            : number < 1 ? $"{number} is less than minimum value 1"
            : number > most ? $"{number} is greater than maximum value {most}"
            : null;
        if (trouble is not null)
        {
            call.Errors.Add(new BodhiError("querystring", name, trouble));
        }

        return number;
    }
}
