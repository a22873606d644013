namespace Packit.Specfile;

/// <summary>Which release the result gets (Packit: <c>get_new_release</c>).</summary>
internal static class ReleaseRule
{
    /// <summary>The first release of a version.</summary>
    public const string Reset = "1%{?dist}";

    /// <param name="distGit">The dist-git spec before the merge.</param>
    /// <param name="upstream">The upstream spec.</param>
    /// <param name="sameVersion">Whether the upstream spec has the proposed version already.</param>
    /// <param name="sameRelease">Whether both specs come to the same release without the dist tag.</param>
    /// <returns>The value to write, or null to leave what the upstream spec has.</returns>
    public static string? Choose(SpecReading distGit, SpecReading upstream, bool sameVersion, bool sameRelease)
    {
        if (distGit.UsesAutorelease)
        {
            return upstream.UsesAutorelease ? null : distGit.RawRelease;
        }

        return upstream.UsesAutorelease || !sameVersion || sameRelease ? Reset : null;
    }

    /// <summary>
    /// A raw release without the dist tag and what stands behind it: <c>3</c> of <c>3%{?dist}.1</c>.
    /// </summary>
    public static string WithoutDist(string raw)
    {
        foreach (var tag in new[] { "%{?dist}", "%{dist}", "%?dist", "%dist" })
        {
            var at = raw.LastIndexOf(tag, StringComparison.Ordinal);
            if (at >= 0)
            {
                var rest = raw.AsSpan(at + tag.Length);
                return rest.IsEmpty || (rest[0] == '.' && rest.Length > 1 && !rest[1..].ContainsAnyExceptInRange('0', '9')) ? raw[..at] : raw;
            }
        }

        return raw;
    }
}
