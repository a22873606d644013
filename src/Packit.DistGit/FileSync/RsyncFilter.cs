namespace Packit.DistGit;

/// <summary>
/// Filter rules of rsync(1): the first rule that matches a path decides. <c>exclude</c> hides a file from being copied and protects
/// it from being deleted; <c>include</c> is its opposite; <c>hide</c>, <c>show</c>, <c>protect</c> and <c>risk</c> do one half.
/// </summary>
internal sealed class RsyncFilter
{
    private const int MaxRules = 200;
    private const int MaxLength = 1000;

    private readonly List<Rule> _rules = [];

    private RsyncFilter()
    {
    }

    /// <summary>Reads rules such as <c>protect .git*</c>, <c>- /docs/</c> or <c>P sources</c>.</summary>
    /// <param name="rules">The rules, in order.</param>
    /// <param name="problem">What is wrong with the first bad rule; else empty.</param>
    /// <returns>The filter, or null when a rule is bad.</returns>
    public static RsyncFilter? Parse(IReadOnlyList<string> rules, out string problem)
    {
        var filter = new RsyncFilter();
        problem = rules.Count > MaxRules ? $"there are more than {MaxRules} filters" : "";
        foreach (var text in rules.Take(MaxRules))
        {
            if (text is "!" or "clear")
            {
                filter._rules.Clear();
            }
            else if (text.Length <= MaxLength && Rule.Parse(text) is { } rule)
            {
                filter._rules.Add(rule);
            }
            else
            {
                problem = $"'{GitName.Clip(text)}' is not a filter that can be used here; use exclude, include, hide, show, protect or risk and a pattern";
                return null;
            }
        }

        return problem.Length == 0 ? filter : null;
    }

    /// <summary>Whether a path, relative to the root of the transfer, is kept from being copied: itself or a directory it is in.</summary>
    public bool Hides(string path) => Decides(path, false, static rule => rule.OnSender);

    /// <summary>The same for a directory.</summary>
    public bool HidesDirectory(string path) => Decides(path, true, static rule => rule.OnSender);

    /// <summary>Whether a path, relative to the root of the transfer, is kept from being deleted: itself or a directory it is in.</summary>
    public bool Protects(string path) => Decides(path, false, static rule => rule.OnReceiver);

    private bool Decides(string path, bool directory, Predicate<Rule> applies)
    {
        if (_rules.Count == 0)
        {
            return false;
        }

        for (var end = path.IndexOf('/', StringComparison.Ordinal); end >= 0; end = path.IndexOf('/', end + 1))
        {
            if (Excluded(path[..end], true, applies))
            {
                return true;
            }
        }

        return Excluded(path, directory, applies);
    }

    private bool Excluded(string path, bool directory, Predicate<Rule> applies) =>
        _rules.Find(rule => applies(rule) && rule.Matches(path, directory)) is { Excludes: true };

    private sealed record Rule(bool Excludes, bool OnSender, bool OnReceiver, bool Negated, bool Anchored, bool DirectoriesOnly, bool WholePath)
    {
        private Wildcard Pattern { get; init; } = new("", WildcardStyle.Rsync);

        private Wildcard? Itself { get; init; }

        public static Rule? Parse(string text)
        {
            var end = text.AsSpan().IndexOfAny(' ', '_');
            if (end <= 0 || end == text.Length - 1)
            {
                return null;
            }

            var head = text[..end];
            var comma = head.IndexOf(',', StringComparison.Ordinal);
            var name = comma >= 0 ? head[..comma] : char.IsAsciiLetterLower(head[0]) ? head : head[..1];
            var modifiers = comma >= 0 ? head[(comma + 1)..] : head[name.Length..];
            return Sides(name) is { } sides && modifiers.All(static letter => letter is '!' or 's' or 'r' or 'p')
                ? With(
                    text[(end + 1)..],
                    new Rule(
                        sides.Excludes,
                        sides.OnSender && (!modifiers.Contains('r', StringComparison.Ordinal) || modifiers.Contains('s', StringComparison.Ordinal)),
                        sides.OnReceiver && (!modifiers.Contains('s', StringComparison.Ordinal) || modifiers.Contains('r', StringComparison.Ordinal)),
                        modifiers.Contains('!', StringComparison.Ordinal), false, false, false))
                : null;
        }

        public bool Matches(string path, bool directory) => MatchesPattern(path, directory) != Negated;

        private static (bool Excludes, bool OnSender, bool OnReceiver)? Sides(string name) => name switch
        {
            "exclude" or "-" => (true, true, true),
            "include" or "+" => (false, true, true),
            "hide" or "H" => (true, true, false),
            "show" or "S" => (false, true, false),
            "protect" or "P" => (true, false, true),
            "risk" or "R" => (false, false, true),
            _ => null,
        };

        private static Rule? With(string pattern, Rule rule)
        {
            var anchored = pattern[0] == '/';
            var body = anchored ? pattern[1..] : pattern;
            // `dir/***` is the directory and everything in it.
            var tree = body.EndsWith("/***", StringComparison.Ordinal);
            var directories = !tree && body.EndsWith('/');
            body = directories ? body[..^1] : body;
            return body.Length == 0 ? null : rule with
            {
                Anchored = anchored,
                DirectoriesOnly = directories,
                WholePath = anchored || body.Contains('/', StringComparison.Ordinal) || body.Contains("**", StringComparison.Ordinal),
                Pattern = new Wildcard(tree ? body[..^1] : body, WildcardStyle.Rsync),
                Itself = tree ? new Wildcard(body[..^4], WildcardStyle.Rsync) : null,
            };
        }

        private bool MatchesPattern(string path, bool directory)
        {
            if (DirectoriesOnly && !directory)
            {
                return false;
            }

            if (!WholePath)
            {
                return Fits(path.AsSpan(path.LastIndexOf('/') + 1), directory);
            }

            // Without an anchor the pattern may begin at any part of the path, and `**/` also stands for no directory at all.
            var fits = Fits(path, directory) || (!Anchored && Fits("/" + path, directory));
            for (var from = path.IndexOf('/', StringComparison.Ordinal); !fits && !Anchored && from >= 0; from = path.IndexOf('/', from + 1))
            {
                fits = Fits(path.AsSpan(from + 1), directory);
            }

            return fits;
        }

        private bool Fits(ReadOnlySpan<char> text, bool directory) =>
            Pattern.IsMatch(text) || (directory && Itself is { } itself && itself.IsMatch(text));
    }
}
