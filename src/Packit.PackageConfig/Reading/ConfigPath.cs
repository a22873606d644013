using System.Globalization;
using System.Text;

namespace Packit.PackageConfig;

/// <summary>A place in the structure; becomes text only when there is a problem to report.</summary>
internal sealed class ConfigPath
{
    private readonly ConfigPath? _parent;
    private readonly string? _key;
    private readonly int _index;

    private ConfigPath(ConfigPath? parent, string? key, int index)
    {
        _parent = parent;
        _key = key;
        _index = index;
    }

    public static ConfigPath Root { get; } = new(null, null, 0);

    public ConfigPath Key(string key) => new(this, key, 0);

    public ConfigPath Index(int index) => new(this, null, index);

    public override string ToString()
    {
        var text = new StringBuilder();
        Append(text);
        return text.ToString();
    }

    private void Append(StringBuilder text)
    {
        if (_parent is null)
        {
            return;
        }

        _parent.Append(text);
        if (_key is null)
        {
            text.Append(CultureInfo.InvariantCulture, $"[{_index}]");
        }
        else
        {
            text.Append(text.Length == 0 ? "" : ".").Append(_key);
        }
    }
}
