using System.Globalization;

namespace Packit.DistGit;

/// <summary>Reads the text of a commit object: headers, an empty line, the message.</summary>
internal static class CommitText
{
    /// <exception cref="GitException">It is malformed.</exception>
    public static GitCommitFacts Parse(string sha, string text)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var head = end < 0 ? text : text[..end];
        var message = end < 0 ? "" : text[(end + 2)..].TrimEnd('\n');
        // Further lines of a header (a signature) begin with a blank and are of no interest here.
        var headers = head.Split('\n').Select(static line => line.Split(' ', 2)).Where(static line => line.Length == 2).ToLookup(
            static line => line[0], static line => line[1], StringComparer.Ordinal);
        if (headers["tree"].FirstOrDefault() is not { } tree || !GitName.IsObject(tree))
        {
            throw new GitException(GitFailure.Unexpected, $"The commit {sha} is malformed.");
        }

        var (author, authored) = Who(headers["author"].FirstOrDefault() ?? "");
        var (committer, committed) = Who(headers["committer"].FirstOrDefault() ?? "");
        return new GitCommitFacts(sha, tree, [.. headers["parent"]], author, authored, committer, committed, message);
    }

    // `Name <address> seconds +hhmm`; old tools wrote odd ones, which are read as far as they go.
    private static (GitIdentity Who, DateTimeOffset When) Who(string line)
    {
        var open = line.IndexOf('<', StringComparison.Ordinal);
        var close = line.LastIndexOf('>');
        if (open < 0 || close < open)
        {
            return (new GitIdentity(line.Trim(), ""), DateTimeOffset.UnixEpoch);
        }

        var when = line[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var seconds = when.Length > 0 && long.TryParse(when[0], NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : 0;
        var time = DateTimeOffset.FromUnixTimeSeconds(Math.Min(seconds, DateTimeOffset.MaxValue.ToUnixTimeSeconds() - 86_400));
        return (new GitIdentity(line[..open].Trim(), line[(open + 1)..close]), when.Length > 1 ? time.ToOffset(Offset(when[1])) : time);
    }

    private static TimeSpan Offset(string text)
    {
        if (text.Length != 5 || !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return TimeSpan.Zero;
        }

        var offset = new TimeSpan(number / 100, number % 100, 0);
        return offset.Duration() <= TimeSpan.FromHours(14) ? offset : TimeSpan.Zero;
    }
}
