namespace Packit.Automation.Reporting.Texts;

/// <summary>What people read about an update on its way to Bodhi.</summary>
public static class BodhiUpdateTexts
{
    public const string TakenOver = "Another worker has taken this update over.";

    public static string Created(string alias) => $"The update {alias} was created.";

    public static string Adopted(string alias) => $"Bodhi has the update {alias} of this build already; it is followed.";

    public static string MadeElsewhere(string nvr, int other) => $"The update of {nvr} is being made already, as number {other}.";

    public static string NotTagged(string nvr, string candidateTag) =>
        $"Koji has not put {nvr} into the tag {candidateTag} yet, where Bodhi looks for it. The update follows when it has.";

    public static string ExistsUnseen(string nvr) => $"Bodhi says that an update for {nvr} exists already, but does not show it yet.";

    public static string NoRights(string user, string package, string settingsUrl, string said) =>
        $"Bodhi does not let {user} make updates of {package}: {said}\nAn admin of the package has to give {user} commit rights at {settingsUrl}.";

    public static string Refused(string said) =>
        $"Bodhi refuses the update: {said}\nCorrect what it names, such as 'bodhi_extra_params' in the package config, and ask again.";

    public static string BuilderNotAllowed(string owner, IReadOnlyList<string> allowed) =>
        $"{owner} built it, and 'allowed_builders' is [{string.Join(", ", allowed)}].";
}
