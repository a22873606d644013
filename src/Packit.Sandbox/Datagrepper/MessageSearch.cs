using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Packit.Sandbox.Bus;
using Packit.Sandbox.Hosting;

namespace Packit.Sandbox.Datagrepper;

/// <summary>The arguments of a search. Within one name any value will do, all names must fit.</summary>
internal sealed class MessageSearch
{
    private const double UsualDelta = 86400;
    private const int UsualRows = 25;
    private const int MostRows = 100;
    private readonly IQueryCollection _query;
    private readonly double? _delta;

    private MessageSearch(IQueryCollection query, double now)
    {
        _query = query;
        Page = Whole("page", 1);
        Rows = Whole("rows_per_page", UsualRows);
        Order = query["order"] is [{ } order] ? order : "desc";
        Start = Moment("start");
        End = Moment("end");
        _delta = double.TryParse(query["delta"], CultureInfo.InvariantCulture, out var delta) ? delta : null;
        if (Start is null && End is null && _delta is null)
        {
            _delta = UsualDelta;
        }

        // A span without its beginning ends now; a beginning without an end goes on to now, or as far as the span says.
        End ??= Start is { } from && _delta is { } span ? from + span : now;
        Start ??= End - (_delta ?? UsualDelta);
    }

    public double? Start { get; }

    public double? End { get; }

    public int Page { get; }

    public int Rows { get; }

    public string Order { get; }

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="FormatException">One of them is refused; the text is what the server says.</exception>
    public static MessageSearch Parse(IQueryCollection query, DateTimeOffset now)
    {
        var search = new MessageSearch(query, now.ToUnixTimeMilliseconds() / 1000d);
        return search switch
        {
            { Page: < 1 } => throw new FormatException("page must be > 0"),
            { Rows: > MostRows } => throw new FormatException($"rows_per_page must be <= {MostRows}"),
            { Order: not ("asc" or "desc") } => throw new FormatException("order must be either 'desc' or 'asc'"),
            _ => search,
        };
    }

    public bool Fits(BusMessage message)
    {
        var sent = message.SentAt.ToUnixTimeSeconds();
        return sent >= Start && sent <= End
            && Any("topic", topic => message.Topic == topic)
            && Any("category", category => Category(message) == category)
            && Any("user", user => message.Users.Contains(user))
            && Any("package", package => message.Packages.Contains(package))
            && Any("contains", text => message.Body.Contains(text, StringComparison.Ordinal))
            && !Values("not_topic").Contains(message.Topic)
            && !Values("not_category").Contains(Category(message));
    }

    /// <summary>The arguments as they were understood.</summary>
    public JsonObject Json() => new()
    {
        ["categories"] = JsonAnswers.List(Values("category")),
        ["contains"] = JsonAnswers.List(Values("contains")),
        ["delta"] = End - Start,
        ["end"] = End,
        ["grouped"] = false,
        ["meta"] = new JsonArray(),
        ["not_categories"] = JsonAnswers.List(Values("not_category")),
        ["not_packages"] = new JsonArray(),
        ["not_topics"] = JsonAnswers.List(Values("not_topic")),
        ["not_users"] = new JsonArray(),
        ["order"] = Order,
        ["packages"] = JsonAnswers.List(Values("package")),
        ["page"] = Page,
        ["rows_per_page"] = Rows,
        ["start"] = Start,
        ["topics"] = JsonAnswers.List(Values("topic")),
        ["users"] = JsonAnswers.List(Values("user")),
    };

    /// <summary>The word behind the prefix: <c>pagure</c>, <c>buildsys</c>, <c>bodhi</c>.</summary>
    private static string Category(BusMessage message) => message.Topic.Split('.') is [_, _, _, var category, ..] ? category : "";

    private bool Any(string name, Func<string, bool> fits) => Values(name) is var values && (values.Length == 0 || Array.Exists(values, new Predicate<string>(fits)));

    private string[] Values(string name) => [.. _query[name].OfType<string>()];

    private int Whole(string name, int usual) =>
        _query[name] is [{ } text] ? int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"{name} must be a number") : usual;

    /// <summary>Seconds since 1970, or ISO 8601.</summary>
    private double? Moment(string name) => _query[name] switch
    {
        [{ } text] when double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) => seconds,
        [{ } text] when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time.ToUnixTimeSeconds(),
        [{ } text] => throw new FormatException($"{name}: '{text}' is no time"),
        _ => null,
    };
}
