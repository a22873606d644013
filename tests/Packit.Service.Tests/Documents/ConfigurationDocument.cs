using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Xml.Linq;
using Packit.Automation.Agreements;
using Packit.Automation.Engine;
using Packit.Automation.Intake;
using Packit.Automation.Settings;
using Packit.Automation.Storage;

namespace Packit.Service.Tests.Documents;

/// <summary>The tables of docs/configuration.md, made from the options and their comments.</summary>
internal static class ConfigurationDocument
{
    private static readonly (string Section, Type Options)[] Sections =
    [
        (ServiceOptions.Section, typeof(ServiceOptions)), ("Database", typeof(DatabaseOptions)), (GitHubOptions.Section, typeof(GitHubOptions)),
        (GitHubLimitSettings.Section, typeof(GitHubLimitSettings)),
        (InstallingOptions.Section, typeof(InstallingOptions)), (CommandOptions.Section, typeof(CommandOptions)), (WebhookOptions.Section, typeof(WebhookOptions)),
        (DistGitOptions.Section, typeof(DistGitOptions)), (LookasideSettings.Section, typeof(LookasideSettings)), (BodhiOptions.Section, typeof(BodhiOptions)),
        (KojiSettings.Section, typeof(KojiSettings)), (FasjsonSettings.Section, typeof(FasjsonSettings)),
        (BugzillaOptions.Section, typeof(BugzillaOptions)), (MessagingOptions.Section, typeof(MessagingOptions)),
        (AgreementOptions.Section, typeof(AgreementOptions)), (ArchiveOptions.Section, typeof(ArchiveOptions)), (RpmSpecSettings.Section, typeof(RpmSpecSettings)), ("Inbox", typeof(InboxOptions)),
        ("Engine", typeof(EngineOptions)),
    ];

    private static readonly XDocument Comments = XDocument.Load(Path.ChangeExtension(typeof(ServiceOptions).Assembly.Location, ".xml"));

    public static string Tables()
    {
        var text = new StringBuilder();
        foreach (var (section, options) in Sections)
        {
            var defaults = Activator.CreateInstance(options)!;
            text.Append($"## {section}\n\n{Comment($"T:{options.FullName}").Replace($" Section `{section}`.", "", StringComparison.Ordinal)}\n\n");
            text.Append("| Key | Meaning | Default |\n| --- | --- | --- |\n");
            foreach (var option in options.GetProperties().Where(property => property.SetMethod is not null))
            {
                text.Append($"| `{section}:{option.Name}` | {Meaning(option)} | {Default(option, option.GetValue(defaults))} |\n");
            }

            text.Append('\n');
        }

        return text.ToString().TrimEnd() + "\n";
    }

    private static string Meaning(PropertyInfo option)
    {
        List<string> parts = [Comment($"P:{option.DeclaringType!.FullName}.{option.Name}") is { Length: > 0 } comment ? comment : Words(option.Name)];
        if (option.PropertyType.IsEnum)
        {
            parts.Add($"One of {string.Join(", ", Enum.GetNames(option.PropertyType).Select(name => $"`{name}`"))}.");
        }

        if (option.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            // Numbers beyond these stand for "no limit".
            var most = Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture) > 1e18 ? "" : $" to {range.Maximum}";
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"From {range.Minimum}{most}."));
        }

        return string.Join(' ', parts).Replace("|", "\\|", StringComparison.Ordinal);
    }

    // A name that says everything has no comment: CommitterName.
    private static string Words(string name) =>
        string.Concat(name.Select((c, at) => at > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString())) + ".";

    private static string Default(PropertyInfo option, object? value) => value switch
    {
        "" when option.IsDefined(typeof(RequiredAttribute)) => "**required**",
        "" or null => "none",
        string text when text.StartsWith(Path.GetTempPath(), StringComparison.Ordinal) => $"`{Path.GetFileName(text)}` in the temporary folder",
        string text => $"`{text}`",
        TimeSpan { Milliseconds: 0 } time => $"`{time:c}`",
        TimeSpan time => $"`{time:hh\\:mm\\:ss\\.fff}`",
        bool flag => flag ? "`true`" : "`false`",
        ICollection { Count: 0 } when option.IsDefined(typeof(MinLengthAttribute)) => "**required**",
        IEnumerable => "none",
        IFormattable other => $"`{other.ToString(null, CultureInfo.InvariantCulture)}`",
        _ => throw new InvalidOperationException($"{option.Name} has a default that this document cannot show."),
    };

    private static string Comment(string member)
    {
        var summary = Comments.Descendants("member").FirstOrDefault(element => element.Attribute("name")?.Value == member)?.Element("summary");
        return summary is null ? "" : string.Join(' ', Text(summary).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Text(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")!.Value.Split('.')[^1]}`",
        XElement other => Text(other),
        _ => "",
    }));
}
