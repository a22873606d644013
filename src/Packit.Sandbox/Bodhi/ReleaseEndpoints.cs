using System.Text.Json.Nodes;

namespace Packit.Sandbox.Bodhi;

/// <summary><c>/releases/</c> with the filters and errors of the real one.</summary>
internal static class ReleaseEndpoints
{
    private static readonly string[] States = ["disabled", "pending", "frozen", "current", "archived"];

    public static Task<JsonNode> One(BodhiCall call)
    {
        string name = call.Part("name");
        return Task.FromResult<JsonNode>(call.Bodhi.Releases.FirstOrDefault(known => known.Name == name) is { } release
            ? BodhiJson.Release(release)
            : throw new BodhiRefusal(404, new BodhiError("url", "name", "No such release")));
    }

    public static Task<JsonNode> List(BodhiCall call)
    {
        string[] states = call.Filter("state");
        for (int i = 0; i < states.Length; i++)
        {
            if (!States.Contains(states[i]))
            {
                call.Errors.Add(new BodhiError("querystring", $"state.{i}", $"\"{states[i]}\" is not one of {string.Join(", ", States)}"));
            }
        }

        var paging = BodhiPaging.Of(call);
        bool? archivedOut = Truth(call, "exclude_archived");
        call.RefuseErrors();

        string? name = call.Http.Request.Query["name"];
        BodhiRelease[] found = [.. call.Bodhi.Releases.Where(release =>
            (states.Length == 0 || states.Contains(release.State))
            && (archivedOut != true || release.State != "archived")
            && (name is null || Like(release.Name, name)))];
        return Task.FromResult<JsonNode>(paging.Answer("releases", found, BodhiJson.Release));
    }

    private static bool? Truth(BodhiCall call, string name)
    {
        string? text = call.Http.Request.Query[name];
        switch (text?.ToUpperInvariant())
        {
            case null:
                return null;
            case "TRUE" or "1" or "YES" or "Y" or "ON" or "T":
                return true;
            case "FALSE" or "0" or "NO" or "N" or "OFF" or "F":
                return false;
            default:
                call.Errors.Add(new BodhiError("querystring", name, $"\"{text}\" is neither in ('false', '0') nor in ('true', '1')"));
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
}
