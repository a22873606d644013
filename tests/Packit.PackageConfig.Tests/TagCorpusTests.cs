namespace Packit.PackageConfig.Tests;

/// <summary>Templates and tags with what the established service makes of them; what is different on purpose has its reason here.</summary>
public sealed class TagCorpusTests
{
    private const string ExactReading = "the tag is exactly what the template says, and the package's name is known";
    private const string EmptyVersion = "an empty version is none";

    private static readonly Dictionary<(string Template, string Tag), (string? Version, string Reason)> ReadDifferently = new()
    {
        [("v{version}", "v")] = (null, EmptyVersion),
        [("v{version}+", "v1.0")] = (null, EmptyVersion),
        [("{upstream_package_name}-{version}", "foo-1.2.3-4")] = ("1.2.3-4", ExactReading),
        [("{upstream_package_name}-{version}", "python-foo-2023.1-2")] = ("2023.1-2", ExactReading),
        [("{upstream_package_name}-v{version}", "foo-v1-v2")] = ("1-v2", ExactReading),
        [("{version}.{upstream_package_name}", "1.2.3.foo")] = ("1.2.3", ExactReading),
        [("v({version})", "v(1.0)")] = ("1.0", ExactReading),
        [("[{version}]", "[1.0]")] = ("1.0", ExactReading),
    };

    private static readonly Dictionary<string, string> MadeDifferently = new(StringComparer.Ordinal)
    {
        ["v{version:>5}"] = "format specifications of Python have no meaning in a tag",
    };

    [Fact]
    public void Every_tag_gives_the_version_that_it_gives_today()
    {
        var differences = new List<string>();
        foreach (var row in Corpus.Table("tags.tsv"))
        {
            var (template, tag, package, expected) = (row[0], row[1], row[2], row[3]);
            var version = Rules(template, package).VersionOf(tag);
            var wanted = ReadDifferently.TryGetValue((template, tag), out var known) ? known.Version : expected.StartsWith('!') ? null : expected;
            if (version.Version != wanted || (wanted is null) == (version.Error is null))
            {
                differences.Add($"{template} {tag} {package}: {version.Version ?? version.Error} instead of {expected}");
            }
            else if (wanted is null && expected.StartsWith("!PackitException: ", StringComparison.Ordinal) && version.Error != expected["!PackitException: ".Length..])
            {
                differences.Add($"{template} {tag}: {version.Error} instead of {expected}");
            }
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    [Fact]
    public void Every_version_gives_the_tag_that_it_gives_today()
    {
        var differences = new List<string>();
        foreach (var row in Corpus.Table("tags_from_version.tsv"))
        {
            var (template, version, package, expected) = (row[0], row[1], row[2], row[3]);
            var tag = Rules(template, package).TagFor(version);
            var wanted = MadeDifferently.ContainsKey(template) || expected.StartsWith('!') ? null : expected;
            if (tag.Tag != wanted || (wanted is null) == (tag.Error is null))
            {
                differences.Add($"{template} {version} {package}: {tag.Tag ?? tag.Error} instead of {expected}");
            }
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static TagRules Rules(string template, string package) => new(new PackageSettings
    {
        PackageName = package,
        ConfigFilePath = ".packit.yaml",
        UpstreamPackageName = package,
        DownstreamPackageName = package,
        UpstreamTagTemplate = template,
    });
}
