using Packit.PackageConfig.Yaml;

namespace Packit.PackageConfig;

/// <summary>Collects problems while a file is read; the same problem at the same place (a value shared by alias) counts once.</summary>
internal sealed class ProblemList
{
    private const int Limit = 200;
    private readonly List<ConfigProblem> _problems = [];
    private readonly HashSet<(string Code, int Line, int Column, string Message)> _seen = [];

    public bool HasErrors { get; private set; }

    public void Error(string code, YamlNode node, ConfigPath path, string message, string? hint = null) =>
        Add(code, ConfigSeverity.Error, path.ToString(), node.Line, node.Column, message, hint);

    public void Warning(string code, YamlNode node, ConfigPath path, string message, string? hint = null) =>
        Add(code, ConfigSeverity.Warning, path.ToString(), node.Line, node.Column, message, hint);

    public void Add(string code, ConfigSeverity severity, string path, int line, int column, string message, string? hint = null)
    {
        HasErrors |= severity == ConfigSeverity.Error;
        if (_problems.Count < Limit && _seen.Add((code, line, column, message)))
        {
            _problems.Add(new ConfigProblem(code, severity, path, line, column, message, hint));
        }
    }

    public IReadOnlyList<ConfigProblem> InFileOrder() => [.. _problems.OrderBy(p => p.Line).ThenBy(p => p.Column)];
}
