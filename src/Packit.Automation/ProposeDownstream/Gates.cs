using Packit.Automation.Reporting.Texts;
using Packit.PackageConfig;
using Packit.Specfile;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Reasons to leave a branch alone: it is further already, or the project asked for it.</summary>
internal static class Gates
{
    public static string? WhyNot(PlanInput input, string version)
    {
        var present = VersionIn(input.DistGitSpec, input.Macros);
        if (present is not null && SpecVersion.Compare(input.Settings, version, present) < 0)
        {
            return ProposeDownstreamTexts.Downgrade(present, version);
        }

        if (input.Open is { } open && SpecVersion.Compare(input.Settings, version, open.Version) < 0)
        {
            return ProposeDownstreamTexts.NewerProposed(open.Version, open.Url, version);
        }

        // The mask compares with what the branch has: the upstream spec usually carries the new version already.
        return new VersionGates(input.Settings).SkipReason(version, present ?? version, input.Branch, input.Aliases);
    }

    /// <summary>The version that a spec says; null without a spec or when it cannot be told without running code.</summary>
    public static string? VersionIn(ReadOnlyMemory<byte>? spec, MacroContext macros) =>
        spec is { } bytes ? SpecFile.Parse(bytes).Read(macros).Version.TextOrNull : null;
}
