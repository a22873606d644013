namespace Packit.Automation.ProposeDownstream;

/// <summary>Where is told what was found out while a plan is made.</summary>
public interface IPlanLog
{
    void Info(string text);

    void Warning(string text);
}
