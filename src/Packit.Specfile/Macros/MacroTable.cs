namespace Packit.Specfile;

/// <summary>One definition of a macro.</summary>
/// <param name="Options">The getopt string of a parametric macro (<c>%name(a:b)</c>); null for a plain one.</param>
/// <param name="Body">The body as text that is expanded when the macro is used.</param>
/// <param name="Below">The definition that comes back when this one is undefined.</param>
internal sealed record MacroEntry(string? Options, string Body, MacroEntry? Below = null)
{
    /// <summary>Stands for "taken away"; hides what the distribution or rpm would define.</summary>
    public static MacroEntry Gone { get; } = new(null, "");
}

/// <summary>The macros known at one point of a spec: its own over those of the context over those of rpm.</summary>
internal sealed class MacroTable
{
    private readonly Dictionary<string, MacroEntry> _own = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MacroEntry>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public MacroTable(MacroContext context)
    {
        _lookup = _own.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var (name, body) in context.Macros)
        {
            _own[name] = body is null ? MacroEntry.Gone : new MacroEntry(null, SpecText.Encode(body));
        }
    }

    public MacroEntry? Find(ReadOnlySpan<char> name)
    {
        if (_lookup.TryGetValue(name, out var own))
        {
            return ReferenceEquals(own, MacroEntry.Gone) ? null : own;
        }

        return StandardMacros.Find(name);
    }

    public void Define(string name, string? options, string body) =>
        _own[name] = new MacroEntry(options, body, Find(name));

    /// <summary>Takes the latest definition away, so that the one before counts again (rpm: <c>%undefine</c>).</summary>
    public void Undefine(string name)
    {
        if (Find(name) is { } entry)
        {
            _own[name] = entry.Below ?? MacroEntry.Gone;
        }
    }
}
