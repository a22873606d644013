using System.Text.Json.Nodes;

namespace Packit.PackageConfig.Tests;

/// <summary>Every real file is read as the established parser reads it; where not, the reason stands here.</summary>
public sealed class CorpusComparisonTests
{
    private const string DuplicateKey = "a key is there twice; the established parser silently drops the first, here the user is told";

    private static readonly Dictionary<string, string> RefusedOnPurpose = new(StringComparer.Ordinal)
    {
        ["beakerlib__beakerlib__at-4ed569f389__.packit.yaml"] = DuplicateKey,
        ["beakerlib__beakerlib__at-bc52b42620__.packit.yaml"] = DuplicateKey,
        ["beakerlib__beakerlib__at-d8801f5a34__.packit.yaml"] = DuplicateKey,
        ["crc-org__cockpit-crc__at-f5e42683d3__packit.yaml"] = DuplicateKey,
        ["crc-org__cockpit-crc__packit.yaml"] = DuplicateKey,
        ["fedora-infra__datagrepper__at-71bc8503e1__.packit.yaml"] = DuplicateKey,
        ["martinpitt__umockdev__at-23a842d809__packit.yaml"] = DuplicateKey,
    };

    private static readonly string[] UnorderedFields = ["packit_instances", "dist_git_branches"];

    [Fact]
    public void Every_real_file_is_accepted_or_refused_as_by_the_established_parser()
    {
        var differing = Corpus.Configs()
            .Select(c => (Config: c, Reading: c.Read()))
            .Where(c => c.Reading.IsValid != (c.Config.IsAccepted && !RefusedOnPurpose.ContainsKey(c.Config.Name)))
            .Select(c => $"{c.Config.Name}: {(c.Reading.IsValid ? "accepted" : string.Join("; ", c.Reading.Problems.Select(p => $"{p.Line}:{p.Column} {p.Path} {p.Message}")))}")
            .ToList();
        Assert.True(differing.Count == 0, string.Join('\n', differing));
    }

    [Fact]
    public void What_is_refused_on_purpose_is_refused_for_its_duplicate_keys_only()
    {
        var other = Corpus.Configs()
            .Where(c => RefusedOnPurpose.ContainsKey(c.Name))
            .SelectMany(c => c.Read().Problems.Where(p => p is { Severity: ConfigSeverity.Error, Code: not ProblemCodes.DuplicateKey }).Select(p => $"{c.Name}: {p}"))
            .ToList();
        Assert.Empty(other);
    }

    [Fact]
    public void Every_key_that_the_established_parser_complains_about_is_a_problem_with_a_position()
    {
        var missing = new List<string>();
        foreach (var config in Corpus.Configs().Where(c => (string?)c.Expected["stage"] == "schema"))
        {
            var problems = config.Read().Problems.Where(p => p.Severity == ConfigSeverity.Error).ToList();
            Assert.All(problems, p => Assert.True(p is { Line: > 0, Column: > 0 }, $"{config.Name}: {p}"));
            missing.AddRange(Complaints(config.Expected["messages"]!, "")
                .Where(c => c.Key is not "_schema" && !problems.Any(p => p.Path.EndsWith(c.Key, StringComparison.Ordinal) || p.Message.Contains($"`{c.Key}`", StringComparison.Ordinal)))
                .Select(c => $"{config.Name}: {c.Key}: {c.Text}"));
        }

        Assert.Empty(missing.Distinct());
    }

    [Fact]
    public void Every_accepted_file_has_the_same_normal_form()
    {
        var differences = new List<string>();
        foreach (var config in Corpus.Configs().Where(c => c.IsAccepted))
        {
            if (config.Read().Config is { } ours)
            {
                differences.AddRange(Compare(config, JsonNode.Parse(PackageConfigJson.Write(ours))!.AsObject()));
            }
        }

        Assert.True(differences.Count == 0, differences.Count + "\n" + string.Join('\n', differences.Take(80)));
    }

    private static IEnumerable<string> Compare(CorpusConfig config, JsonObject ours)
    {
        if (!JsonNode.DeepEquals(ours["packages"], config.Expected["packages"]))
        {
            yield return $"{config.Name}: packages {ours["packages"]!.ToJsonString()} instead of {config.Expected["packages"]!.ToJsonString()}";
        }

        if (!JsonNode.DeepEquals(ours["specfile_path_defaulted"], config.Expected["specfile_path_defaulted"]))
        {
            yield return $"{config.Name}: specfile_path_defaulted {ours["specfile_path_defaulted"]!.ToJsonString()}";
        }

        var expectedJobs = config.Expected["jobs"]!.AsArray();
        var ourJobs = ours["jobs"]!.AsArray();
        if (expectedJobs.Count != ourJobs.Count)
        {
            yield return $"{config.Name}: {ourJobs.Count} jobs instead of {expectedJobs.Count}";
            yield break;
        }

        for (var i = 0; i < expectedJobs.Count; i++)
        {
            foreach (var (field, expected) in expectedJobs[i]!.AsObject())
            {
                var our = ourJobs[i]![field];
                if (!JsonNode.DeepEquals(Normal(field, our), Normal(field, expected)))
                {
                    yield return $"{config.Name}: jobs[{i}].{field} is {our?.ToJsonString() ?? "null"} instead of {expected?.ToJsonString() ?? "null"}";
                }
            }
        }
    }

    private static IEnumerable<(string Key, string Text)> Complaints(JsonNode messages, string key) => messages switch
    {
        JsonObject nested => nested.SelectMany(n => Complaints(n.Value!, n.Key)),
        JsonArray texts => texts.Select(t => (key, (string)t!)),
        _ => [],
    };

    private static JsonNode? Normal(string field, JsonNode? value) => UnorderedFields.Contains(field) && value is JsonArray array
        ? new JsonArray([.. array.Select(i => (string?)i).Order(StringComparer.Ordinal).Select(i => (JsonNode?)i)])
        : value;
}
