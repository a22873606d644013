namespace Packit.Http;

/// <summary>
/// A token, password or key. Its text form is stars, so that it can stand in a record, a log scope or an exception
/// without being shown; the value is reached by <see cref="Reveal"/> only, at the place where it goes over the wire.
/// </summary>
public sealed class Secret : IEquatable<Secret>
{
    private const string Stars = "***";
    private readonly string _value;

    /// <param name="value">The plain value. Surrounding white space is removed, since files end with a line feed.</param>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public Secret(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        _value = value.Trim();
    }

    /// <summary>The plain value, for the wire and nowhere else.</summary>
    public string Reveal() => _value;

    /// <summary>Replaces every occurrence of the value in <paramref name="text"/> by stars.</summary>
    public string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Replace(_value, Stars, StringComparison.Ordinal);
    }

    public override string ToString() => Stars;

    public bool Equals(Secret? other) => other is not null && string.Equals(_value, other._value, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => _value.GetHashCode(StringComparison.Ordinal);
}
