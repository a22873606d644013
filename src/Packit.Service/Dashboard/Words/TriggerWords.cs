using Packit.Automation.Storage;

namespace Packit.Service.Dashboard.Words;

/// <summary>What asked for a run.</summary>
internal static class TriggerWords
{
    public static string Of(RunTrigger trigger) => trigger switch
    {
        RunTrigger.Release => "the release",
        RunTrigger.Comment => "a comment",
        RunTrigger.CheckRerun => "a re-run of the check",
    };
}
