using System.Text.Json.Nodes;

namespace Packit.Sandbox.Bodhi;

/// <summary>Makes, edits, shows and lists updates.</summary>
internal static class UpdateEndpoints
{
    private static readonly string[] Requests = ["testing", "stable", "obsolete", "unpush", "revoke"];
    private static readonly string[] Statuses = ["pending", "testing", "stable", "unpushed", "obsolete"];

    public static async Task<JsonNode> SaveAsync(BodhiCall call)
    {
        string user = await call.BeginWritingAsync("new_update");
        var draft = UpdateDraft.Read(call);
        call.RefuseErrors();
        var edited = draft.Edited is { } alias ? call.Bodhi.Lookup(alias) : null;
        var groups = UpdateChecks.Check(call.Bodhi, draft, edited, user);
        if (edited is not null)
        {
            if (!draft.HasBugs)
            {
                // The real one stumbles only after it has said that the update was edited.
                call.Bodhi.Work.Comment(edited, BodhiStandIn.Itself, $"{user} edited this update.");
                throw new BodhiRefusal(400, BodhiError.OfBuilds("Unable to create update.  'NoneType' object is not iterable"));
            }

            return Answer(call, edited, call.Bodhi.Work.Edit(edited, [.. groups.SelectMany(group => group.Builds)], draft.Fields, user));
        }

        var made = groups.Select(group => call.Bodhi.Work.Create(group.Release, group.Builds, draft.Fields, user)).ToList();
        if (made is [var (update, caveats)])
        {
            return Answer(call, update, caveats);
        }

        lock (call.Bodhi.State.Gate)
        {
            var json = new BodhiJson(call.Bodhi, pictures: false);
            return new JsonObject
            {
                ["updates"] = new JsonArray([.. made.Select(one => json.Update(one.Update))]),
                ["caveats"] = BodhiJson.Caveats(made.SelectMany(one => one.Caveats)),
            };
        }
    }

    public static async Task<JsonNode> RequestAsync(BodhiCall call)
    {
        string user = await call.BeginWritingAsync("update_request");
        string request = call.Word("request", Requests);
        call.RefuseErrors();
        var update = call.Bodhi.Lookup(call.Part("alias"));
        UpdateChecks.MayTouch(
            call.Bodhi, update?.Builds.Select(build => build.Package).Distinct() ?? [], user, withoutBuilds: update is null, NoUpdate());
        call.Bodhi.Work.Request(update!, request, user);
        return new JsonObject { ["update"] = Shape(call, update!) };
    }

    public static Task<JsonNode> Show(BodhiCall call)
    {
        var update = call.Bodhi.Lookup(call.Part("alias")) ?? throw new BodhiRefusal(404, NoUpdate());
        return Task.FromResult<JsonNode>(new JsonObject { ["update"] = Shape(call, update), ["can_edit"] = call.User is not null, ["ci_allowed"] = false });
    }

    public static Task<JsonNode> List(BodhiCall call)
    {
        var paging = BodhiPaging.Of(call);
        string[] statuses = call.Filter("status");
        for (int i = 0; i < statuses.Length; i++)
        {
            if (!Statuses.Contains(statuses[i]))
            {
                call.Errors.Add(new BodhiError("querystring", $"status.{i}", $"\"{statuses[i]}\" is not one of {string.Join(", ", Statuses)}"));
            }
        }

        call.RefuseErrors();
        string[] aliases = [.. call.Filter("alias"), .. call.Filter("updateid")];
        string[] builds = call.Filter("builds");
        string[] packages = call.Filter("packages");
        string[] users = call.Filter("user");
        string[] requests = call.Filter("request");
        string[] types = call.Filter("type");
        string[] releases = [.. call.Filter("releases"), .. call.Filter("release")];
        Refuse(call, "releases", releases.Where(name => !call.Bodhi.Releases.Any(release => Is(release, name))));
        lock (call.Bodhi.State.Gate)
        {
            Refuse(call, "user", users.Where(name => !call.Bodhi.State.Users.Exists(user => user.Name == name)));
            var json = new BodhiJson(call.Bodhi, pictures: true);
            Update[] found = [.. call.Bodhi.State.Updates.Where(update =>
                Fits(aliases, update.Alias) && Fits(statuses, update.Status) && Fits(users, update.User) && Fits(types, update.Fields.Type)
                && (requests.Length == 0 || requests.Contains(update.Request))
                && (builds.Length == 0 || update.Builds.Exists(build => builds.Contains(build.Nvr)))
                && (packages.Length == 0 || update.Builds.Exists(build => packages.Contains(build.Package)))
                && (releases.Length == 0 || Array.Exists(releases, name => Is(call.Bodhi.ReleaseOf(update), name))))
                .OrderByDescending(update => update.Submitted).ThenByDescending(update => update.Id)];
            var answer = paging.Answer("updates", found, json.Update);
            answer["chrome"] = true;
            answer["display_user"] = true;
            answer["display_request"] = true;
            answer["package"] = null;
            return Task.FromResult<JsonNode>(answer);
        }
    }

    private static BodhiError NoUpdate() => new("url", "id", "Invalid update id");

    private static bool Fits(string[] wanted, string value) => wanted.Length == 0 || wanted.Contains(value);

    private static bool Is(BodhiRelease release, string name) =>
        string.Equals(release.Name, name, StringComparison.OrdinalIgnoreCase) || release.Version == name || release.LongName == name;

    private static void Refuse(BodhiCall call, string name, IEnumerable<string> unknown)
    {
        if (unknown.ToList() is { Count: > 0 } names)
        {
            throw new BodhiRefusal(400, [.. call.Errors, new BodhiError("querystring", name, $"Invalid {name} specified: {string.Join(", ", names)}")]);
        }
    }

    private static JsonObject Answer(BodhiCall call, Update update, IEnumerable<(string, string)> caveats)
    {
        lock (call.Bodhi.State.Gate)
        {
            var json = new BodhiJson(call.Bodhi, pictures: false).Update(update);
            json["caveats"] = BodhiJson.Caveats(caveats);
            return json;
        }
    }

    private static JsonObject Shape(BodhiCall call, Update update)
    {
        lock (call.Bodhi.State.Gate)
        {
            return new BodhiJson(call.Bodhi, pictures: true).Update(update);
        }
    }
}
