using Packit.Automation.Failures;

namespace Packit.Automation.Agreements;

/// <summary>What a branch may do now, as far as the dist-git side has agreed.</summary>
public abstract record ProposalTurn
{
    private ProposalTurn()
    {
    }

    /// <summary>It is proposed.</summary>
    public sealed record Go(ProposalTerms Terms) : ProposalTurn;

    /// <summary>Another branch asks, and this one waits for the answer.</summary>
    public sealed record Wait(string Text) : ProposalTurn;

    /// <summary>Nobody answered in time.</summary>
    public sealed record GiveUp(string Text) : ProposalTurn;

    /// <summary>It cannot even be asked.</summary>
    public sealed record Refuse(Failure Failure) : ProposalTurn;
}

/// <summary>On which terms a branch is proposed.</summary>
/// <param name="AskId">Row of the question that the pull request asks: nothing is uploaded, and nothing else is opened. Null when it is agreed to.</param>
/// <param name="RepositoryId">GitHub's id of the upstream repository; null where agreements do not count.</param>
/// <param name="Paragraph">What the pull request says about it; null for nothing.</param>
/// <param name="Before">What it said before, while it was not agreed to; null when it never asked.</param>
public sealed record ProposalTerms(int? AskId, long? RepositoryId, string? Paragraph, string? Before)
{
    /// <summary>Nobody has to be asked.</summary>
    public static ProposalTerms Usual { get; } = new(null, null, null, null);

    /// <summary>Whether all may be done that belongs to a proposal.</summary>
    public bool IsAgreed => AskId is null;
}
