using Packit.Automation.Failures;
using Packit.Automation.ProposeDownstream;
using Packit.DistGit;
using Packit.Specfile;

namespace Packit.Automation.Tests.ProposeDownstream;

public sealed class PlanTests
{
    [Fact]
    public void A_release_becomes_a_new_version_a_changelog_entry_and_an_archive()
    {
        var change = new PlanStory().Change();

        Assert.Equal("1.2.3", change.Version);
        var spec = PlanStory.Text(change, "hello.spec");
        Assert.Contains("\nVersion: 1.2.3\nRelease: 1%{?dist}\n", spec, StringComparison.Ordinal);
        Assert.Contains(
            "%changelog\n* Mon Mar 02 2026 Packit <hello@packit.dev> - 1.2.3-1\n- Update to version 1.2.3\n\n* Mon Jan 05 2026 Ada <ada@fedora.example> - 1.0.0-1\n- First build\n",
            spec, StringComparison.Ordinal);
        Assert.Equal(
            "write .packit.yaml\nwrite hello.spec\nwrite README.packit\narchive hello-1.2.3.tar.gz from https://hello.example/hello-1.2.3.tar.gz",
            change.Describe());
        Assert.Empty(change.Notes);
    }

    [Fact]
    public void A_branch_that_is_further_is_left_alone() => Assert.Equal(
        "Downstream specfile version 1.3.0 is higher than the version to propose (1.2.3). Skipping the update.",
        new PlanStory { DistGitSpec = PlanStory.Spec("1.3.0") }.Skipped());

    [Fact]
    public void A_branch_with_the_same_version_gets_whatever_else_is_new() =>
        Assert.Equal("1.2.3", new PlanStory { DistGitSpec = PlanStory.Spec("1.2.3") }.Change().Version);

    [Theory]
    [InlineData("1.0", "v1.0rc1")]
    [InlineData("1.0", "v1.0-beta.2")]
    [InlineData("1.0~rc2", "v1.0rc1")]
    public void A_pre_release_is_older_than_its_release(string present, string tag) => Assert.StartsWith(
        $"Downstream specfile version {present} is higher than the version to propose",
        new PlanStory { DistGitSpec = PlanStory.Spec(present), Tag = tag }.Skipped(), StringComparison.Ordinal);

    [Fact]
    public void A_pre_release_after_an_earlier_one_is_proposed() =>
        Assert.Contains("Version: 1.0~rc2\n", new PlanStory { DistGitSpec = PlanStory.Spec("1.0~rc1"), Tag = "v1.0rc2" }.NewSpec(), StringComparison.Ordinal);

    [Fact]
    public void A_tag_that_does_not_fit_the_template_is_said_to_the_project()
    {
        var failure = new PlanStory { Tag = "release-7" }.Refused();

        Assert.Equal(
            (Packit.Automation.Storage.FailureKind.UserFixable, FailureCodes.TagTemplate, "Unable to extract \"version\" from release-7 using v{version}"),
            (failure.Kind, failure.Code, failure.Text));
    }

    [Fact]
    public void The_mask_keeps_a_stable_branch_on_its_series() => Assert.Equal(
        "The upstream released version 1.2.3 does not match specfile version 1.0.0 at branch f43 using the version_update_mask \"\\d+\\.\\d+\\.\".\n"
        + "You can change the version_update_mask with an empty string to skip this check.",
        new PlanStory { Config = @"version_update_mask: '\d+\.\d+\.'" }.Skipped());

    [Fact]
    public void The_mask_does_not_hold_rawhide_back() =>
        Assert.Equal("1.2.3", new PlanStory { Config = @"version_update_mask: '\d+\.\d+\.'", Branch = "rawhide" }.Change().Version);

    [Fact]
    public void The_mask_compares_with_the_branch_and_not_with_the_upstream_spec() =>
        Assert.Equal("1.2.3", new PlanStory { Config = @"version_update_mask: '\d+\.\d+\.'", DistGitSpec = PlanStory.Spec("1.2.0") }.Change().Version);

    [Fact]
    public void The_specifiers_hold_every_branch_back() => Assert.Equal(
        "The upstream released version 1.2.3 does not satisfy the version_update_specifiers \"<1.2\".\n"
        + "You can remove version_update_specifiers to skip this check.",
        new PlanStory { Config = "version_update_specifiers: '<1.2'", Branch = "rawhide" }.Skipped());

    [Fact]
    public void An_older_release_does_not_overwrite_a_newer_open_proposal() => Assert.Equal(
        "The open pull request https://src.fedoraproject.org/rpms/hello/pull-request/7 proposes version 1.3.0, which is higher than 1.2.3. Skipping the update.",
        new PlanStory { Open = new OpenProposal("1.3.0", "https://src.fedoraproject.org/rpms/hello/pull-request/7") }.Skipped());

    [Fact]
    public void A_pre_release_does_not_overwrite_the_open_proposal_of_its_release() => Assert.StartsWith(
        "The open pull request", new PlanStory { Tag = "v1.3.0rc1", Open = new OpenProposal("1.3.0", "https://x.example/1") }.Skipped(), StringComparison.Ordinal);

    [Fact]
    public void A_newer_release_takes_the_open_proposal_over() =>
        Assert.Equal("1.2.3", new PlanStory { Open = new OpenProposal("1.2.0", "https://x.example/1") }.Change().Version);

    [Fact]
    public void A_release_without_a_spec_file_says_where_it_was_looked_for()
    {
        var failure = new PlanStory { UpstreamSpec = null }.Refused();

        Assert.Equal(FailureCodes.SpecMissing, failure.Code);
        Assert.Equal("The spec file 'hello.spec' does not exist at tag v1.2.3. Correct 'specfile_path' in the package config and make a new release.", failure.Text);
    }

    [Fact]
    public void A_release_that_only_code_knows_is_refused_with_its_line()
    {
        var failure = new PlanStory { UpstreamSpec = PlanStory.Spec("1.2.3", release: "%(git describe)") }.Refused();

        Assert.Equal(Packit.Automation.Storage.FailureKind.UserFixable, failure.Kind);
        Assert.Equal(SpecProblems.ReleaseComputed, failure.Code);
        Assert.Contains("Line 3 of the spec file: Release: %(git describe)", failure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_any_length_is_quoted_in_a_few_words()
    {
        var failure = new PlanStory { UpstreamSpec = PlanStory.Spec("1.2.3", release: "%(echo " + new string('x', 100_000) + ")") }.Refused();

        Assert.InRange(failure.Text.Length, 50, 2_000);
    }

    [Fact]
    public void A_version_that_rpm_does_not_take_is_refused()
    {
        var failure = new PlanStory { Tag = "v1.2 3;rm", Template = "v{version}" }.Refused();

        Assert.Equal(SpecProblems.VersionInvalid, failure.Code);
    }

    [Fact]
    public void A_file_to_sync_outside_of_the_repository_is_refused()
    {
        var failure = new PlanStory { Config = "files_to_sync:\n- src: ../../etc/passwd\n  dest: passwd" }.Refused();

        Assert.Equal(FailureCodes.PathOutside, failure.Code);
        Assert.Contains("../../etc/passwd", failure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void With_sync_changelog_the_spec_is_copied_byte_for_byte()
    {
        var change = new PlanStory { Config = "sync_changelog: true" }.Change();

        var spec = Assert.Single(change.Changes, one => one.Path == "hello.spec");
        Assert.Equal("a0".PadRight(40, '0'), Assert.IsType<TreeChange.PutExisting>(spec).Oid);
        Assert.Single(change.Sources.Archives);
    }

    [Fact]
    public void Autorelease_and_autochangelog_of_dist_git_stay_as_they_are()
    {
        var spec = new PlanStory
        {
            DistGitSpec = PlanStory.Spec("1.0.0", release: "%autorelease", changelog: "%autochangelog\n"), Bugs = ["rhbz#7"],
        }.NewSpec();

        Assert.Contains("Release: %autorelease\n", spec, StringComparison.Ordinal);
        Assert.EndsWith("%changelog\n%autochangelog\n", spec, StringComparison.Ordinal);
        Assert.DoesNotContain("rhbz#7", spec, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolved_bugs_stand_in_the_changelog() => Assert.Contains(
        "- Update to version 1.2.3\n- Resolves: rhbz#7\n- Resolves: rhbz#8\n", new PlanStory { Bugs = ["rhbz#7", "rhbz#8"] }.NewSpec(), StringComparison.Ordinal);

    [Fact]
    public void The_text_of_the_release_is_the_changelog_and_none_of_it_is_a_macro_or_a_new_entry()
    {
        var spec = new PlanStory { Description = "- New: %{lua:os.exit()}\n* Not an entry", Bugs = ["rhbz#7"] }.NewSpec();

        Assert.Contains("- 1.2.3-1\n- New: %%{lua:os.exit()}\n * Not an entry\n", spec, StringComparison.Ordinal);
    }

    [Fact]
    public void The_note_in_dist_git_can_be_switched_off()
    {
        Assert.Equal("This repository is maintained by packit.\n", PlanStory.Text(new PlanStory().Change(), "README.packit"));
        Assert.DoesNotContain(new PlanStory { Config = "create_sync_note: false" }.Change().Changes, change => change.Path == "README.packit");
    }

    [Fact]
    public void Commands_of_projects_are_not_run_and_it_is_said_which_ones()
    {
        var failure = new PlanStory { Config = "actions:\n  pre-sync: make\n  changelog-entry: git log\n  get-current-version: git describe" }.Refused();

        Assert.Equal((Packit.Automation.Storage.FailureKind.Rejected, FailureCodes.ActionsOff), (failure.Kind, failure.Code));
        Assert.StartsWith("The package config defines the actions changelog-entry, pre-sync, ", failure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Actions_that_take_no_part_in_a_release_stand_in_nobodys_way() =>
        Assert.Equal("1.2.3", new PlanStory { Config = "actions:\n  create-archive: make dist" }.Change().Version);

    [Theory]
    [InlineData("pkg_tool: centpkg", FailureCodes.DistGitUnsupported)]
    [InlineData("pkg_tool: fedpkg-stage", FailureCodes.DistGitUnsupported)]
    [InlineData("dist_git_base_url: https://gitlab.example/", FailureCodes.DistGitUnsupported)]
    [InlineData("upstream_ref: v1.0", FailureCodes.SourceGitUnsupported)]
    public void What_this_deployment_does_not_serve_is_refused(string config, string code) =>
        Assert.Equal(code, new PlanStory { Config = config }.Refused().Code);

    [Theory]
    [InlineData("dist_git_base_url: https://src.fedoraproject.org")]
    [InlineData("pkg_tool: fedpkg")]
    public void Naming_the_served_dist_git_changes_nothing(string config) => Assert.Equal("1.2.3", new PlanStory { Config = config }.Change().Version);

    [Fact]
    public void A_package_without_a_spec_gets_the_upstream_one()
    {
        var story = new PlanStory { DistGitSpec = null, DistGitFiles = [] };

        Assert.Contains("Version: 1.2.3\n", story.NewSpec(), StringComparison.Ordinal);
        Assert.Contains("- 1.2.3-1\n- Update to version 1.2.3\n", story.NewSpec(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_input_gives_the_same_plan()
    {
        var (first, second) = (new PlanStory().Change(), new PlanStory().Change());

        Assert.Equal(first.Describe(), second.Describe());
        Assert.Equal(PlanStory.Text(first, "hello.spec"), PlanStory.Text(second, "hello.spec"));
    }
}
