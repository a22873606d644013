using Packit.Automation.Storage;

namespace Packit.Automation.ProposeDownstream;

/// <summary>The log of one target that people read on its page, while the work goes on.</summary>
public sealed class TargetLog(int targetId, TargetLogSink sink, TimeProvider time) : IPlanLog
{
    public void Info(string text) => Add(LogLevelName.Info, text);

    public void Warning(string text) => Add(LogLevelName.Warning, text);

    public void Error(string text) => Add(LogLevelName.Error, text);

    private void Add(LogLevelName level, string text) =>
        sink.Add(new TargetLogLine { TargetId = targetId, At = time.GetUtcNow(), Level = level, Text = StoredText.Of(text) });
}
