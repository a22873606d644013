using System.Text;

namespace Packit.DistGit;

/// <summary>Reads what git says on standard error (always English: <c>LC_ALL=C</c>).</summary>
internal static class GitErrors
{
    private static readonly (string Text, GitFailure Kind)[] Signs =
    [
        ("could not read Username", GitFailure.Unauthorized),
        ("could not read Password", GitFailure.Unauthorized),
        ("Authentication failed", GitFailure.Unauthorized),
        ("returned error: 401", GitFailure.Unauthorized),
        ("returned error: 403", GitFailure.Refused),
        ("returned error: 404", GitFailure.NotFound),
        ("returned error: 410", GitFailure.NotFound),
        ("returned error: 429", GitFailure.Unreachable),
        ("returned error: 3", GitFailure.Refused),
        ("returned error: 5", GitFailure.Unreachable),
        ("does not appear to be a git repository", GitFailure.NotFound),
        ("' not found", GitFailure.NotFound),
        ("not our ref", GitFailure.NotFound),
        ("unadvertised object", GitFailure.NotFound),
        ("couldn't find remote ref", GitFailure.NotFound),
        ("Operation too slow", GitFailure.Timeout),
        ("timed out", GitFailure.Timeout),
        ("' not allowed", GitFailure.Refused),
        ("fsck error", GitFailure.Refused),
        ("Could not resolve", GitFailure.Unreachable),
        ("Failed to connect", GitFailure.Unreachable),
        ("Couldn't connect", GitFailure.Unreachable),
        ("Connection ", GitFailure.Unreachable),
        ("Empty reply", GitFailure.Unreachable),
        ("early EOF", GitFailure.Unreachable),
        ("RPC failed", GitFailure.Unreachable),
        ("unexpected disconnect", GitFailure.Unreachable),
        ("hung up", GitFailure.Unreachable),
        ("SSL", GitFailure.Unreachable),
        ("TLS", GitFailure.Unreachable),
        ("unable to access", GitFailure.Unreachable),
    ];

    /// <summary>The failure that an unsuccessful run means.</summary>
    /// <param name="what">What was tried, as the start of a sentence: <c>Fetching rawhide from https://…</c>.</param>
    /// <param name="output">The run.</param>
    public static GitException Failure(string what, GitOutput output)
    {
        var kind = Array.Find(Signs, sign => output.Errors.Contains(sign.Text, StringComparison.Ordinal)) is { Text: not null } found
            ? found.Kind
            : GitFailure.Unexpected;
        return new GitException(kind, $"{what} failed: {Reason(output)}{Advice(kind)}");
    }

    /// <summary>The lines of git itself, without what a server said.</summary>
    public static string Reason(GitOutput output)
    {
        var own = Lines(output.Errors, "fatal:").Concat(Lines(output.Errors, "error:")).Take(2).ToList();
        return own.Count > 0 ? string.Join("; ", own) : $"git ended with status {output.ExitCode}";
    }

    /// <summary>What the server said (lines of <c>remote:</c>), joined; empty when it said nothing.</summary>
    public static string Remote(GitOutput output) => string.Join(" ", Lines(output.Errors, "remote:").Take(5));

    /// <summary>Text of others on one line of at most 300 printable characters.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder();
        foreach (var letter in text.Trim())
        {
            if (clean.Length == 300)
            {
                return clean.Append('…').ToString();
            }

            clean.Append(char.IsControl(letter) ? ' ' : letter);
        }

        return clean.ToString();
    }

    private static IEnumerable<string> Lines(string errors, string prefix) =>
        from line in errors.Split('\n')
        where line.StartsWith(prefix, StringComparison.Ordinal)
        let text = Clean(line[prefix.Length..])
        where text.Length > 0
        select text;

    private static string Advice(GitFailure kind) => kind switch
    {
        GitFailure.Unauthorized => " (the repository does not exist, or the credentials for it are missing, wrong or expired)",
        _ => "",
    };
}
