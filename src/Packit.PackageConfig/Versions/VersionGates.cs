namespace Packit.PackageConfig;

/// <summary>The rules of a package on which versions a branch may get (<c>version_update_mask</c>, <c>version_update_specifiers</c>).</summary>
/// <param name="settings">Settings of the package.</param>
public sealed class VersionGates(PackageSettings settings)
{
    /// <summary>
    /// Decides on an update. The mask guards stable and EPEL branches only: when both versions match it (from their start) and the matched
    /// texts differ, the update is skipped. The specifiers guard every branch.
    /// </summary>
    /// <param name="proposed">Version of the release.</param>
    /// <param name="current">Version in the spec that is to be updated.</param>
    /// <param name="branch">Dist-git branch.</param>
    /// <param name="aliases">Tells which branches are stable.</param>
    /// <returns>Null when the update is allowed, else the text for the user that says why it is skipped and how to allow it.</returns>
    public string? SkipReason(string proposed, string current, string branch, BranchAliases aliases) =>
        MaskReason(proposed, current, branch, aliases) ?? SpecifiersReason(proposed);

    private string? MaskReason(string proposed, string current, string branch, BranchAliases aliases)
    {
        if (settings.VersionUpdateMask is not { Length: > 0 } mask || !aliases.IsStableOrEpel(branch))
        {
            return null;
        }

        if (PythonRegex.TryCreate(mask, out var fault) is not { } regex)
        {
            return $"version_update_mask cannot be used. {fault!.Message}";
        }

        if (!regex.TryMatch(proposed, out var ofProposed) || !regex.TryMatch(current, out var ofCurrent))
        {
            return $"version_update_mask \"{mask}\" takes too long on the versions {proposed} and {current}.";
        }

        return ofProposed is not null && ofCurrent is not null && ofProposed.Text != ofCurrent.Text
            ? $"The upstream released version {proposed} does not match specfile version {current} at branch {branch} using the version_update_mask \"{mask}\".\n"
                + "You can change the version_update_mask with an empty string to skip this check."
            : null;
    }

    private string? SpecifiersReason(string proposed)
    {
        if (settings.VersionUpdateSpecifiers is not { Length: > 0 } text)
        {
            return null;
        }

        var isSatisfied = Pep440Specifiers.TryParse(text) is { } specifiers
            && Pep440Version.TryParse(proposed) is { } version
            && specifiers.Contains(version, proposed);
        return isSatisfied
            ? null
            : $"The upstream released version {proposed} does not satisfy the version_update_specifiers \"{text}\".\n"
                + "You can remove version_update_specifiers to skip this check.";
    }
}
