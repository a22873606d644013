namespace Packit.PackageConfig.Tests;

public sealed class BranchAliasTests
{
    private static readonly BranchAliases Branching = BranchAliases.From(
    [
        Fedora("42", "current", "f42"), Fedora("43", "current", "f43"), Fedora("44", "pending", "rawhide"), Fedora("45", "pending", "f45"),
        Epel("9", "epel9"), Epel("10.2", "epel10.2"), Epel("10.10", "epel10"),
        new DistributionRelease("ELN", "Fedora ELN", "eln", "pending", "eln", "FEDORA"),
        new DistributionRelease("F43F", "Fedora 43 Flatpaks", "43", "current", "f43", "FEDORA-FLATPAK"),
        Fedora("41", "archived", "f41"), Fedora("46", "disabled", "f46"),
    ]);

    [Fact]
    public void Results_begin_with_rawhide_and_go_from_new_to_old() => Assert.Equal(
        ["rawhide", "f44", "f43", "f42", "epel10", "epel10.2", "epel9", "c9s"],
        Branching.Resolve(["c9s", "epel-all", "fedora-all"], AliasDefaults.BodhiUpdate));

    [Fact]
    public void Everybody_who_asks_gets_the_same_order() => Assert.Equal(
        Branching.Resolve(["fedora-all", "epel-all"], AliasDefaults.KojiBuild),
        Branching.Resolve(["epel-all", "fedora-all"], AliasDefaults.KojiBuild));

    [Fact]
    public void The_newest_release_is_rawhide_whatever_bodhi_calls_its_branch() => Assert.Equal("rawhide", Branching.All["fedora-development"][0]);

    [Fact]
    public void A_release_that_bodhi_still_keeps_at_rawhide_gets_its_branch() => Assert.Equal(["f44"], Branching.All["fedora-latest"]);

    [Fact]
    public void A_minor_version_of_two_digits_is_newer_than_one_of_one_digit() => Assert.Equal(["epel10", "epel10.2"], Branching.All["epel-10-all"]);

    [Fact]
    public void Rawhide_gets_the_name_of_the_default_branch()
    {
        Assert.Equal(["main"], Branching.Resolve(["fedora-rawhide"], AliasDefaults.ReleaseSync("main")));
        Assert.Equal(["main", "rawhide"], Branching.Resolve(["rawhide"], AliasDefaults.KojiBuild));
        Assert.Equal(["main", "rawhide"], Branching.Resolve(["main"], AliasDefaults.KojiBuild));
        Assert.Equal(["rawhide"], Branching.Resolve([], AliasDefaults.ReleaseSync("rawhide")));
    }

    [Fact]
    public void Stable_and_epel_branches_are_guarded_by_the_mask()
    {
        Assert.All(new[] { "f42", "f43", "f44", "epel9", "epel10" }, b => Assert.True(Branching.IsStableOrEpel(b)));
        Assert.All(new[] { "rawhide", "main", "f41", "c9s" }, b => Assert.False(Branching.IsStableOrEpel(b)));
    }

    [Fact]
    public void Without_any_release_names_stay_what_they_are() =>
        Assert.Equal(["fedora-43"], BranchAliases.From([]).Resolve(["fedora-all", "fedora-43"], AliasDefaults.KojiBuild));

    [Fact]
    public void The_built_in_snapshot_has_its_day_and_knows_fedora_and_epel()
    {
        Assert.NotNull(BranchAliases.BuiltIn.Date);
        Assert.Null(Branching.Date);
        Assert.Equal("rawhide", BranchAliases.BuiltIn.All["fedora-all"][0]);
        Assert.NotEmpty(BranchAliases.BuiltIn.All["epel-10"]);
    }

    private static DistributionRelease Fedora(string version, string state, string branch) =>
        new("F" + version, "Fedora " + version, version, state, branch, "FEDORA");

    private static DistributionRelease Epel(string version, string branch) =>
        new("EPEL-" + version, "Fedora EPEL " + version, version, "current", branch, "FEDORA-EPEL");
}
