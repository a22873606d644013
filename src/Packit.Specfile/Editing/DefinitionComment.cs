namespace Packit.Specfile;

/// <summary>Comments a macro definition out or in.</summary>
internal static class DefinitionComment
{
    /// <summary>Replaces the sign before the keyword: <paramref name="sign"/> when it is commented out, a percent sign else.</summary>
    public static TextEdit Switch(SpecMacroDefinition definition, bool commentOut, string sign) =>
        new(definition.Sign, commentOut ? sign : "%");

    /// <summary>
    /// The edit for the macro that holds a pre-release suffix; null when the spec does not define it or it is as it should be.
    /// </summary>
    public static TextEdit? ForPrerelease(SpecFile spec, SpecInterpreter state, string name, bool isPrerelease)
    {
        var definitions = spec.MacroDefinitions.Where(definition => definition.Name == name).ToList();
        var definition = definitions.Find(definition => state.IsReached(definition.Line - 1)) ?? definitions.FirstOrDefault();
        return definition is null || definition.IsCommentedOut != isPrerelease || definition.Body.Contains('\n', StringComparison.Ordinal)
            ? null
            : Switch(definition, !isPrerelease, "#");
    }
}
