namespace Packit.PackageConfig.Yaml;

/// <summary>A value of the file with its position. A node may have several parents, where aliases are used.</summary>
internal abstract class YamlNode(int line, int column)
{
    /// <summary>From 1.</summary>
    public int Line { get; } = line;

    /// <summary>From 1.</summary>
    public int Column { get; } = column;

    /// <summary>Number of nodes in this one, aliases counted as if they were written out.</summary>
    public int Size { get; protected set; } = 1;

    /// <summary>Levels below this one.</summary>
    public int Height { get; protected set; }

    /// <summary>What users call it.</summary>
    public abstract string Kind { get; }
}

internal sealed class YamlSequence(int line, int column) : YamlNode(line, column)
{
    private readonly List<YamlNode> _items = [];

    public IReadOnlyList<YamlNode> Items => _items;

    public override string Kind => "a list";

    public void Add(YamlNode item)
    {
        _items.Add(item);
        Size += item.Size;
        Height = Math.Max(Height, item.Height + 1);
    }
}

internal sealed class YamlMapping(int line, int column) : YamlNode(line, column)
{
    private readonly List<YamlEntry> _entries = [];

    public IReadOnlyList<YamlEntry> Entries => _entries;

    public override string Kind => "a mapping";

    public YamlNode? Find(string key)
    {
        foreach (var entry in _entries)
        {
            if (string.Equals(entry.Name, key, StringComparison.Ordinal))
            {
                return entry.Value;
            }
        }

        return null;
    }

    public void Add(YamlScalar key, YamlNode value)
    {
        _entries.Add(new YamlEntry(key, value));
        Grow(value);
    }

    /// <summary>Adds an entry that a merge key brought in.</summary>
    public void AddMerged(YamlEntry entry)
    {
        var index = _entries.FindIndex(e => string.Equals(e.Name, entry.Name, StringComparison.Ordinal));
        if (index >= 0)
        {
            _entries[index] = entry;
        }
        else
        {
            _entries.Add(entry);
        }

        Grow(entry.Value);
    }

    private void Grow(YamlNode value)
    {
        Size += value.Size + 1;
        Height = Math.Max(Height, value.Height + 1);
    }
}

/// <summary>A key with its value.</summary>
internal readonly record struct YamlEntry(YamlScalar Key, YamlNode Value)
{
    public string Name => Key.Text;
}
