using System.Globalization;
using System.Security.Cryptography;

namespace Packit.Sandbox.Bodhi;

/// <summary>What happens to updates, whoever asks for it: the API, a build of Rawhide, or a story. Checks come before.</summary>
internal sealed class UpdateWork(BodhiStandIn bodhi, BodhiMessages messages)
{
    private const int MandatoryDays = 7;
    private const string Separator = "\n\n----\n\n";

    /// <summary>Makes an update, which obsoletes the older ones that it covers.</summary>
    /// <returns>The update, and what Bodhi changed of the wishes.</returns>
    public (Update Update, List<(string, string)> Caveats) Create(BodhiRelease release, IReadOnlyList<KnownBuild> builds, UpdateFields fields, string user)
    {
        var gone = new List<Update>();
        Update update;
        var caveats = new List<(string, string)>();
        lock (bodhi.State.Gate)
        {
            Forget(builds);
            update = new Update
            {
                Id = bodhi.State.Updates.Count + 1,
                Alias = NewAlias(release),
                Release = release.Name,
                User = user,
                Fields = fields,
                Submitted = bodhi.Time.GetUtcNow(),
                Builds = [.. builds.Select(build => new UpdateBuild(build.Nvr, build.Id, build.TaskId, build.Epoch ?? 0))],
            };
            bodhi.State.Updates.Add(update);
            if (fields.FromTag is null)
            {
                messages.BuildsComplete(update);
            }

            update.Fields = Raised(release, fields, caveats);
            if (fields.FromTag is null)
            {
                RequestTesting(update, user);
            }

            gone.AddRange(bodhi.State.Updates.Where(older => Covers(update, older)).ToList());
            gone.ForEach(older => Inherit(update, older));
        }

        foreach (var build in gone.SelectMany(older => older.Builds))
        {
            bodhi.Builds.Untag(build.Nvr, release.CandidateTag);
        }

        return (update, caveats);
    }

    /// <summary>Sets everything anew. Other builds begin from the start.</summary>
    public List<(string, string)> Edit(Update update, IReadOnlyList<KnownBuild> builds, UpdateFields fields, string user)
    {
        var caveats = new List<(string, string)>();
        lock (bodhi.State.Gate)
        {
            string[] before = [.. update.Builds.Select(build => build.Nvr)];
            string[] after = [.. builds.Select(build => build.Nvr)];
            int[] newBugs = [.. fields.Bugs.Except(update.Fields.Bugs)];
            update.Fields = Raised(bodhi.ReleaseOf(update), fields with { FromTag = fields.FromTag ?? update.Fields.FromTag }, caveats);
            update.Modified = bodhi.Time.GetUtcNow();
            Comment(update, BodhiStandIn.Itself, $"{user} edited this update.");
            if (!before.Order().SequenceEqual(after.Order()))
            {
                update.Builds = [.. builds.Select(build => new UpdateBuild(build.Nvr, build.Id, build.TaskId, build.Epoch ?? 0))];
                update.KarmaFrom = bodhi.State.LastComment;
                update.Status = "pending";
                update.Pushed = false;
                if (update.Fields.FromTag is null)
                {
                    RequestTesting(update, user);
                }
            }

            messages.Edited(update, user, newBugs, after.Except(before), before.Except(after));
        }

        return caveats;
    }

    /// <summary>Somebody asks for another state.</summary>
    /// <exception cref="BodhiRefusal">The update may not go there.</exception>
    public void Request(Update update, string request, string user)
    {
        string[] untagged = [];
        lock (bodhi.State.Gate)
        {
            if (update.Locked)
            {
                throw Refuse("Can't change request on a locked update");
            }

            switch (request)
            {
                case "testing":
                    update.Status = update.Status is "unpushed" or "obsolete" ? "pending" : update.Status;
                    RequestTesting(update, user);
                    return;
                case "stable" when !update.MeetsRequirements:
                    throw Refuse(
                        "This update has not yet met the minimum testing requirements defined in the "
                        + "<a href=\"https://fedoraproject.org/wiki/Package_update_acceptance_criteria\">Package Update Acceptance Criteria</a>: "
                        + $"Test gating is disabled, but update has less than 2 karma and has been in testing less than {MandatoryDays} days.");
                case "stable":
                    update.Request = "stable";
                    Comment(update, BodhiStandIn.Itself, $"This update has been submitted for stable by {user}. ");
                    break;
                case "revoke":
                    update.Status = update.Status == "pending" ? "unpushed" : update.Status;
                    update.Request = null;
                    break;
                default:
                    update.Status = request == "unpush" ? "unpushed" : "obsolete";
                    update.Request = null;
                    update.Pushed = false;
                    Comment(update, BodhiStandIn.Itself, request == "unpush" ? "This update has been unpushed." : "This update has been obsoleted.");
                    untagged = [.. update.Builds.Select(build => build.Nvr)];
                    break;
            }

            messages.Requested(update, request, user);
        }

        foreach (string nvr in untagged)
        {
            bodhi.Builds.Untag(nvr, bodhi.ReleaseOf(update).TestingTag);
        }
    }

    /// <summary>The push of a compose: the builds are where users get them from.</summary>
    public void Push(Update update, string where)
    {
        var release = bodhi.ReleaseOf(update);
        string[] nvrs;
        lock (bodhi.State.Gate)
        {
            var now = bodhi.Time.GetUtcNow();
            update.Status = where;
            update.Request = null;
            update.Pushed = true;
            update.PushedAt = now;
            update.Testing = where == "testing" ? now : update.Testing;
            update.Stable = where == "stable" ? now : update.Stable;
            Comment(update, BodhiStandIn.Itself, $"This update has been pushed to {where}.");
            messages.Pushed(update, where);
            nvrs = [.. update.Builds.Select(build => build.Nvr)];
        }

        foreach (string nvr in nvrs)
        {
            bodhi.Builds.Tag(nvr, where == "stable" ? release.StableTag : release.TestingTag);
            bodhi.Builds.Untag(nvr, release.CandidateTag);
            if (where == "stable")
            {
                bodhi.Builds.Untag(nvr, release.TestingTag);
            }
        }
    }

    public void MeetRequirements(Update update)
    {
        lock (bodhi.State.Gate)
        {
            update.MeetsRequirements = true;
            messages.RequirementsMet(update);
        }
    }

    /// <summary>Adds a comment. What Bodhi itself says is told to nobody.</summary>
    public UpdateComment Comment(Update update, string user, string text, int karma = 0)
    {
        lock (bodhi.State.Gate)
        {
            var comment = new UpdateComment { Id = ++bodhi.State.LastComment, User = bodhi.UserOf(user).Name, Text = text, Karma = karma, At = bodhi.Time.GetUtcNow() };
            update.Comments.Add(comment);
            if (user != BodhiStandIn.Itself)
            {
                messages.Commented(update, comment);
            }

            return comment;
        }
    }

    private void RequestTesting(Update update, string user)
    {
        update.Request = "testing";
        Comment(update, BodhiStandIn.Itself, $"This update has been submitted for testing by {user}. ");
        messages.Requested(update, "testing", user);
    }

    /// <summary>An update that was taken back gives its builds to the next one.</summary>
    private void Forget(IReadOnlyList<KnownBuild> builds)
    {
        foreach (var old in bodhi.State.Updates.Where(old => old.Status == "unpushed"))
        {
            old.Builds.RemoveAll(build => builds.Any(other => other.Nvr == build.Nvr));
        }
    }

    private static bool Covers(Update update, Update older) =>
        older != update && older.Release == update.Release && older.Status is "pending" or "testing" && older is { Locked: false, Request: not "stable" }
        && older.Fields.FromTag is null && older.Builds.Count > 0
        && older.Builds.TrueForAll(build => update.Builds.Exists(newer => newer.Package == build.Package && newer.Nvr != build.Nvr));

    private void Inherit(Update update, Update older)
    {
        older.Status = "obsolete";
        older.Request = null;
        older.Pushed = false;
        Comment(older, BodhiStandIn.Itself, $"This update has been obsoleted by [{update.Title}]({bodhi.UrlOf(update)}).");
        update.Fields = update.Fields with
        {
            Bugs = [.. update.Fields.Bugs.Union(older.Fields.Bugs)],
            Notes = update.Fields.Notes + Separator + older.Fields.Notes,
            Type = older.Fields.Type == "security" ? "security" : update.Fields.Type,
        };
        Comment(
            update, BodhiStandIn.Itself, $"This update has obsoleted [{older.Title}]({bodhi.UrlOf(older)}), and has inherited its bugs and notes.");
    }

    private static UpdateFields Raised(BodhiRelease release, UpdateFields fields, List<(string, string)> caveats)
    {
        if (fields.StableDays >= MandatoryDays || !release.ComposedByBodhi)
        {
            return fields;
        }

        caveats.Add(("stable days", $"The number of stable days required was set to the mandatory release value of {MandatoryDays} days"));
        return fields with { StableDays = MandatoryDays };
    }

    private string NewAlias(BodhiRelease release) =>
        $"{release.IdPrefix}-{bodhi.Time.GetUtcNow().Year.ToString(CultureInfo.InvariantCulture)}-{RandomNumberGenerator.GetHexString(10, lowercase: true)}";

    private static BodhiRefusal Refuse(string description) => new(400, BodhiError.OfBody("request", description));
}
