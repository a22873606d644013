using Packit.PackageConfig.Yaml;

namespace Packit.PackageConfig;

/// <summary>Collects problems while a file is read; the same problem at the same place (a value shared by alias) counts once.</summary>
internal sealed class ProblemList
{
    private const int Limit = 200;
    private const int LongestText = 500;
    private readonly List<ConfigProblem> _problems = [];
    private readonly HashSet<(string Code, int Line, int Column, string Message)> _seen = [];

    /// <summary>True when no more problems are taken; suggestions need not be looked for.</summary>
    public bool IsFull => _problems.Count >= Limit;

    public bool HasErrors { get; private set; }

    public void Error(string code, YamlNode node, ConfigPath path, string message, string? hint = null) =>
        Add(code, ConfigSeverity.Error, path.ToString(), node.Line, node.Column, message, hint);

    public void Warning(string code, YamlNode node, ConfigPath path, string message, string? hint = null) =>
        Add(code, ConfigSeverity.Warning, path.ToString(), node.Line, node.Column, message, hint);

    public void Add(string code, ConfigSeverity severity, string path, int line, int column, string message, string? hint = null)
    {
        HasErrors |= severity == ConfigSeverity.Error;
        message = Printable(message)!;
        if (!IsFull && _seen.Add((code, line, column, message)))
        {
            _problems.Add(new ConfigProblem(code, severity, Printable(path)!, line, column, message, Printable(hint)));
        }
    }

    /// <summary>Names of the file come into messages: escapes in it must not reach a terminal, nor a name of 100 KB a comment.</summary>
    private static string? Printable(string? text)
    {
        if (text is null || (text.Length <= LongestText && !text.Any(char.IsControl)))
        {
            return text;
        }

        var cut = text.Length <= LongestText ? text : text[..LongestText] + "…";
        return string.Concat(cut.Select(c => char.IsControl(c) ? ' ' : c));
    }

    public IReadOnlyList<ConfigProblem> InFileOrder() => [.. _problems.OrderBy(p => p.Line).ThenBy(p => p.Column)];
}
