using System.Text;
using System.Text.Json.Nodes;

namespace Packit.PackageConfig.Tests;

public sealed class ProblemTextTests
{
    private static readonly byte[] Source = "jobs: []\nacrions: {}\n"u8.ToArray();

    [Fact]
    public void People_see_the_source_line_under_the_message() => Assert.Equal(
        """
        .packit.yaml:2:1: error: There is no key `acrions` here. [config-unknown-key]
         2 | acrions: {}
           | ^
           = Did you mean `actions`?

        """.ReplaceLineEndings("\n"),
        ProblemText.Human(Yaml.Read(Source).Problems, ".packit.yaml", Source));

    [Fact]
    public void A_problem_of_the_whole_file_has_no_position()
    {
        var large = new byte[200_000];
        Assert.StartsWith("f: error: The file has 200,000 bytes; at most 131,072 are read. [config-too-large]\n", ProblemText.Human(Yaml.Read(large).Problems, "f", large));
    }

    [Fact]
    public void Github_shows_problems_as_annotations()
    {
        Assert.Equal(
            "::error file=a%2Cb.yaml,line=2,col=1,title=config-unknown-key::There is no key `acrions` here. Did you mean `actions`?\n",
            ProblemText.GitHubAnnotations(Yaml.Read(Source).Problems, "a,b.yaml"));
        Assert.Equal("::warning file=f,title=c::100%25%0A::error::x\n", ProblemText.GitHubAnnotations([new ConfigProblem("c", ConfigSeverity.Warning, "", 0, 0, "100%\n::error::x", null)], "f"));
    }

    [Fact]
    public void Nothing_in_the_file_becomes_markdown()
    {
        var source = "'```` @everyone': 1\n"u8.ToArray();
        var text = ProblemText.Markdown(Yaml.Read(source).Problems, ".packit.yaml", source);
        Assert.StartsWith("`````` text\n".Replace(" ", "", StringComparison.Ordinal), text);
        Assert.EndsWith("\n``````\n", text);
    }

    [Fact]
    public void Control_characters_of_a_refused_file_are_not_printed()
    {
        var source = "jobs: \u001b[31m []\n"u8.ToArray();
        Assert.DoesNotContain('\u001b', ProblemText.Human(Yaml.Read(source).Problems, "f", source));
    }

    [Fact]
    public void Scripts_get_problems_and_configuration_as_json()
    {
        var refused = JsonNode.Parse(PackageConfigJson.Write(Yaml.Read(Source)))!;
        Assert.False((bool)refused["ok"]!);
        Assert.Equal(("error", 2, "acrions"), ((string)refused["problems"]![0]!["severity"]!, (int)refused["problems"]![0]!["line"]!, (string)refused["problems"]![0]!["path"]!));
        var accepted = JsonNode.Parse(PackageConfigJson.Write(Yaml.Read(Encoding.UTF8.GetBytes("timeout: 5\njobs: [{job: tests, trigger: release}]"))))!;
        Assert.True((bool)accepted["ok"]!);
        Assert.Equal("tests", (string)accepted["jobs"]![0]!["type"]!);
        Assert.Equal(5, (int)accepted["jobs"]![0]!["other"]!["timeout"]!);
    }
}
