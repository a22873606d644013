namespace Packit.Koji;

/// <summary>An entry of a package's changelog.</summary>
/// <param name="At">When; RPM keeps only the day, at noon UTC.</param>
/// <param name="Author">The line with name, address and usually the version.</param>
/// <param name="Text">The text, without the author's line.</param>
public sealed record ChangelogEntry(DateTimeOffset At, string Author, string Text)
{
    internal static ChangelogEntry Read(Answer entry) => new(
        (entry["date_ts"].IsNil ? entry["date"].Time() : entry["date_ts"].Time()) ?? throw entry["date_ts"].Wrong("a time"),
        entry["author"].Text(),
        entry["text"].TextOrNull() ?? "");
}
