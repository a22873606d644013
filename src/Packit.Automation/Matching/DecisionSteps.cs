using System.Globalization;

namespace Packit.Automation.Matching;

/// <summary>Names of the steps of a delivery that decide something of their own. The event of the delivery itself has the empty name.</summary>
public static class DecisionSteps
{
    /// <summary>First word of the steps that are about the update of a build.</summary>
    public const string UpdateWord = "update";

    /// <summary>First word of the steps that are about a command of a comment.</summary>
    public const string CommandWord = "command";

    /// <summary>The update of a build of somebody else, whose message the delivery is.</summary>
    public const string UpdateOfForeign = UpdateWord;

    /// <summary>Which branches run again because a check is asked for again.</summary>
    public const string Rerun = "rerun";

    /// <summary>Whether the answer to a comment can be shown.</summary>
    public const string Answer = "answer";

    /// <summary>What the delivery moved on that another one had started.</summary>
    public const string MovedOn = "moved on";

    /// <summary>The update of a build of ours: it is decided for the delivery that the build was made for.</summary>
    /// <param name="buildId">The build's row.</param>
    public static string UpdateOf(int buildId) => string.Create(CultureInfo.InvariantCulture, $"{UpdateWord} {buildId}");

    /// <summary>Whether a command of a comment is carried out.</summary>
    /// <param name="commandId">The command's row.</param>
    public static string CommandOf(int commandId) => string.Create(CultureInfo.InvariantCulture, $"{CommandWord} {commandId}");

    /// <summary>Which jobs a command of a comment starts.</summary>
    /// <param name="commandId">The command's row.</param>
    public static string JobsOf(int commandId) => string.Create(CultureInfo.InvariantCulture, $"{CommandWord} {commandId} jobs");

    /// <summary>Whether the package's side agrees to the releases of a project; asked and answered stand beside each other.</summary>
    /// <param name="viewIndex">The job among the config's views.</param>
    /// <param name="isAgreed">Whether it does.</param>
    public static string Agreement(int viewIndex, bool isAgreed) =>
        string.Create(CultureInfo.InvariantCulture, $"agreement {viewIndex} {(isAgreed ? "given" : "asked")}");
}
