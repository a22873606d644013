using Packit.Automation.Reporting.Texts;

namespace Packit.Automation.Access;

/// <summary>Whether somebody may do what they ask for: decided by <see cref="AccessRules"/> from what the forges and the account system say now.</summary>
public sealed class AccessGate(AccessFacts facts)
{
    /// <summary>Decides; called before any sign of acceptance is given. Only facts that the rule needs are asked for.</summary>
    /// <exception cref="Http.RemoteException">Whoever has to be asked does not answer: that is no refusal, and to be tried again.</exception>
    public async Task<AccessDecision> DecideAsync(AccessQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        List<string> grounds = [];
        foreach (var need in AccessRules.Of(question.Event).Needs)
        {
            var fact = await MeetAsync(need, question, cancellationToken);
            if (!fact.IsHeld)
            {
                return new AccessDecision.Refused(fact.Text!);
            }

            grounds.Add(fact.Text!);
        }

        return new AccessDecision.Granted(string.Join("; ", grounds.Distinct()));
    }

    private async Task<RoleFact> MeetAsync(AccessNeed need, AccessQuestion question, CancellationToken cancellationToken)
    {
        string? refusal = null;
        foreach (var role in need.AnyOf)
        {
            var fact = await facts.AskAsync(role, question, cancellationToken);
            if (fact.IsHeld)
            {
                return fact;
            }

            refusal ??= fact.Text;
        }

        return new RoleFact(IsHeld: false, refusal ?? AccessTexts.Needed(need.AnyOf[0]));
    }
}
