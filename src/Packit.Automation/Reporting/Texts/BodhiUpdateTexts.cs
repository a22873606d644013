using Packit.Automation.BodhiUpdate;
using Packit.Automation.Storage;

namespace Packit.Automation.Reporting.Texts;

/// <summary>What people read about an update on its way to Bodhi.</summary>
public static class BodhiUpdateTexts
{
    public const string TakenOver = "Another worker has taken this update over.";

    public const string AnswerLost =
        "Bodhi was asked for the update, and its answer was lost. Bodhi is looked at before it is asked again, so that nothing is made twice.";

    public static string Created(string alias, IReadOnlyList<string> remarks)
    {
        ArgumentNullException.ThrowIfNull(remarks);
        return string.Join('\n', remarks.Prepend($"The update {alias} was created."));
    }

    public static string Adopted(UpdateInBodhi update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return update.Stands
            ? $"Bodhi has the update {update.Alias} of this build already; it is followed."
            : $"Bodhi has the update {update.Alias} of this build, which is {WireNames<BodhiUpdateState>.Of(update.State)}, and makes no other one of it.";
    }

    public static string MadeElsewhere(string nvr, int other) => $"The update of {nvr} is being made already, as number {other}.";

    public static string NotTagged(string nvr, string candidateTag) =>
        $"Koji has not put {nvr} into the tag {candidateTag} yet, where Bodhi looks for it. The update follows when it has.";

    public static string ExistsUnseen(string nvr) => $"Bodhi says that an update for {nvr} exists already, but does not show it yet.";

    public static string Automatic(string branch) =>
        $"Bodhi itself makes the updates of {branch}, as soon as a build is tagged. No update is made by this service.";

    public static string NotAnUpdate(string nvr) => $"Koji does not show {nvr} as a complete build of a branch of dist-git; no update is made of it.";

    /// <summary>One line for parameters of the config that were left out; none when there are none.</summary>
    public static IReadOnlyList<string> Ignored(IReadOnlyList<string> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return parameters.Count == 0 ? [] : [$"'bodhi_extra_params' cannot set {string.Join(", ", parameters)}: that is the service's to say."];
    }

    public static string NoRights(string user, string package, string packageUrl, string said) =>
        $"Bodhi does not let {user} make updates of {package}: {said}\n"
        + $"An admin of the package has to give {user} commit rights, under 'Users & Groups' of {packageUrl}/settings.";

    public static string NoPackager(string user, string package, string said) =>
        $"Bodhi does not let {user} make updates of {package}: {said}\nA sponsor has to add {user} to the group packager of the Fedora account system.";

    public static string Refused(string said) =>
        $"Bodhi refuses the update: {said}\nCorrect what it names, such as 'bodhi_extra_params' in the package config, and ask again.";

    public static string BuilderNotAllowed(string owner, IReadOnlyList<string> allowed) =>
        $"{owner} built it and is not in 'allowed_builders': {(allowed.Count == 0 ? "(nobody)" : string.Join(", ", allowed))}.";

    public static string NoBuild(string package, string branch) =>
        $"No build found for package={MarkdownText.Inline(package)} and branch={MarkdownText.Inline(branch)}: "
        + "an update is made of the newest build in the candidate tag of the branch, and there is none that was built from dist-git.";

    public static string Accepted(string nvr, string page) => $"The task was accepted. The update of {MarkdownText.Inline(nvr)} is being made: {page}";

    public static string Ended(BodhiUpdateTarget target, string page)
    {
        ArgumentNullException.ThrowIfNull(target);
        var outcome = target.Status switch
        {
            BodhiUpdateStatus.Success => $"The update of {MarkdownText.Inline(target.KojiNvrs)} was made: {target.WebUrl}",
            BodhiUpdateStatus.Skipped => $"No update was made: {MarkdownText.Inline(target.Message ?? "")}{(target.WebUrl is { } there ? $" {there}" : "")}",
            _ => $"The update of {MarkdownText.Inline(target.KojiNvrs)} could not be made: {MarkdownText.Inline(target.Message ?? "")}",
        };
        return $"{outcome} See {page}";
    }

    /// <summary>The notes of an update whose package brings none of its own.</summary>
    public static string Notes(IEnumerable<string> nvrs) => $"Automatic update for {string.Join(", ", nvrs)}";
}
