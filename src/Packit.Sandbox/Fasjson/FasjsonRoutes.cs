using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Packit.Sandbox.Hosting;

namespace Packit.Sandbox.Fasjson;

/// <summary>FASJSON's version 1: accounts, groups and their members, all behind the gate.</summary>
internal sealed class FasjsonRoutes(FasjsonStandIn fasjson)
{
    public static void Map(IEndpointRouteBuilder routes, FasjsonStandIn fasjson)
    {
        var api = new FasjsonRoutes(fasjson);
        api.Get(routes, "/v1/me/", http => http.AnswerAsync(200, Result(new JsonObject
        {
            ["dn"] = $"uid={fasjson.Gate.User},cn=users,cn=accounts,dc=fedora,dc=example",
            ["username"] = fasjson.Gate.User,
            ["uri"] = api.UserUri(fasjson.Gate.User),
        })));
        api.Get(routes, "/v1/users/{name}/", api.UserAsync);
        api.Get(routes, "/v1/users/{name}/groups/", api.GroupsOfUserAsync);
        api.Get(routes, "/v1/groups/", http => PageAsync(http, Snapshot(fasjson, state => state.Groups.Keys).Select(api.Group)));
        api.Get(routes, "/v1/groups/{group}/", http => api.OfGroupAsync(http, group => http.AnswerAsync(200, Result(api.Group(group)))));
        api.Get(routes, "/v1/groups/{group}/members/", http => api.OfGroupAsync(http, group =>
            PageAsync(http, Snapshot(fasjson, state => state.Groups[group]).Select(api.Member))));
        api.Get(routes, "/v1/groups/{group}/is-member/{name}", http => api.OfGroupAsync(http, group =>
            http.AnswerAsync(200, Result(Snapshot(fasjson, state => state.Groups[group]).Contains(Part(http, "name"))))));
    }

    private void Get(IEndpointRouteBuilder routes, string path, Func<HttpContext, Task> answer) => routes.MapGet(path, (RequestDelegate)(async http =>
    {
        if (await fasjson.Gate.PassAsync(http))
        {
            await answer(http);
        }
    }));

    private Task UserAsync(HttpContext http)
    {
        JsonObject? shape;
        lock (fasjson.State.Gate)
        {
            shape = fasjson.State.Accounts.Find(account => account.Name == Part(http, "name")) is { } found ? User(found) : null;
        }

        return shape is null ? UnknownUserAsync(http, "User not found") : http.AnswerAsync(200, Result(shape));
    }

    private Task GroupsOfUserAsync(HttpContext http)
    {
        string name = Part(http, "name");
        return Snapshot(fasjson, state => state.Accounts.Where(account => account.Name == name).Select(account => account.Name)).Length == 0
            ? UnknownUserAsync(http, "User does not exist")
            : PageAsync(http, fasjson.GroupsOf(name).Select(group => new JsonObject { ["groupname"] = group, ["uri"] = GroupUri(group) }));
    }

    private Task OfGroupAsync(HttpContext http, Func<string, Task> answer)
    {
        string group = Part(http, "group");
        return Snapshot(fasjson, state => state.Groups.Keys).Contains(group)
            ? answer(group)
            : http.AnswerAsync(404, new JsonObject { ["groupname"] = group, ["message"] = "Group not found" });
    }

    private JsonObject User(Account account)
    {
        bool hidden = account.Private && account.Name != fasjson.Gate.User;
        return new JsonObject
        {
            ["certificates"] = null,
            ["creation"] = account.Created.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            ["emails"] = hidden ? null : new JsonArray(account.Name + "@fedora.example"),
            ["github_username"] = hidden ? null : account.GitHubName,
            ["gitlab_username"] = null,
            ["givenname"] = hidden ? null : "",
            ["gpgkeyids"] = null,
            ["human_name"] = hidden ? null : account.Name,
            ["ircnicks"] = null,
            ["is_private"] = account.Private,
            ["locale"] = null,
            ["locked"] = false,
            ["pronouns"] = null,
            ["rhbzemail"] = null,
            ["rssurl"] = null,
            ["sshpubkeys"] = null,
            ["surname"] = hidden ? null : account.Name,
            ["timezone"] = null,
            ["uri"] = UserUri(account.Name),
            ["username"] = account.Name,
            ["website"] = null,
        };
    }

    private JsonObject Group(string name) => new()
    {
        ["description"] = null,
        ["discussion_url"] = null,
        ["groupname"] = name,
        ["irc"] = null,
        ["mailing_list"] = null,
        ["uri"] = GroupUri(name),
        ["url"] = null,
    };

    private JsonObject Member(string name) => new() { ["username"] = name, ["uri"] = UserUri(name) };

    private string UserUri(string name) => $"{fasjson.Address}v1/users/{name}/";

    private string GroupUri(string name) => $"{fasjson.Address}v1/groups/{name}/";

    private static Task UnknownUserAsync(HttpContext http, string message) =>
        http.AnswerAsync(404, new JsonObject { ["name"] = Part(http, "name"), ["message"] = message });

    /// <summary>A list in whole, or in pages when a size is asked for.</summary>
    private static Task PageAsync(HttpContext http, IEnumerable<JsonObject> all)
    {
        JsonObject[] items = [.. all];
        if (!int.TryParse(http.Request.Query["page_size"], CultureInfo.InvariantCulture, out int size) || size < 1)
        {
            return http.AnswerAsync(200, Result(new JsonArray([.. items])));
        }

        int number = int.TryParse(http.Request.Query["page_number"], CultureInfo.InvariantCulture, out int asked) ? Math.Max(1, asked) : 1;
        int pages = (items.Length + size - 1) / size;
        var page = new JsonObject { ["total_results"] = items.Length, ["page_size"] = size, ["page_number"] = number, ["total_pages"] = pages };
        if (number < pages)
        {
            page["next_page"] = $"http://{http.Request.Host}{http.Request.Path}?page_size={size}&page_number={number + 1}";
        }

        var answer = Result(new JsonArray([.. items.Skip((number - 1) * size).Take(size)]));
        answer["page"] = page;
        return http.AnswerAsync(200, answer);
    }

    private static JsonObject Result(JsonNode result) => new() { ["result"] = result };

    private static string[] Snapshot(FasjsonStandIn fasjson, Func<FasjsonState, IEnumerable<string>> of)
    {
        lock (fasjson.State.Gate)
        {
            return [.. of(fasjson.State)];
        }
    }

    private static string Part(HttpContext http, string name) => (string?)http.GetRouteValue(name) ?? "";
}
