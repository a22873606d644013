using Packit.Automation.Failures;
using Packit.Automation.Nvr;
using Packit.Automation.Reporting.Texts;
using Packit.Koji;
using Build = Packit.Koji.KojiBuild;

namespace Packit.Automation.KojiBuild;

/// <summary>What would be done about a build. Pure: made from what was read of dist-git and Koji.</summary>
public abstract record KojiBuildPlan
{
    private KojiBuildPlan()
    {
    }

    /// <summary>Koji is to be asked to build.</summary>
    /// <param name="Nvr">As what; null for a scratch build whose spec does not tell.</param>
    public sealed record Submit(string? Nvr) : KojiBuildPlan;

    /// <summary>Koji has the very build that is wanted, by our own account: it is followed as if it was submitted just now.</summary>
    public sealed record Adopt(Build Existing) : KojiBuildPlan;

    /// <summary>Nothing is to be built.</summary>
    public sealed record Skip(string Reason, string? Nvr = null, Build? Existing = null) : KojiBuildPlan;

    /// <summary>It cannot be built.</summary>
    public sealed record Refuse(Failure Failure, string? Nvr = null) : KojiBuildPlan;

    /// <summary>Makes the plan.</summary>
    /// <param name="wanted">What is to be built.</param>
    /// <param name="facts">What was read.</param>
    public static KojiBuildPlan Make(WantedBuild wanted, BuildFacts facts)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(facts);
        if (facts.Commit == CommitPlace.BranchMissing)
        {
            return new Skip(KojiBuildTexts.BranchGone(wanted.Branch));
        }

        if (facts.Commit == CommitPlace.NotOnBranch)
        {
            return new Skip(KojiBuildTexts.NotOnBranch(wanted.Commit, wanted.Branch));
        }

        var nvr = (facts.Nvr as NvrReading.Known)?.Nvr;
        if (facts.Target is null)
        {
            return new Refuse(Failure.UserFixable(FailureCodes.BuildTargetMissing, KojiBuildTexts.NoTarget(wanted.Target, wanted.Branch)), nvr);
        }

        if (wanted.Scratch)
        {
            return new Submit(nvr);
        }

        if (nvr is null)
        {
            var reason = facts.Nvr is NvrReading.Unknown unknown ? unknown.Reason : "";
            return new Refuse(Failure.UserFixable(FailureCodes.NvrUnknown, KojiBuildTexts.NvrUnknown(wanted.Commit, reason)));
        }

        // Koji takes the name from the spec file: the service builds nothing in the name of a package that did not ask for it.
        if (facts.Nvr is NvrReading.Known { Name: var name } && name != wanted.Package)
        {
            return new Refuse(Failure.UserFixable(FailureCodes.NameForeign, KojiBuildTexts.NameForeign(wanted.Package, wanted.Commit, name)));
        }

        // A build that failed, was canceled or deleted gives its name back.
        return facts.Existing is { State: KojiBuildState.Building or KojiBuildState.Complete } existing
            ? facts.IsOurs && existing.Scm?.Commit == wanted.Commit ? new Adopt(existing) : new Skip(KojiBuildTexts.Exists(existing), nvr, existing)
            : new Submit(nvr);
    }
}

/// <summary>A build as it is wanted.</summary>
/// <param name="Package">Name of the dist-git repository.</param>
/// <param name="Branch">The dist-git branch.</param>
/// <param name="Commit">Full sha.</param>
/// <param name="Target">Koji's build target.</param>
/// <param name="Scratch">Whether it is thrown away after.</param>
public sealed record WantedBuild(string Package, string Branch, string Commit, string Target, bool Scratch);

/// <summary>What the plan is made from.</summary>
/// <param name="Commit">Where the commit is.</param>
/// <param name="Nvr">What it would be built as; null when the commit is not on the branch.</param>
/// <param name="Target">The build target; null when Koji has none of the name.</param>
/// <param name="Existing">The build of that NVR; null when Koji has none.</param>
/// <param name="IsOurs">Whether our account owns that build, and no other row of ours is about it.</param>
public sealed record BuildFacts(CommitPlace Commit, NvrReading? Nvr, BuildTarget? Target, Build? Existing, bool IsOurs);

/// <summary>Where a pushed commit is by now.</summary>
public enum CommitPlace
{
    /// <summary>On the branch, at its head or below it.</summary>
    OnBranch,

    /// <summary>The branch was moved to another line of commits.</summary>
    NotOnBranch,

    /// <summary>There is no such branch any more.</summary>
    BranchMissing,
}
