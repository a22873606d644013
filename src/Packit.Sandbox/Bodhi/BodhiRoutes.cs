using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Packit.Sandbox.Bodhi;

/// <summary><c>/releases/</c> with the filters and errors of the real one.</summary>
internal static class BodhiRoutes
{
    private const int UsualRows = 20;
    private const int MostRows = 100;
    private static readonly string[] States = ["disabled", "pending", "frozen", "current", "archived"];

    public static void Map(IEndpointRouteBuilder routes, BodhiStandIn bodhi)
    {
        routes.MapGet("/releases/", (RequestDelegate)(http => ListAsync(http, bodhi)));
        routes.MapGet("/releases/{name}", (RequestDelegate)(http => OneAsync(http, bodhi)));
    }

    private static Task OneAsync(HttpContext http, BodhiStandIn bodhi)
    {
        string? name = (string?)http.GetRouteValue("name");
        return bodhi.Releases.FirstOrDefault(known => known.Name == name) is { } release
            ? AnswerAsync(http, StatusCodes.Status200OK, Shape(release))
            : RefuseAsync(http, StatusCodes.Status404NotFound, [Error("url", "name", "No such release")]);
    }

    private static Task ListAsync(HttpContext http, BodhiStandIn bodhi)
    {
        var errors = new List<JsonObject>();
        string[] states = [.. http.Request.Query["state"].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))];
        for (int i = 0; i < states.Length; i++)
        {
            if (!States.Contains(states[i]))
            {
                errors.Add(Error("querystring", $"state.{i}", $"\"{states[i]}\" is not one of {string.Join(", ", States)}"));
            }
        }

        int page = Number(http, "page", 1, int.MaxValue, errors);
        int rows = Number(http, "rows_per_page", UsualRows, MostRows, errors);
        bool? archivedOut = Truth(http, "exclude_archived", errors);
        if (errors.Count > 0)
        {
            return RefuseAsync(http, StatusCodes.Status400BadRequest, errors);
        }

        string? name = http.Request.Query["name"];
        BodhiRelease[] found = [.. bodhi.Releases.Where(release =>
            (states.Length == 0 || states.Contains(release.State))
            && (archivedOut != true || release.State != "archived")
            && (name is null || Like(release.Name, name)))];
        return AnswerAsync(http, StatusCodes.Status200OK, new JsonObject
        {
            ["releases"] = new JsonArray([.. found.Skip((page - 1) * rows).Take(rows).Select(Shape)]),
            ["page"] = page,
            ["pages"] = (found.Length + rows - 1) / rows,
            ["rows_per_page"] = rows,
            ["total"] = found.Length,
        });
    }

    private static int Number(HttpContext http, string name, int usual, int most, List<JsonObject> errors)
    {
        string? text = http.Request.Query[name];
        if (text is null)
        {
            return usual;
        }

        if (!int.TryParse(text, CultureInfo.InvariantCulture, out int number))
        {
            errors.Add(Error("querystring", name, $"\"{text}\" is not a number"));
        }
        else if (number < 1)
        {
            errors.Add(Error("querystring", name, $"{number} is less than minimum value 1"));
        }
        else if (number > most)
        {
            errors.Add(Error("querystring", name, $"{number} is greater than maximum value {most}"));
        }

        return number;
    }

    private static bool? Truth(HttpContext http, string name, List<JsonObject> errors)
    {
        string? text = http.Request.Query[name];
        switch (text?.ToUpperInvariant())
        {
            case null:
                return null;
            case "TRUE" or "1" or "YES" or "Y" or "ON" or "T":
                return true;
            case "FALSE" or "0" or "NO" or "N" or "OFF" or "F":
                return false;
            default:
                errors.Add(Error("querystring", name, $"\"{text}\" is neither in ('false', '0') nor in ('true', '1')"));
                return null;
        }
    }

    /// <summary>SQL's LIKE with <c>%</c> for any text.</summary>
    private static bool Like(string text, string pattern)
    {
        string[] parts = pattern.Split('%');
        int at = parts[0].Length;
        if (parts.Length == 1 || !text.StartsWith(parts[0], StringComparison.OrdinalIgnoreCase))
        {
            return string.Equals(text, pattern, StringComparison.OrdinalIgnoreCase);
        }

        foreach (string part in parts[1..^1])
        {
            int found = text.IndexOf(part, at, StringComparison.OrdinalIgnoreCase);
            if (found < 0)
            {
                return false;
            }

            at = found + part.Length;
        }

        return text.Length - at >= parts[^1].Length && text.EndsWith(parts[^1], StringComparison.OrdinalIgnoreCase);
    }

    private static JsonObject Shape(BodhiRelease release) => new()
    {
        ["name"] = release.Name,
        ["long_name"] = release.LongName,
        ["version"] = release.Version,
        ["id_prefix"] = release.IdPrefix,
        ["branch"] = release.Branch,
        ["dist_tag"] = DistTag(release),
        ["stable_tag"] = release.Branch == "rawhide" ? DistTag(release) : DistTag(release) + "-updates",
        ["testing_tag"] = DistTag(release) + "-updates-testing",
        ["candidate_tag"] = DistTag(release) + (release.IdPrefix == "FEDORA-EPEL" ? "-testing-candidate" : "-updates-candidate"),
        ["pending_signing_tag"] = DistTag(release) + "-signing-pending",
        ["pending_testing_tag"] = DistTag(release) + "-updates-testing-pending",
        ["pending_stable_tag"] = DistTag(release) + "-updates-pending",
        ["override_tag"] = DistTag(release) + "-override",
        ["mail_template"] = "fedora_errata_template",
        ["state"] = release.State,
        ["composed_by_bodhi"] = release.ComposedByBodhi,
        ["create_automatic_updates"] = release.AutomaticUpdates,
        ["package_manager"] = "unspecified",
        ["testing_repository"] = null,
        ["released_on"] = null,
        ["eol"] = null,
        ["setting_status"] = null,
    };

    /// <summary>Rawhide's tags carry the number of the coming release, the others the name of their branch.</summary>
    private static string DistTag(BodhiRelease release) =>
        release.IdPrefix switch
        {
            "FEDORA-EPEL" => "epel" + release.Version,
            "FEDORA" => "f" + release.Version,
            _ => release.Branch,
        };

    private static JsonObject Error(string location, string name, string description) =>
        new() { ["location"] = location, ["name"] = name, ["description"] = description };

    private static Task RefuseAsync(HttpContext http, int status, IEnumerable<JsonObject> errors) =>
        AnswerAsync(http, status, new JsonObject { ["status"] = "error", ["errors"] = new JsonArray([.. errors]) });

    private static Task AnswerAsync(HttpContext http, int status, JsonObject body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(body.ToJsonString());
        http.Response.ContentLength = bytes.Length;
        return http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }
}
