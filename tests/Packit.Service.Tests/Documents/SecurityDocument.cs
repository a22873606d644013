using System.Text;
using Packit.Automation.Access;

namespace Packit.Service.Tests.Documents;

/// <summary>The tables of docs/security.md, made from the rules themselves.</summary>
internal static class SecurityDocument
{
    public static string Tables()
    {
        var text = new StringBuilder();
        text.Append("| When | who | makes the service | and who may not reads why |\n| --- | --- | --- | --- |\n");
        foreach (var rule in AccessRules.All)
        {
            text.Append($"| {rule.Occasion} | {string.Join("; and ", rule.Needs.Select(Need))} | {rule.Effect} | {Place(rule.Refusal)} |\n");
        }

        text.Append("\nWho is who:\n\n| Role | is held by |\n| --- | --- |\n");
        foreach (var role in AccessRules.All.SelectMany(rule => rule.Needs).SelectMany(need => need.AnyOf).Distinct())
        {
            text.Append($"| {Name(role)} | {AccessRules.Meaning(role)} |\n");
        }

        return text.ToString();
    }

    private static string Need(AccessNeed need) => string.Join(" *or* ", need.AnyOf.Select(Name));

    private static string Name(AccessRole role) =>
        string.Concat(role.ToString().Select((letter, at) => at > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));

    private static string Place(RefusalPlace place) => place switch
    {
        RefusalPlace.DeliveryPage => "on the page of the delivery",
        RefusalPlace.Commit => "in a comment to the commit, once",
        RefusalPlace.Thread => "where it was asked for, once",
        RefusalPlace.Check => "in the check",
        _ => throw new ArgumentOutOfRangeException(nameof(place)),
    };
}
