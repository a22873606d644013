namespace Packit.Specfile;

/// <summary>A part of a value with what it comes to now: text that stays, text that may change, or a macro that may change.</summary>
internal readonly record struct VersionToken(VersionToken.Kinds Kind, string Text, string Written)
{
    public enum Kinds
    {
        Constant,
        Literal,
        Macro,
    }
}

/// <summary>Turns the parts of a value into a row of tokens, with the conditional parts decided.</summary>
internal sealed class VersionTokens(IReadOnlySet<string> modifiable, IReadOnlySet<string> flippable, Func<string, string?> expand)
{
    private readonly List<VersionToken> _tokens = [];
    private readonly HashSet<string> _decided = new(StringComparer.Ordinal);
    private readonly HashSet<string> _flips = new(StringComparer.Ordinal);

    public IReadOnlySet<string> Flips => _flips;

    /// <summary>False when a part that has to stay is unknown.</summary>
    public bool TryAdd(IReadOnlyList<ValueNode> nodes)
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case ValueNode.Literal:
                    _tokens.Add(new VersionToken(VersionToken.Kinds.Literal, node.Written, node.Written));
                    break;
                case ValueNode.Reference { Negated: false, HasArguments: false } reference when modifiable.Contains(reference.Name):
                    _tokens.Add(new VersionToken(VersionToken.Kinds.Macro, reference.Name, node.Written));
                    break;
                case ValueNode.Conditional conditional when modifiable.Contains(conditional.Name):
                    if (!Applies(conditional))
                    {
                        Constant("", node.Written);
                        break;
                    }

                    Constant("", conditional.Opening);
                    if (!TryAdd(conditional.Body))
                    {
                        return false;
                    }

                    Constant("", "}");
                    break;
                default:
                    if (expand(node.Written) is not { } text)
                    {
                        return false;
                    }

                    Constant(text, node.Written);
                    break;
            }
        }

        return true;
    }

    /// <summary>Neighbours of one kind as one; null when two macros stand side by side, because nothing says where one ends.</summary>
    public IReadOnlyList<VersionToken>? TryJoin()
    {
        var joined = new List<VersionToken>();
        foreach (var token in _tokens)
        {
            if (joined.Count == 0 || joined[^1].Kind != token.Kind)
            {
                joined.Add(token);
            }
            else if (token.Kind == VersionToken.Kinds.Macro)
            {
                return null;
            }
            else
            {
                joined[^1] = new VersionToken(token.Kind, joined[^1].Text + token.Text, joined[^1].Written + token.Written);
            }
        }

        return joined;
    }

    /// <summary>
    /// Whether a conditional part is there, or can be there when its macro is switched on or off. A macro is decided once for the
    /// whole value.
    /// </summary>
    private bool Applies(ValueNode.Conditional node)
    {
        var defined = expand($"%{{?{node.Name}:1}}") is not "";
        if (node.Negated == defined)
        {
            if (!flippable.Contains(node.Name) || (_decided.Contains(node.Name) && !_flips.Contains(node.Name)))
            {
                return false;
            }

            _flips.Add(node.Name);
        }
        else if (_flips.Contains(node.Name))
        {
            return false;
        }

        _decided.Add(node.Name);
        return true;
    }

    private void Constant(string text, string written) =>
        _tokens.Add(new VersionToken(VersionToken.Kinds.Constant, text, written));
}
