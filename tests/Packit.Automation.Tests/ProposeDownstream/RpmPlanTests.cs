using System.Text;
using Packit.Automation.Failures;
using Packit.Automation.ProposeDownstream;
using Packit.DistGit;
using Packit.Specfile;

namespace Packit.Automation.Tests.ProposeDownstream;

/// <summary>Plans for specs that say something only when their code is run, and for changelogs that are files.</summary>
public sealed class RpmPlanTests
{
    /// <summary>A spec as rpm prints it: without macros.</summary>
    private static readonly string Read = PlanStory.Spec("1.2.3", source: "https://hello.example/hello-1.2.3.tar.gz", release: "1.fc43");

    private static readonly string Computed = PlanStory.Spec("%(cat VERSION)");

    [Fact]
    public void A_branch_whose_version_is_computed_is_asked_about_before_anything_is_decided()
    {
        var story = new PlanStory { DistGitSpec = Computed, Rpm = RpmReadings.None };
        var ask = Asked(story);
        Assert.Equal((Computed, false), (Encoding.UTF8.GetString(ask.Spec.Span), ask.IsUpstream));

        Assert.StartsWith("Downstream specfile version 9.9 is higher", Answered(story, ask, PlanStory.Spec("9.9")).Skipped(), StringComparison.Ordinal);
        Assert.Equal("1.2.3", Answered(story, ask, PlanStory.Spec("1.0")).Change().Version);
        Assert.Equal("1.2.3", Answered(story, ask, null).Change().Version);
        Assert.Equal("1.2.3", (story with { Rpm = null }).Change().Version);
    }

    [Fact]
    public void An_upstream_spec_with_the_released_version_keeps_its_release_when_rpm_says_so()
    {
        var upstream = PlanStory.Spec("%(cat VERSION)", release: "7%{?dist}");
        var story = new PlanStory { UpstreamSpec = upstream, Rpm = RpmReadings.None };
        var ask = Asked(story);
        Assert.Equal((upstream, true), (Encoding.UTF8.GetString(ask.Spec.Span), ask.IsUpstream));

        Assert.Contains("Release: 7%{?dist}\n", Answered(story, ask, PlanStory.Spec("1.2.3")).NewSpec(), StringComparison.Ordinal);
        Assert.Contains("Release: 1%{?dist}\n", Answered(story, ask, PlanStory.Spec("1.2.2")).NewSpec(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_only_rpm_can_locate_is_asked_for_in_the_new_spec()
    {
        var story = new PlanStory { UpstreamSpec = PlanStory.Spec("1.0.0", source: "https://hello.example/%(echo hello)-%{version}.tar.gz"), Rpm = RpmReadings.None };
        var ask = Asked(story);
        Assert.False(ask.IsUpstream);
        Assert.Contains("Version: 1.2.3\n", Encoding.UTF8.GetString(ask.Spec.Span), StringComparison.Ordinal);

        var change = Answered(story, ask, Read).Change();
        Assert.Equal("https://hello.example/hello-1.2.3.tar.gz", Assert.IsType<PlannedArchive.Fetch>(Assert.Single(change.Sources.Archives)).Url.AbsoluteUri);
        Assert.Contains("Source0: https://hello.example/%(echo hello)-%{version}.tar.gz\n", PlanStory.Text(change, "hello.spec"), StringComparison.Ordinal);

        Assert.Equal(FailureCodes.SourceUnknown, Answered(story, ask, null).Refused().Code);
        Assert.Equal(FailureCodes.SourceUnknown, (story with { Rpm = null }).Refused().Code);
    }

    [Theory]
    [InlineData("https://hello.example/$(id).tar.gz\u0007")]
    [InlineData("file:///etc/shadow")]
    [InlineData("../../etc/shadow")]
    public void What_code_answers_is_guarded_like_what_a_spec_says(string location)
    {
        var story = new PlanStory { UpstreamSpec = PlanStory.Spec("1.0.0", source: "%(cat URL)"), Rpm = RpmReadings.None };

        var plan = Answered(story, Asked(story), PlanStory.Spec("1.2.3", source: location)).Plan();
        Assert.True(plan is ProposeDownstreamPlan.Refuse || (plan is ProposeDownstreamPlan.Change { Sources.Archives: [] }), $"{plan}");
    }

    [Fact]
    public void With_sync_changelog_the_upstream_spec_is_asked_about()
    {
        var story = new PlanStory { Config = "sync_changelog: true", UpstreamSpec = PlanStory.Spec("1.2.3", source: "%(cat URL)"), Rpm = RpmReadings.None };
        var ask = Asked(story);
        Assert.True(ask.IsUpstream);

        Assert.Single(Answered(story, ask, Read).Change().Sources.Archives);
    }

    [Fact]
    public void A_spec_whose_values_are_known_is_never_asked_about() =>
        Assert.Equal("1.2.3", new PlanStory { Rpm = RpmReadings.None, UpstreamSpec = PlanStory.Spec("1.0.0", more: "%global when %(date)") }.Change().Version);

    [Fact]
    public void A_changelog_that_is_a_file_gets_its_entry_there()
    {
        var change = new PlanStory
        {
            DistGitSpec = PlanStory.Spec("1.0.0", changelog: "%include changelog\n"),
            ChangelogFile = new IncludedFile("changelog", "* Mon Jan 05 2026 Ada <ada@fedora.example> - 1.0.0-1\n- First build\n"u8.ToArray()),
        }.Change();

        Assert.Equal(
            "* Mon Mar 02 2026 Packit <hello@packit.dev> - 1.2.3-1\n- Update to version 1.2.3\n\n* Mon Jan 05 2026 Ada <ada@fedora.example> - 1.0.0-1\n- First build\n",
            PlanStory.Text(change, "changelog"));
        Assert.EndsWith("%changelog\n%include changelog\n", PlanStory.Text(change, "hello.spec"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_changelog_file_that_upstream_brings_along_is_not_written_to()
    {
        var change = new PlanStory
        {
            Config = "files_to_sync: [hello.spec, changelog]",
            UpstreamFiles = ["hello.spec", ".packit.yaml", "changelog"],
            DistGitSpec = PlanStory.Spec("1.0.0", changelog: "%include changelog\n"),
            ChangelogFile = new IncludedFile("changelog", "* Mon Jan 05 2026 Ada <ada@fedora.example> - 1.0.0-1\n"u8.ToArray()),
        }.Change();

        Assert.IsType<TreeChange.PutExisting>(Assert.Single(change.Changes, static change => change.Path == "changelog"));
        Assert.Contains("'changelog' comes from upstream", Assert.Single(change.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_changelog_file_that_is_not_there_is_said_with_the_line()
    {
        var failure = new PlanStory { DistGitSpec = PlanStory.Spec("1.0.0", changelog: "%include changelog\n") }.Refused();

        Assert.Equal(SpecProblems.ChangelogUnclear, failure.Code);
        Assert.EndsWith("of the spec file: %include changelog", failure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_edit_shows_what_it_would_have_changed()
    {
        var failure = new PlanStory { UpstreamSpec = PlanStory.Spec("1.0.0", more: "%if \"%{version}\" == \"1.0.0\"\nPatch1: fix.patch\n%endif") }.Refused();

        Assert.Equal(SpecProblems.UnintendedChange, failure.Code);
        Assert.EndsWith("\n-Patch1: fix.patch", failure.Text, StringComparison.Ordinal);
    }

    private static ProposeDownstreamPlan.Ask Asked(PlanStory story) => Assert.IsType<ProposeDownstreamPlan.Ask>(story.Plan());

    private static PlanStory Answered(PlanStory story, ProposeDownstreamPlan.Ask ask, string? answer) => story with
    {
        Rpm = story.Rpm!.With(ask.Spec, answer is null ? null : SpecFile.Parse(Encoding.UTF8.GetBytes(answer)).Read(MacroContext.ForDistGitBranch("f43"))),
    };
}
