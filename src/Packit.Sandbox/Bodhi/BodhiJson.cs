using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Packit.Sandbox.Bodhi;

/// <summary>The shapes of Bodhi's answers and messages. Call under the gate of the state.</summary>
/// <param name="bodhi">Whose state it is.</param>
/// <param name="pictures">Whether users have their picture and OpenID: in answers to a request that the server still has in hand, and not in messages.</param>
internal sealed class BodhiJson(BodhiStandIn bodhi, bool pictures)
{
    /// <summary>Times are UTC and do not say so.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static JsonNode? Time(DateTimeOffset? time) => time is { } known ? Time(known) : null;

    public static JsonObject Release(BodhiRelease release) => new()
    {
        ["name"] = release.Name,
        ["long_name"] = release.LongName,
        ["version"] = release.Version,
        ["id_prefix"] = release.IdPrefix,
        ["branch"] = release.Branch,
        ["dist_tag"] = release.DistTag,
        ["stable_tag"] = release.StableTag,
        ["testing_tag"] = release.TestingTag,
        ["candidate_tag"] = release.CandidateTag,
        ["pending_signing_tag"] = release.DistTag + "-signing-pending",
        ["pending_testing_tag"] = release.DistTag + "-updates-testing-pending",
        ["pending_stable_tag"] = release.DistTag + "-updates-pending",
        ["override_tag"] = release.DistTag + "-override",
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

    public static JsonArray Caveats(IEnumerable<(string Name, string Description)> caveats) =>
        new([.. caveats.Select(caveat => new JsonObject { ["name"] = caveat.Name, ["description"] = caveat.Description })]);

    /// <summary>An update with its comments.</summary>
    public JsonObject Update(Update update)
    {
        var json = Bare(update);
        var karma = json["karma"]!.DeepClone();
        json.Remove("karma");
        json.Insert(json.IndexOf("builds"), "comments", new JsonArray([.. update.Comments.Select(comment => CommentOf(update, comment))]));
        json["updateid"] = update.Alias;
        json["karma"] = karma;
        json["content_type"] = "rpm";
        json["test_cases"] = new JsonArray();
        return json;
    }

    /// <summary>A comment with its update.</summary>
    public JsonObject Comment(Update update, UpdateComment comment)
    {
        var json = CommentOf(update, comment);
        json.Insert(json.IndexOf("user"), "update", Bare(update));
        json["author"] = comment.User;
        json["update_alias"] = update.Alias;
        return json;
    }

    private JsonObject Bare(Update update) => new()
    {
        ["autokarma"] = update.Fields.Autokarma,
        ["autotime"] = update.Fields.Autotime,
        ["stable_karma"] = update.Fields.StableKarma,
        ["stable_days"] = update.Fields.StableDays,
        ["unstable_karma"] = update.Fields.UnstableKarma,
        ["require_bugs"] = update.Fields.RequireBugs,
        ["require_testcases"] = update.Fields.RequireTestcases,
        ["display_name"] = update.Fields.DisplayName,
        ["notes"] = update.Fields.Notes,
        ["type"] = update.Fields.Type,
        ["status"] = update.Status,
        ["request"] = update.Request,
        ["severity"] = update.Fields.Severity,
        ["suggest"] = update.Fields.Suggest,
        ["locked"] = update.Locked,
        ["pushed"] = update.Pushed,
        ["critpath"] = false,
        ["critpath_groups"] = null,
        ["close_bugs"] = update.Fields.CloseBugs,
        ["date_submitted"] = Time(update.Submitted),
        ["date_modified"] = Time(update.Modified),
        ["date_approved"] = null,
        ["date_testing"] = Time(update.Testing),
        ["date_stable"] = Time(update.Stable),
        ["alias"] = update.Alias,
        ["test_gating_status"] = null,
        ["from_tag"] = update.Fields.FromTag,
        ["date_pushed"] = Time(update.PushedAt),
        ["meets_testing_requirements"] = update.MeetsRequirements,
        ["url"] = bodhi.UrlOf(update),
        ["title"] = update.Fields.DisplayName is { Length: > 0 } name ? name : update.Title,
        ["version_hash"] = VersionHash(update),
        ["release"] = Release(bodhi.ReleaseOf(update)),
        ["user"] = User(update.User),
        ["builds"] = new JsonArray([.. update.Builds.Select(build => Build(update, build))]),
        ["bugs"] = new JsonArray([.. update.Fields.Bugs.Select(bug =>
            new JsonObject { ["bug_id"] = bug, ["title"] = null, ["security"] = false, ["parent"] = false })]),
        ["karma"] = update.Karma,
    };

    private JsonObject CommentOf(Update update, UpdateComment comment) => new()
    {
        ["id"] = comment.Id,
        ["karma"] = comment.Karma,
        ["karma_critpath"] = 0,
        ["text"] = comment.Text,
        ["timestamp"] = Time(comment.At),
        ["update_id"] = update.Id,
        ["user_id"] = bodhi.UserOf(comment.User).Id,
        ["bug_feedback"] = new JsonArray(),
        ["testcase_feedback"] = new JsonArray(),
        ["user"] = User(comment.User),
    };

    private JsonObject User(string name)
    {
        var user = bodhi.UserOf(name);
        string picture = name == BodhiStandIn.Itself ? "https://apps.fedoraproject.org/img/icons/bodhi-24.png" : "libravatar.org";
        return new JsonObject
        {
            ["id"] = user.Id,
            ["name"] = user.Name,
            ["email"] = user.Name + "@fedora.example",
            ["avatar"] = pictures ? picture : null,
            ["openid"] = pictures ? user.Name + ".localhost" : null,
            ["groups"] = new JsonArray([.. user.Groups.Select(group => new JsonObject { ["name"] = group })]),
        };
    }

    private JsonObject Build(Update update, UpdateBuild build) => new()
    {
        ["nvr"] = build.Nvr,
        ["signed"] = update.Pushed,
        ["release_id"] = bodhi.Releases.TakeWhile(release => release.Name != update.Release).Count() + 1,
        ["type"] = "rpm",
        ["epoch"] = build.Epoch,
    };

    /// <summary>SHA-1 of the builds' names, a blank between them.</summary>
    private static string VersionHash(Update update)
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Join(' ', update.Builds.Select(build => build.Nvr).Order(StringComparer.Ordinal)));
#pragma warning disable CA5350 // Bodhi's own choice, which nothing relies on for safety.
        return Convert.ToHexStringLower(SHA1.HashData(text));
#pragma warning restore CA5350
    }
}
