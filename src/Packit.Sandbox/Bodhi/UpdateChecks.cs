namespace Packit.Sandbox.Bodhi;

/// <summary>
/// What Bodhi looks at before an update is made or edited, in its order: the builds, their tags, who may touch them. Koji, dist-git
/// and the account system are asked here, and nothing is changed yet.
/// </summary>
internal static class UpdateChecks
{
    private const string NotComposed =
        "Cannot manually create updates for a Release which is not composed by Bodhi.\nRead the 'Automatic updates' page in Bodhi docs about this error.";

    /// <summary>Checks a draft.</summary>
    /// <returns>The builds of each release, in the order of the draft.</returns>
    /// <exception cref="BodhiRefusal">Something is wrong.</exception>
    public static IReadOnlyList<(BodhiRelease Release, IReadOnlyList<KnownBuild> Builds)> Check(BodhiStandIn bodhi, UpdateDraft draft, Update? edited, string user)
    {
        CheckEdited(bodhi, draft, edited);
        var builds = Builds(bodhi, draft, edited);
        var groups = Releases(bodhi, draft, edited, builds);
        MayTouch(bodhi, builds.Select(build => build.Package).Distinct(), user, withoutBuilds: false);
        if (draft.Fields is { Type: "security", Severity: "unspecified" })
        {
            throw Refuse(BodhiError.OfBody("severity", "Must specify severity for a security update"));
        }

        return groups;
    }

    /// <summary>Whether a user may change an update: member of the packagers, with commit rights on every package.</summary>
    /// <param name="withoutBuilds">Whether the update was not found: then there are no packages to ask for.</param>
    public static void MayTouch(BodhiStandIn bodhi, IEnumerable<string> packages, string user, bool withoutBuilds, params BodhiError[] before)
    {
        if (withoutBuilds)
        {
            throw new BodhiRefusal(404, [.. before, BodhiRefusal.NoAcls]);
        }

        IReadOnlyList<string> groups;
        lock (bodhi.State.Gate)
        {
            groups = bodhi.UserOf(user).Groups;
        }

        if (bodhi.DistGitIsAway)
        {
            throw Refuse(BodhiError.OfBuilds("Unable to access Pagure to check ACLs. Please check https://status.fedoraproject.org and try again later."));
        }

        if (!groups.Contains(BodhiStandIn.Packagers))
        {
            throw new BodhiRefusal(403, BodhiError.OfBuilds($"{user} is not a member of \"{BodhiStandIn.Packagers}\", which is a mandatory packager group"));
        }

        BodhiError[] errors = groups.Contains("provenpackager") ? [] :
        [
            .. packages.Where(package => !bodhi.MayCommit(package, user))
                .Select(package => BodhiError.OfBuilds($"{user} does not have commit access to {package}")),
        ];
        if (errors.Length > 0)
        {
            throw new BodhiRefusal(403, errors);
        }
    }

    private static void CheckEdited(BodhiStandIn bodhi, UpdateDraft draft, Update? edited)
    {
        if (draft.Edited is { } alias && edited is null)
        {
            throw Refuse(BodhiError.OfBuilds($"Cannot find update to edit: {alias}"));
        }

        if (edited is null)
        {
            return;
        }

        lock (bodhi.State.Gate)
        {
            if (edited.Status == "stable")
            {
                throw Refuse(BodhiError.OfBuilds("Cannot edit stable updates"));
            }

            if (edited.Locked && draft.Builds is not null && !draft.Builds.Order().SequenceEqual(edited.Builds.Select(build => build.Nvr).Order()))
            {
                throw Refuse(BodhiError.OfBuilds("Can't add builds to a locked update"));
            }
        }
    }

    private static List<KnownBuild> Builds(BodhiStandIn bodhi, UpdateDraft draft, Update? edited)
    {
        var names = draft.Builds ?? (draft.Fields.FromTag is { } tag ? Tagged(bodhi, tag, edited) : null)
            ?? throw Refuse(BodhiError.OfBuilds("You must specify either builds or from_tag."));
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw Refuse(BodhiError.OfBuilds($"Duplicate builds: {twice.Key}"));
        }

        BodhiError[] known = [.. names.Where(name => bodhi.BlockingUpdateOf(name, edited)).Select(name => BodhiError.OfBuilds($"Update for {name} already exists"))];
        if (known.Length > 0)
        {
            throw new BodhiRefusal(400, known);
        }

        var errors = new List<BodhiError>();
        var builds = new List<KnownBuild>();
        foreach (string name in names)
        {
            switch (bodhi.Builds.Find(name))
            {
                case null:
                    errors.Add(BodhiError.OfBuilds($"Build does not exist: {name}"));
                    break;
                case { IsComplete: false }:
                    errors.Add(BodhiError.OfBuilds($"Invalid koji build: {name}"));
                    break;
                case var build:
                    builds.Add(build);
                    break;
            }
        }

        if (builds.Count == 0)
        {
            errors.Add(BodhiError.OfBuilds("You may not specify an empty list of builds."));
            errors.Add(BodhiRefusal.NoAcls);
        }

        return errors.Count > 0 ? throw new BodhiRefusal(400, errors) : builds;
    }

    private static IReadOnlyList<string> Tagged(BodhiStandIn bodhi, string tag, Update? edited)
    {
        if (tag.Length == 0)
        {
            throw Refuse(BodhiError.OfBody("from_tag", "You may not specify an empty from_tag."));
        }

        if (!tag.Contains("-side-", StringComparison.Ordinal))
        {
            throw Refuse(BodhiError.OfBody("from_tag", "The supplied tag is not a side tag."));
        }

        if (bodhi.UpdateOfSideTag(tag) is { } other && other != edited)
        {
            throw Refuse(BodhiError.OfBody("from_tag", "Update already exists using this side tag"));
        }

        return bodhi.Builds.BuildsIn(tag) is { Count: > 0 } builds
            ? builds
            : throw Refuse(BodhiError.OfBody("from_tag", "The supplied from_tag doesn't contain any builds."));
    }

    private static List<(BodhiRelease, IReadOnlyList<KnownBuild>)> Releases(BodhiStandIn bodhi, UpdateDraft draft, Update? edited, List<KnownBuild> builds)
    {
        var errors = new List<BodhiError>();
        var found = new List<(BodhiRelease Release, KnownBuild Build)>();
        foreach (var build in builds)
        {
            var tags = bodhi.Builds.TagsOf(build.Nvr);
            if (tags.Count == 0)
            {
                errors.Add(BodhiError.OfBuilds($"Cannot find any tags associated with build: {build.Nvr}"));
            }
            else if (ReleaseOf(bodhi, tags) is not { } release)
            {
                errors.Add(BodhiError.OfBuilds($"Cannot find release associated with build: {build.Nvr}, tags: [{Quoted(tags)}]"));
            }
            else if (draft.Fields.FromTag is null && Allowed(release, edited) is var allowed && !allowed.Intersect(tags).Any())
            {
                errors.Add(BodhiError.OfBuilds($"Invalid tag: {build.Nvr} not tagged with any of the following tags [{Quoted(allowed)}]"));
            }
            else if (draft.Fields.FromTag is null && edited is null && !release.ComposedByBodhi)
            {
                errors.Add(BodhiError.OfBuilds(NotComposed));
            }
            else
            {
                found.Add((release, build));
            }
        }

        var groups = found.GroupBy(pair => pair.Release, pair => pair.Build).ToList();
        errors.AddRange(
            from release in groups
            from package in release.GroupBy(build => build.Package)
            where package.Count() > 1
            select BodhiError.OfBuilds($"Multiple {package.Key} builds specified in {release.Key.DistTag}: {string.Join(" & ", package.Select(build => build.Nvr))}"));
        return errors.Count > 0 ? throw new BodhiRefusal(400, errors) : [.. groups.Select(group => (group.Key, (IReadOnlyList<KnownBuild>)[.. group]))];
    }

    /// <summary>The release of which one of the tags is, or of which it is a side tag.</summary>
    private static BodhiRelease? ReleaseOf(BodhiStandIn bodhi, IReadOnlyList<string> tags) =>
        bodhi.Releases.FirstOrDefault(release => release.IdPrefix is "FEDORA" or "FEDORA-EPEL" && tags.Any(tag =>
            tag == release.DistTag || tag.StartsWith(release.DistTag + "-", StringComparison.Ordinal)));

    /// <summary>Where the builds of a new update are; those of one that is edited may be further.</summary>
    private static string[] Allowed(BodhiRelease release, Update? edited) =>
        edited is null ? [release.CandidateTag] : [release.CandidateTag, release.TestingTag];

    private static string Quoted(IEnumerable<string> texts) => string.Join(", ", texts.Select(text => $"'{text}'"));

    private static BodhiRefusal Refuse(BodhiError error) => new(400, error);
}
