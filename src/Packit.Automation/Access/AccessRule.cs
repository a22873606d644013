namespace Packit.Automation.Access;

/// <summary>One line of the table of who may what.</summary>
/// <param name="Event">What is asked for.</param>
/// <param name="Occasion">The same in words.</param>
/// <param name="Effect">What is done when it is granted, in words.</param>
/// <param name="Needs">All of these have to be met; the first that is not is what the refusal is about. Cheapest first.</param>
/// <param name="Refusal">Where a refused person reads why.</param>
public sealed record AccessRule(AccessEvent Event, string Occasion, string Effect, IReadOnlyList<AccessNeed> Needs, RefusalPlace Refusal);

/// <summary>One condition of a rule.</summary>
/// <param name="AnyOf">One of these roles is enough. Cheapest first.</param>
public sealed record AccessNeed(params IReadOnlyList<AccessRole> AnyOf);

/// <summary>Where a refused person reads what would be needed. The page of the delivery says it always.</summary>
public enum RefusalPlace
{
    /// <summary>Nowhere else: nobody asked.</summary>
    DeliveryPage,

    /// <summary>In a comment to the commit, once.</summary>
    Commit,

    /// <summary>In the issue or pull request where it was asked for, once.</summary>
    Thread,

    /// <summary>In the check that was to run again.</summary>
    Check,
}
