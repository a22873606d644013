using System.Globalization;

namespace Packit.Automation.Reporting.Texts;

/// <summary>What the page of a delivery says while it waits, and when it is given up.</summary>
public static class IntakeTexts
{
    /// <summary>What is waited for, when it is looked for next, and until when.</summary>
    /// <param name="what">What is waited for, in sentences.</param>
    /// <param name="next">When the delivery is read again.</param>
    /// <param name="until">When it is given up.</param>
    public static string Waiting(string what, DateTimeOffset next, DateTimeOffset until) =>
        $"{Sentence(what)} Tried again at {ProposeDownstreamTexts.Instant(next)}, and until {ProposeDownstreamTexts.Instant(until)}.";

    /// <summary>That nothing more is tried, and how it goes on.</summary>
    public static string GivenUp(string what, TimeSpan after, int attempts) => string.Create(
        CultureInfo.InvariantCulture,
        $"Given up after {Length(after)} and {attempts} attempts: {Sentence(what)} Deliver it again (for GitHub: in the settings of the App, under Advanced), or ask with a command.");

    /// <summary>That a delivery which was given up came once more.</summary>
    public const string DeliveredAgain = "It was given up, was delivered again, and is read again.";

    public static string NeverEnded(int attempts, string? lastKnown) =>
        $"Reading was begun {attempts} times and never came to an end. Last known: {lastKnown ?? "nothing"}";

    public static string Bug(int attempt, Exception bug) => $"Internal error in attempt {attempt}: {bug}";

    public static string GivenUpForBugs(int attempts, Exception last) => $"Internal error in {attempts} attempts, the last: {last}";

    private static string Sentence(string text) => text.EndsWith('.') || text.EndsWith('!') ? text : text + ".";

    private static string Length(TimeSpan time) => time.TotalDays >= 2
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0} days")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, time.TotalHours):0} hours");
}
