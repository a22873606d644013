using System.Globalization;
using Packit.Sandbox.Git;
using Packit.Specfile;

namespace Packit.Sandbox.Koji;

/// <summary>
/// <c>%autorelease</c> and <c>%autochangelog</c> in their plain form: the release counts the commits since the version changed, and each
/// commit is an entry of the changelog.
/// </summary>
internal static class AutoRelease
{
    private const int Depth = 60;

    /// <summary>The commits up to one, newest first, with the version and release that a build of each would have.</summary>
    public static async Task<IReadOnlyList<(CommitInfo Commit, string Version, int Release)>> ReadAsync(
        BareRepository git, string commit, string specFile, MacroContext macros, CancellationToken ct)
    {
        var rows = new List<(CommitInfo Commit, string Version, int Release)>();
        string? version = null;
        int release = 0;
        foreach (var one in (await git.LogAsync(commit, Depth, ct)).Reverse())
        {
            string now = await git.ReadAsync(one.Sha, specFile, ct) is { } bytes ? SpecFile.Parse(bytes).Read(macros).Version.TextOrNull ?? "" : "";
            release = now == version ? release + 1 : 1;
            version = now;
            rows.Add((one, now, release));
        }

        rows.Reverse();
        return rows;
    }

    public static IReadOnlyList<ChangelogRow> Changelog(IReadOnlyList<(CommitInfo Commit, string Version, int Release)> history) =>
        [.. history.Select(row => new ChangelogRow(
            Noon(DateOnly.FromDateTime(row.Commit.When.UtcDateTime)),
            string.Create(CultureInfo.InvariantCulture, $"{row.Commit.Author.Name} <{row.Commit.Author.Email}> - {row.Version}-{row.Release}"),
            "- " + row.Commit.Title))];

    /// <summary>rpm dates an entry at noon of its day in UTC.</summary>
    public static long Noon(DateOnly day) => new DateTimeOffset(day, new TimeOnly(12, 0), TimeSpan.Zero).ToUnixTimeSeconds();
}
