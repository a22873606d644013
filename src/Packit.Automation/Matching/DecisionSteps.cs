using System.Globalization;

namespace Packit.Automation.Matching;

/// <summary>Names of the steps of a delivery that decide something of their own.</summary>
public static class DecisionSteps
{
    private const string Update = "update ";

    /// <summary>The update of a build of somebody else, whose message the delivery is; or one that was asked for.</summary>
    public const string UpdateOfForeign = "update";

    /// <summary>The update of a build of ours: it is decided for the delivery that the build was made for.</summary>
    /// <param name="buildId">The build's row.</param>
    public static string UpdateOf(int buildId) => Update + buildId.ToString(CultureInfo.InvariantCulture);

    /// <summary>One command of a comment.</summary>
    /// <param name="command">What tells it from the others of the comment.</param>
    public static string Command(string command) => $"command {command}";
}
