namespace Packit.Specfile;

/// <summary>
/// Works out which texts of a spec to change so that its <c>Version</c> comes to a wanted one: literals where they stand, also in
/// the definitions of the macros that the tag is built from (Packit: <c>update_tag</c> of the specfile library). Macros and tags
/// with "name" in their name are never changed.
/// </summary>
internal sealed class VersionEdit
{
    /// <summary>How many definitions a version may be built from one out of the other.</summary>
    private const int MaximumDepth = 32;

    private readonly SpecInterpreter _state;
    private readonly List<Entity> _entities;

    public VersionEdit(SpecFile spec, SpecInterpreter state)
    {
        _state = state;
        _entities = Entities(spec, state);
    }

    /// <summary>The edits that give the tag the wanted value; they are not proven yet.</summary>
    public List<TextEdit> Edits(SpecTag version, string wanted)
    {
        var written = Update(version.Value, wanted, version.Line - 1);
        var edits = new List<TextEdit>();
        if (written != version.Value)
        {
            edits.Add(new TextEdit(version.Range, written));
        }

        foreach (var entity in _entities)
        {
            if (entity.Updated && entity.NewValue != entity.Value)
            {
                edits.Add(new TextEdit(entity.Range, entity.NewValue));
            }

            if (entity.Definition is { } definition)
            {
                var comment = entity.Updated ? false : entity.FlipPending ? !entity.Disabled : definition.IsCommentedOut;
                if (comment != definition.IsCommentedOut)
                {
                    edits.Add(DefinitionComment.Switch(definition, comment, "%dnl %"));
                }
            }
        }

        return edits;
    }

    private string Update(string value, string wanted, int position, int depth = 0)
    {
        if (value == wanted || depth > MaximumDepth || ValueNode.TryParse(value) is not { } nodes)
        {
            return wanted;
        }

        var before = _entities.Where(entity => entity.Position < position).ToList();
        var modifiable = before.Where(static e => !e.FlipPending || e.Disabled).Select(static e => e.Name).ToHashSet(StringComparer.Ordinal);
        modifiable.UnionWith(before.Where(static e => e.Definition is null).Select(static e => e.Name.ToUpperInvariant()));
        var flippable = before.Where(static e => e.Definition is not null && !e.FlipPending).Select(static e => e.Name).ToHashSet(StringComparer.Ordinal);

        // First with the macros that may be switched on or off for it, then with all as they are.
        foreach (var flips in new IReadOnlySet<string>[] { flippable, new HashSet<string>(StringComparer.Ordinal) })
        {
            if (VersionPattern.TryCreate(nodes, modifiable, flips, Expand) is not { } pattern
                || !pattern.TryFit(wanted, out var macros, out var written))
            {
                continue;
            }

            foreach (var (name, part) in macros)
            {
                var entity = before.FindLast(e => e.Definition is null ? e.Name.Equals(name, StringComparison.OrdinalIgnoreCase) : e.Name == name)!;
                if (entity.Locked)
                {
                    return wanted;
                }

                entity.Locked = true;
                entity.NewValue = Update(entity.NewValue, part, entity.Position, depth + 1);
                entity.Locked = false;
                entity.Updated = true;
            }

            foreach (var entity in before.Where(entity => pattern.Flips.Contains(entity.Name)))
            {
                entity.FlipPending = true;
            }

            return written;
        }

        return wanted;
    }

    private string? Expand(string text) => _state.Value(text, -1) is SpecValue.Known known ? known.Text : null;

    private static List<Entity> Entities(SpecFile spec, SpecInterpreter state)
    {
        var entities = new List<Entity>();
        foreach (var definition in spec.MacroDefinitions)
        {
            if (definition.Options is null && state.IsReached(definition.Line - 1) && IsFree(definition.Name))
            {
                entities.Add(new Entity(definition.Name, definition.Body, definition.Line - 1, definition.Range, definition)
                {
                    IsEmpty = () => state.Value(definition.Body, definition.Line - 1) is SpecValue.Known { Text: "" },
                });
            }
        }

        foreach (var tag in spec.Tags)
        {
            if (state.IsReached(tag.Line - 1) && IsFree(tag.Name))
            {
                entities.Add(new Entity(tag.Name.ToLowerInvariant(), tag.Value, tag.Line - 1, tag.Range, null));
            }
        }

        entities.Sort(static (a, b) => a.Position.CompareTo(b.Position));
        return entities;

        static bool IsFree(string name) => !name.Contains("name", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A macro definition or a tag whose text may change.</summary>
    private sealed class Entity(string name, string value, int position, TextRange range, SpecMacroDefinition? definition)
    {
        public string Name { get; } = name;

        public string Value { get; } = value;

        public string NewValue { get; set; } = value;

        public int Position { get; } = position;

        public TextRange Range { get; } = range;

        public SpecMacroDefinition? Definition { get; } = definition;

        public Func<bool> IsEmpty { get; init; } = static () => false;

        /// <summary>Commented out, or as good as that.</summary>
        public bool Disabled => Definition is not null && (Definition.IsCommentedOut || IsEmpty());

        public bool Locked { get; set; }

        public bool Updated { get; set; }

        public bool FlipPending { get; set; }
    }
}
