using System.Text.Json.Nodes;

namespace Packit.PackageConfig.Tests;

/// <summary>Answers of Bodhi and what the established libraries make of them. Their order is undefined, so that sets are compared.</summary>
public sealed class AliasCorpusTests
{
    /// <summary>Not of interest to dist-git, and from another source than Bodhi.</summary>
    private static bool IsOpenSuse(string name) => name.StartsWith("opensuse-", StringComparison.Ordinal);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_alias_has_the_same_members(int number)
    {
        var (aliases, expected) = Load(number);
        var names = expected["aliases"]!.AsObject().Where(a => !IsOpenSuse(a.Key)).ToList();
        foreach (var (name, members) in names)
        {
            Assert.Equal(Sorted(members!.AsArray().Select(m => (string)m!["branch"]!)), Sorted(aliases.All[name]));
        }

        Assert.Equal(Sorted(names.Select(n => n.Key)), Sorted(aliases.All.Keys));
    }

    [Theory]
    [InlineData(1, "get_branches", "main", false)]
    [InlineData(2, "get_branches", "main", false)]
    [InlineData(1, "get_branches_default_dg_branch_rawhide", "rawhide", false)]
    [InlineData(2, "get_branches_default_dg_branch_rawhide", "rawhide", false)]
    [InlineData(1, "get_branches_with_aliases", "main", true)]
    [InlineData(2, "get_branches_with_aliases", "main", true)]
    [InlineData(1, "get_branches_multi", "main", false)]
    [InlineData(2, "get_branches_multi", "main", false)]
    public void Every_name_resolves_to_the_same_branches(int number, string table, string defaultBranch, bool withAliases)
    {
        var (aliases, expected) = Load(number);
        var defaults = new AliasDefaults(["fedora-stable"], defaultBranch, withAliases);
        foreach (var (names, branches) in expected[table]!.AsObject().Where(n => !IsOpenSuse(n.Key)))
        {
            var resolved = Sorted(aliases.Resolve(names.Split('|'), defaults));
            Assert.True(Sorted(branches!.AsArray().Select(b => (string)b!)).SequenceEqual(resolved), $"{names}: {string.Join(' ', resolved)} instead of {branches}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Empty_lists_mean_the_same(int number)
    {
        var (aliases, expected) = Load(number);
        Assert.Equal(Texts(expected["get_branches_no_targets"]), Sorted(aliases.Resolve([], new AliasDefaults(["fedora-stable"], "main", WithAliases: false))));
        Assert.Equal(Texts(expected["get_branches_no_targets_default_main"]), Sorted(aliases.Resolve([], AliasDefaults.ReleaseSync("main"))));
        Assert.Equal(Texts(expected["get_branches_default_none_no_targets"]), Sorted(aliases.Resolve([], AliasDefaults.SideTag)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Fast_forward_branches_are_the_same(int number)
    {
        var (aliases, expected) = Load(number);
        foreach (var example in expected["get_fast_forward_merge_branches_for"]!.AsArray())
        {
            // Two examples hold values that the format refuses.
            var yaml = "dist_git_branches: " + (example!["dist_git_branches"]?.ToJsonString() ?? "[]") + "\njobs: []";
            if (Yaml.Read(yaml).Config is not { } config)
            {
                continue;
            }

            var branches = config.Packages["hello"].DistGitBranches.FastForwardBranches(
                (string)example["source_branch"]!, aliases, new AliasDefaults([], "main", (bool)example["with_aliases"]!));
            Assert.True(Texts(example["result"]).SequenceEqual(Sorted(branches)), example.ToJsonString());
        }
    }

    private static (BranchAliases Aliases, JsonObject Expected) Load(int number)
    {
        var releases = Corpus.Json("expected", "aliases", $"releases-{number}.json")["releases"]!.AsArray().Select(r => new DistributionRelease(
            (string)r!["name"]!, (string)r["long_name"]!, (string)r["version"]!, (string)r["state"]!, (string)r["branch"]!, (string)r["id_prefix"]!));
        return (BranchAliases.From(releases), Corpus.Json("expected", "aliases", $"expected-{number}.json"));
    }

    private static string[] Texts(JsonNode? array) => Sorted(array!.AsArray().Select(i => (string)i!));

    private static string[] Sorted(IEnumerable<string> texts) => [.. texts.Order(StringComparer.Ordinal)];
}
