using System.Text;
using System.Text.RegularExpressions;

namespace Packit.PackageConfig;

/// <summary>A parsed <c>upstream_tag_template</c>. Its syntax is that of Python's <c>str.format</c>, with two known placeholders.</summary>
internal sealed class TagTemplate
{
    private readonly List<(string Text, bool IsPlaceholder)>? _parts;

    private TagTemplate(string template, List<(string Text, bool IsPlaceholder)>? parts, string? fault)
    {
        Template = template;
        _parts = parts;
        Fault = fault;
    }

    public string Template { get; }

    /// <summary>Why versions cannot be made into tags with it; null when they can.</summary>
    public string? Fault { get; }

    /// <summary>True when a version can be read from a tag by it: the version is in it exactly once.</summary>
    public bool HasOneVersion => Fault is null && _parts!.Count(p => p is { IsPlaceholder: true, Text: "version" }) == 1;

    public static TagTemplate Parse(string template)
    {
        var parts = new List<(string Text, bool IsPlaceholder)>();
        var literal = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            var c = template[i];
            if (c is '{' or '}' && i + 1 < template.Length && template[i + 1] == c)
            {
                literal.Append(c);
                i++;
            }
            else if (c == '}')
            {
                return Faulty(template, "a `}` has no `{` before it");
            }
            else if (c == '{')
            {
                var end = template.IndexOf('}', i);
                if (end < 0)
                {
                    return Faulty(template, "a `{` is not closed");
                }

                var name = template[(i + 1)..end];
                if (name is not ("version" or "upstream_package_name"))
                {
                    return Faulty(template, $"`{{{name}}}` is not a placeholder; there are `{{version}}` and `{{upstream_package_name}}`");
                }

                parts.Add((literal.ToString(), false));
                literal.Clear();
                parts.Add((name, true));
                i = end;
            }
            else
            {
                literal.Append(c);
            }
        }

        parts.Add((literal.ToString(), false));
        return new TagTemplate(template, parts, fault: null);

        static TagTemplate Faulty(string template, string fault) => new(template, null, fault);
    }

    /// <summary>The tag of a version.</summary>
    public string Fill(string version, string packageName) =>
        string.Concat(_parts!.Select(p => !p.IsPlaceholder ? p.Text : p.Text == "version" ? version : packageName));

    /// <summary>The version of a tag when the tag is exactly what the template says; null otherwise.</summary>
    public string? Extract(string tag, string packageName)
    {
        if (!HasOneVersion || tag.Contains('\n'))
        {
            return null;
        }

        var index = _parts!.FindIndex(p => p is { IsPlaceholder: true, Text: "version" });
        var before = Join(_parts[..index]);
        var after = Join(_parts[(index + 1)..]);
        return tag.Length > before.Length + after.Length
            && tag.StartsWith(before, StringComparison.Ordinal)
            && tag.EndsWith(after, StringComparison.Ordinal)
            ? tag[before.Length..^after.Length]
            : null;

        string Join(List<(string Text, bool IsPlaceholder)> parts) => string.Concat(parts.Select(p => p.IsPlaceholder ? packageName : p.Text));
    }

    /// <summary>The template as the established service reads it: placeholders match anything, the rest is a regular expression.</summary>
    public string ToPattern() => Regex.Replace(Template, @"\{(?<name>[^{}]*)\}", "(?P<${name}>.*)", RegexOptions.NonBacktracking);
}
