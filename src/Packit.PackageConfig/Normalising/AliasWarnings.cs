using Packit.PackageConfig.Schema;
using Packit.PackageConfig.Yaml;

namespace Packit.PackageConfig.Normalising;

/// <summary>Warns about names that look like aliases but stand for nothing: they would be taken as names of branches that do not exist.</summary>
internal static class AliasWarnings
{
    public static void Check(DistGitBranches branches, YamlNode node, ConfigPath path, ReadingContext context)
    {
        foreach (var name in branches.Names.Concat(branches.FastForwardInto.Values.SelectMany(into => into)))
        {
            var aliases = context.Aliases;
            if (aliases.All.TryGetValue(name, out var members))
            {
                if (members.Count == 0)
                {
                    Warn(name, "stands for no branch today", null);
                }
            }
            else if (LooksLikeAlias(name) && !aliases.Knows(name) && !aliases.MayBeNewer(name))
            {
                var near = char.IsAsciiDigit(name[^1]) ? null : NearMiss.Of(name, aliases.All.Keys);
                Warn(name, "is no alias and no release that is alive; it is taken as the name of a branch", near is null ? null : $"Did you mean `{near}`?");
            }
        }

        void Warn(string name, string what, string? hint)
        {
            var at = Locate(node, name);
            context.Problems.Warning(ProblemCodes.UnknownAlias, at, path, $"`{name}` {what}.", hint);
        }
    }

    private static bool LooksLikeAlias(string name) =>
        name.StartsWith("fedora", StringComparison.Ordinal) || name.StartsWith("epel-", StringComparison.Ordinal);

    private static YamlNode Locate(YamlNode node, string name) => node switch
    {
        YamlSequence sequence => sequence.Items.FirstOrDefault(i => i is YamlScalar scalar && scalar.Text == name) ?? node,
        YamlMapping mapping => mapping.Entries.Where(e => e.Name == name).Select(e => (YamlNode)e.Key).FirstOrDefault()
            ?? mapping.Entries.Select(e => e.Value is YamlMapping options && options.Find("fast_forward_merge_into") is YamlSequence into ? Locate(into, name) : node)
                .FirstOrDefault(n => n is YamlScalar) ?? node,
        _ => node,
    };
}
