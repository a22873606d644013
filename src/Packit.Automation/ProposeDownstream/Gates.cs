using Packit.Automation.Reporting.Texts;
using Packit.PackageConfig;
using Packit.Specfile;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Reasons to leave a branch alone: it is further already, or the project asked for it.</summary>
internal static class Gates
{
    public static string? WhyNot(PlanInput input, string version)
    {
        var present = VersionIn(input.DistGitSpec, input.Macros, input.Rpm);
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

    /// <summary>The version that a spec says; null without a spec, or when only code could tell it and rpm did not.</summary>
    public static string? VersionIn(ReadOnlyMemory<byte>? spec, MacroContext macros, RpmReadings? rpm = null)
    {
        if (spec is not { } bytes)
        {
            return null;
        }

        var reading = SpecFile.Parse(bytes).Read(macros);
        return reading.Version.TextOrNull ?? (rpm?.Of(bytes) is { } answer ? reading.Completed(answer).Version.TextOrNull : null);
    }
}
