using Packit.Automation.KojiBuild;
using Packit.Automation.Nvr;
using Packit.Koji;
using Build = Packit.Koji.KojiBuild;

namespace Packit.Automation.Tests.KojiBuild;

public sealed class KojiBuildPlanTests
{
    private const string Commit = "1111111111111111111111111111111111111111";
    private const string Nvr = "hello-1.1-1.fc43";

    private static readonly BuildTarget Target = new(1, "f43-candidate", "f43-build", "f43-updates-candidate");
    private static readonly NvrReading Known = new NvrReading.Known("hello", "1.1", "1.fc43", null);

    [Fact]
    public void What_nobody_has_built_is_submitted() =>
        Assert.Equal(new KojiBuildPlan.Submit(Nvr), Make(new BuildFacts(CommitPlace.OnBranch, Known, Target, null, IsOurs: false)));

    [Theory]
    [InlineData(KojiBuildState.Failed)]
    [InlineData(KojiBuildState.Canceled)]
    [InlineData(KojiBuildState.Deleted)]
    public void A_build_that_came_to_nothing_gives_its_name_back(KojiBuildState state) =>
        Assert.Equal(new KojiBuildPlan.Submit(Nvr), Make(new BuildFacts(CommitPlace.OnBranch, Known, Target, Existing(state), IsOurs: false)));

    [Theory]
    [InlineData(KojiBuildState.Building, "is being built")]
    [InlineData(KojiBuildState.Complete, "was built")]
    public void A_build_that_stands_is_not_made_again(KojiBuildState state, string words)
    {
        var skip = Assert.IsType<KojiBuildPlan.Skip>(Make(new BuildFacts(CommitPlace.OnBranch, Known, Target, Existing(state), IsOurs: false)));

        Assert.Equal($"{Nvr} {words} by maint already. To build again, raise the release of the package.", skip.Reason);
    }

    [Fact]
    public void Our_own_build_of_this_commit_is_followed_as_if_it_was_submitted_now() => Assert.IsType<KojiBuildPlan.Adopt>(
        Make(new BuildFacts(CommitPlace.OnBranch, Known, Target, Existing(KojiBuildState.Building), IsOurs: true)));

    [Fact]
    public void Our_own_build_of_another_commit_is_in_the_way() => Assert.IsType<KojiBuildPlan.Skip>(
        Make(new BuildFacts(CommitPlace.OnBranch, Known, Target, Existing(KojiBuildState.Complete, new string('2', 40)), IsOurs: true)));

    [Theory]
    [InlineData(CommitPlace.NotOnBranch)]
    [InlineData(CommitPlace.BranchMissing)]
    public void What_is_not_on_its_branch_is_left_alone(CommitPlace place) =>
        Assert.IsType<KojiBuildPlan.Skip>(Make(new BuildFacts(place, null, Target, null, IsOurs: false)));

    [Fact]
    public void A_spec_file_that_names_another_package_is_not_built()
    {
        var facts = new BuildFacts(CommitPlace.OnBranch, new NvrReading.Known("bash", "1.1", "1.fc43", null), Target, null, IsOurs: false);

        var refuse = Assert.IsType<KojiBuildPlan.Refuse>(Make(facts));

        Assert.Equal(("NAME_FOREIGN", null), (refuse.Failure.Code, refuse.Nvr));
        Assert.Contains("'bash'", refuse.Failure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_that_koji_does_not_have_is_named()
    {
        var refuse = Assert.IsType<KojiBuildPlan.Refuse>(Make(new BuildFacts(CommitPlace.OnBranch, Known, Target: null, null, IsOurs: false)));

        Assert.Equal("BUILD_TARGET_MISSING", refuse.Failure.Code);
        Assert.Contains("f43-candidate", refuse.Failure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_named_is_built_as_scratch_only()
    {
        var facts = new BuildFacts(CommitPlace.OnBranch, new NvrReading.Unknown("Release needs lua."), Target, null, IsOurs: false);

        Assert.Equal("NVR_UNKNOWN", Assert.IsType<KojiBuildPlan.Refuse>(Make(facts)).Failure.Code);
        Assert.Equal(new KojiBuildPlan.Submit(null), Make(facts, scratch: true));
    }

    private static KojiBuildPlan Make(BuildFacts facts, bool scratch = false) =>
        KojiBuildPlan.Make(new WantedBuild("hello", "f43", Commit, "f43-candidate", scratch), facts);

    private static Build Existing(KojiBuildState state, string commit = Commit) => new(7, Nvr, "hello", "1.1", "1.fc43", state)
    {
        OwnerName = "maint", TaskId = 9, Source = $"git+https://src.example/rpms/hello.git#{commit}",
    };
}
