using System.Globalization;
using System.Text.Json.Nodes;

namespace Packit.Sandbox.Pagure;

/// <summary>A page of a list: <c>page</c> from 1, <c>per_page</c> from 1 to 100 with 20 as the default.</summary>
internal sealed record Paging(int Page, int PerPage, JsonObject Json)
{
    private const int Usual = 20;
    private const int Most = 100;

    public static Paging Of(PagureCall call, int total)
    {
        int page = Number(call, "page", 1, int.MaxValue);
        int perPage = Number(call, "per_page", Usual, Most);
        int pages = Math.Max(1, (total + perPage - 1) / perPage);
        return new Paging(page, perPage, new JsonObject
        {
            ["first"] = Link(call, 1, perPage),
            ["last"] = Link(call, pages, perPage),
            ["next"] = page < pages ? Link(call, page + 1, perPage) : null,
            ["page"] = page,
            ["pages"] = pages,
            ["per_page"] = perPage,
            ["prev"] = page > 1 ? Link(call, page - 1, perPage) : null,
        });
    }

    public IEnumerable<T> Of<T>(IEnumerable<T> all) => all.Skip((Page - 1) * PerPage).Take(PerPage);

    private static int Number(PagureCall call, string name, int usual, int most)
    {
        string? text = call.Query(name);
        if (text is null)
        {
            return usual;
        }

        return int.TryParse(text, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= most
            ? number
            : throw new PagureRefusal(400, "EINVALIDPERPAGEVALUE", "The per_page value must be between 1 and 100");
    }

    private static string Link(PagureCall call, int page, int perPage)
    {
        var others = call.Http.Request.Query.Where(pair => pair.Key is not ("page" or "per_page"))
            .Select(pair => $"&{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value.ToString())}");
        string path = call.Http.Request.Path.Value!.TrimStart('/');
        return $"{call.Pagure.Address}{path}?per_page={perPage}{string.Concat(others)}&page={page}";
    }
}
