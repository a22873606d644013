using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Packit.Sandbox.Hosting;

namespace Packit.Sandbox.Bodhi;

/// <summary>One request: who asks, with which fields, and the errors found in them.</summary>
internal sealed class BodhiCall(HttpContext http, BodhiStandIn bodhi)
{
    private const string WrongToken =
        "CSRF tokens do not match.  This happens if you have the page open for a long time. Please reload the page and try to submit your data again. "
        + "Make sure to save your input somewhere before reloading. ";

    private readonly Dictionary<string, JsonNode> _fields = [];

    public HttpContext Http { get; } = http;

    public BodhiStandIn Bodhi { get; } = bodhi;

    /// <summary>The user of the ticket; null for everybody else.</summary>
    public string? User { get; } = bodhi.Cookies.UserOf(http.Request.Cookies[Cookies.Ticket]);

    /// <summary>What is wrong with the fields that were read so far.</summary>
    public List<BodhiError> Errors { get; } = [];

    public string Part(string name) => (string?)Http.GetRouteValue(name) ?? "";

    /// <summary>Who writes must be logged in, and have the token of the session in the body.</summary>
    /// <returns>The user.</returns>
    public async Task<string> BeginWritingAsync(string view)
    {
        string user = User ?? throw BodhiRefusal.Forbidden(view);
        if (Http.Request.HasFormContentType)
        {
            foreach (var (name, values) in await Http.Request.ReadFormAsync(Http.RequestAborted))
            {
                _fields[name] = values.Count == 1 ? JsonValue.Create(values[0] ?? "") : JsonAnswers.List(values.OfType<string>());
            }
        }
        else if (Http.Request.HasJsonContentType())
        {
            await ReadJsonAsync();
        }

        string? token = Text("csrf_token");
        if (token is null)
        {
            Errors.Add(BodhiError.OfBody("csrf_token", "Required"));
        }
        else if (token != Bodhi.Cookies.TokenOf(Http.Request.Cookies[Cookies.Session]))
        {
            Errors.Add(BodhiError.OfBody("csrf_token", WrongToken));
        }

        return user;
    }

    /// <summary>Ends the request when a field was wrong.</summary>
    public void RefuseErrors()
    {
        if (Errors.Count > 0)
        {
            throw new BodhiRefusal(400, [.. Errors]);
        }
    }

    public string? Text(string name) => _fields.TryGetValue(name, out var value) ? value.ToString() : null;

    public string Needed(string name, int least = 0)
    {
        string? text = Text(name);
        if (string.IsNullOrEmpty(text))
        {
            Errors.Add(BodhiError.OfBody(name, "Required"));
        }
        else if (text.Length < least)
        {
            Errors.Add(BodhiError.OfBody(name, $"Shorter than minimum length {least}"));
        }

        return text ?? "";
    }

    /// <summary>One of some words; without a usual one it is needed.</summary>
    public string Word(string name, IReadOnlyList<string> words, string? usual = null)
    {
        string? text = Text(name) is { Length: > 0 } given ? given : usual;
        if (text is null)
        {
            Errors.Add(BodhiError.OfBody(name, "Required"));
        }
        else if (!words.Contains(text))
        {
            Errors.Add(BodhiError.OfBody(name, $"\"{text}\" is not one of {string.Join(", ", words)}"));
        }

        return text ?? "";
    }

    public int Number(string name, int usual, int least = int.MinValue, int most = int.MaxValue)
    {
        if (Text(name) is not { Length: > 0 } text)
        {
            return usual;
        }

        if (!int.TryParse(text, CultureInfo.InvariantCulture, out int number))
        {
            Errors.Add(BodhiError.OfBody(name, $"\"{text}\" is not a number"));
        }
        else if (number < least)
        {
            Errors.Add(BodhiError.OfBody(name, $"{number} is less than minimum value {least}"));
        }
        else if (number > most)
        {
            Errors.Add(BodhiError.OfBody(name, $"{number} is greater than maximum value {most}"));
        }

        return number;
    }

    /// <summary>Everything that is not a known way to say no means yes.</summary>
    public bool Truth(string name, bool usual) =>
        Text(name) is { Length: > 0 } text ? text.ToUpperInvariant() is not ("FALSE" or "0" or "NO" or "N" or "OFF" or "F") : usual;

    /// <summary>A list, or a text that is split at commas and blanks; null when it is absent.</summary>
    public IReadOnlyList<string>? Names(string name) => !_fields.TryGetValue(name, out var value) ? null
        : value is JsonArray list ? [.. list.Select(item => item?.ToString() ?? "")]
        : [.. value.ToString().Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>The values of a filter in the address: repeated, or separated by commas.</summary>
    public string[] Filter(string name) =>
        [.. Http.Request.Query[name].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private async Task ReadJsonAsync()
    {
        try
        {
            if (await JsonNode.ParseAsync(Http.Request.Body, cancellationToken: Http.RequestAborted) is JsonObject json)
            {
                foreach (var (name, value) in json.Where(pair => pair.Value is not null))
                {
                    _fields[name] = value!;
                }
            }
        }
        catch (JsonException)
        {
            throw new BodhiRefusal(400, new BodhiError("body", "", "Invalid JSON"));
        }
    }
}
