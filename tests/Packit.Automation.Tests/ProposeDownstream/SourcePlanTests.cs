using System.Text;
using Packit.Automation.Failures;
using Packit.Automation.ProposeDownstream;
using Packit.DistGit;

namespace Packit.Automation.Tests.ProposeDownstream;

public sealed class SourcePlanTests
{
    private static string Line(string file) => $"SHA512 ({file}) = {PlanStory.Hash}\n";

    private static string WithSource(string source) => PlanStory.Spec("1.2.3", source);

    private static PlannedArchive Only(PlanStory story) => Assert.Single(story.Change().Sources.Archives);

    [Fact]
    public void The_cache_may_have_an_archive_whose_name_carries_the_version()
    {
        var fetch = Assert.IsType<PlannedArchive.Fetch>(Only(new PlanStory { Sources = Line("hello-1.2.3.tar.gz") }));

        Assert.Equal(PlanStory.Hash, fetch.Known?.Hash);
    }

    [Theory]
    [InlineData("https://hello.example/1.2.3/hello.tar.gz", "hello.tar.gz")]
    [InlineData("https://hello.example/hello-1.2.3.4.tar.gz", "hello-1.2.3.4.tar.gz")]
    [InlineData("https://hello.example/hello-11.2.3.tar.gz", "hello-11.2.3.tar.gz")]
    [InlineData("https://hello.example/hello-1.2.3rc1.tar.gz", "hello-1.2.3rc1.tar.gz")]
    public void An_archive_whose_name_does_not_carry_the_version_is_always_fetched_anew(string source, string file)
    {
        var fetch = Assert.IsType<PlannedArchive.Fetch>(Only(new PlanStory { UpstreamSpec = WithSource(source), Sources = Line(file) }));

        Assert.Null(fetch.Known);
    }

    [Fact]
    public void A_short_version_is_not_found_in_the_middle_of_a_name()
    {
        var story = new PlanStory
        {
            Tag = "v2", UpstreamSpec = PlanStory.Spec("2", "https://hello.example/bzip2-data.tar.gz"), Sources = Line("bzip2-data.tar.gz"),
        };

        Assert.Null(Assert.IsType<PlannedArchive.Fetch>(Only(story)).Known);
    }

    [Theory]
    [InlineData("v1.2.3.tar.gz", "v1.2.3")]
    [InlineData("hello-1.0rc1.tar.gz", "v1.0rc1")]
    [InlineData("hello-1.0-rc1.tar.gz", "v1.0rc1")]
    [InlineData("hello-1.0_rc1.tar.gz", "v1.0-rc1")]
    [InlineData("hello-1.0~rc1.tar.gz", "v1.0-rc1")]
    public void The_spellings_of_a_version_in_file_names_are_known(string file, string tag)
    {
        var story = new PlanStory
        {
            Tag = tag, DistGitSpec = PlanStory.Spec("0.9"), UpstreamSpec = WithSource($"https://hello.example/{file}"), Sources = Line(file),
        };

        Assert.NotNull(Assert.IsType<PlannedArchive.Fetch>(Only(story)).Known);
    }

    [Fact]
    public void An_entry_with_an_old_hash_is_made_anew()
    {
        var story = new PlanStory { Sources = "d41d8cd98f00b204e9800998ecf8427e  hello-1.2.3.tar.gz\n" };

        Assert.Null(Assert.IsType<PlannedArchive.Fetch>(Only(story)).Known);
    }

    [Fact]
    public void A_source_that_is_no_URL_stays_as_the_present_sources_have_it()
    {
        var story = new PlanStory
        {
            UpstreamSpec = PlanStory.Spec("1.2.3", more: "Source1: logo.tar.gz\n"), Sources = Line("hello-1.0.0.tar.gz") + Line("logo.tar.gz"),
        };

        var archives = story.Change().Sources.Archives;
        Assert.Equal(["hello-1.2.3.tar.gz", "logo.tar.gz"], archives.Select(archive => archive.FileName));
        Assert.Equal(PlanStory.Hash, Assert.IsType<PlannedArchive.Keep>(archives[1]).Entry.Hash);
        Assert.EndsWith("\narchive logo.tar.gz as it is in 'sources'", story.Change().Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_old_hash_cannot_stay_beside_a_new_one_and_the_maintainer_is_told()
    {
        var failure = new PlanStory
        {
            UpstreamSpec = PlanStory.Spec("1.2.3", more: "Source1: logo.tar.gz\n"), Sources = "d41d8cd98f00b204e9800998ecf8427e  logo.tar.gz\n",
        }.Refused();

        Assert.Equal((Packit.Automation.Storage.FailureKind.UserFixable, FailureCodes.SourceHashOld), (failure.Kind, failure.Code));
        Assert.Contains("logo.tar.gz", failure.Text, StringComparison.Ordinal);
        Assert.Contains("MD5", failure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_that_stays_the_old_one_is_not_proposed_under_a_new_version()
    {
        const string Odd = "%global tarball 1.0.0\n";
        var failure = new PlanStory
        {
            UpstreamSpec = Odd + PlanStory.Spec("1.0.0", source: "https://hello.example/hello-%{tarball}.tar.gz"),
            DistGitSpec = Odd + PlanStory.Spec("1.0.0", source: "https://hello.example/hello-%{tarball}.tar.gz"),
        }.Refused();

        Assert.Equal((Packit.Automation.Storage.FailureKind.UserFixable, FailureCodes.SourceStale), (failure.Kind, failure.Code));
        Assert.Contains("Source0 still names hello-1.0.0.tar.gz of 1.0.0", failure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_local_source_that_nobody_has_is_a_note()
    {
        var change = new PlanStory { UpstreamSpec = PlanStory.Spec("1.2.3", more: "Source1: logo.tar.gz\n") }.Change();

        Assert.Equal(["Source1 (logo.tar.gz) is neither a URL, nor in dist-git, nor in 'sources'; a build will not find it."], change.Notes);
    }

    [Fact]
    public void The_upstream_archive_must_be_somewhere()
    {
        var failure = new PlanStory { UpstreamSpec = WithSource("hello-%{version}.tar.gz") }.Refused();

        Assert.Equal(FailureCodes.SourceMissing, failure.Code);
        Assert.Equal("Upstream archive was not downloaded. Check that hello-1.2.3.tar.gz exists in dist-git.", failure.Text);
    }

    [Fact]
    public void Which_source_is_the_upstream_archive_can_be_configured()
    {
        var story = new PlanStory { Config = "spec_source_id: Source5", UpstreamSpec = PlanStory.Spec("1.2.3", more: "Source5: main.tar.gz\n") };

        Assert.Equal("Upstream archive was not downloaded. Check that main.tar.gz exists in dist-git.", story.Refused().Text);
    }

    [Fact]
    public void The_package_config_can_name_another_place_for_a_source()
    {
        var story = new PlanStory
        {
            Config = "sources:\n- path: hello-1.2.3.tar.gz\n  url: https://mirror.example/x.tgz", UpstreamSpec = WithSource("hello-%{version}.tar.gz"),
        };

        Assert.Equal("https://mirror.example/x.tgz", Assert.IsType<PlannedArchive.Fetch>(Only(story)).Url.AbsoluteUri);
    }

    [Fact]
    public void A_location_that_only_a_shell_knows_is_refused_with_its_line()
    {
        var failure = new PlanStory { UpstreamSpec = WithSource("https://hello.example/%(echo hello).tar.gz") }.Refused();

        Assert.Equal(FailureCodes.SourceUnknown, failure.Code);
        Assert.StartsWith("The location of Source0 cannot be worked out without running code (", failure.Text, StringComparison.Ordinal);
        Assert.Contains("Line 6: Source0: https://hello.example/%(echo hello).tar.gz\n", failure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_git_tracks_is_no_archive()
    {
        var story = new PlanStory
        {
            UpstreamSpec = PlanStory.Spec("1.2.3", more: "Source1: https://hello.example/hello.conf\n"), DistGitFiles = ["hello.spec", "hello.conf"],
        };

        Assert.Equal("hello-1.2.3.tar.gz", Only(story).FileName);
    }

    [Fact]
    public void A_file_that_the_change_itself_brings_is_no_archive()
    {
        var story = new PlanStory
        {
            Config = "files_to_sync: [hello.spec, hello.conf]", UpstreamFiles = ["hello.spec", "hello.conf"],
            UpstreamSpec = PlanStory.Spec("1.2.3", more: "Source1: hello.conf\n"),
        };

        Assert.Equal("hello-1.2.3.tar.gz", Only(story).FileName);
        Assert.Empty(story.Change().Notes);
    }

    [Fact]
    public void A_source_of_another_architecture_or_release_is_not_fetched()
    {
        var story = new PlanStory { UpstreamSpec = PlanStory.Spec("1.2.3", more: "%if 0%{?rhel}\nSource1: https://hello.example/rhel.tar.gz\n%endif\n") };

        Assert.Equal("hello-1.2.3.tar.gz", Only(story).FileName);
    }

    [Fact]
    public void A_patch_from_the_web_is_fetched_unless_dist_git_has_it()
    {
        var spec = PlanStory.Spec("1.2.3", more: "Patch0: https://hello.example/a.patch\nPatch1: https://hello.example/b.patch\nPatch2: c.patch\n");
        var story = new PlanStory { UpstreamSpec = spec, DistGitFiles = ["hello.spec", "b.patch", "c.patch"] };

        Assert.Equal(["a.patch"], story.Change().Sources.Patches.Select(patch => patch.FileName));
    }

    [Theory]
    [InlineData("https://hello.example/#/hello (1).tar.gz")]
    [InlineData("https://hello.example/x#/..")]
    [InlineData("https://hello.example/.git")]
    public void A_file_name_that_cannot_stand_in_dist_git_is_refused_before_anything_is_fetched(string source)
    {
        var failure = new PlanStory { UpstreamSpec = WithSource(source) }.Refused();

        Assert.Equal((Packit.Automation.Storage.FailureKind.UserFixable, FailureCodes.SourceName), (failure.Kind, failure.Code));
        Assert.StartsWith("The file name of Source0 ", failure.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://hello.example/x#/..")]
    [InlineData("https://hello.example/.git")]
    [InlineData("https://hello.example/sources")]
    public void A_patch_must_have_a_name_that_can_stand_in_dist_git(string location)
    {
        var failure = new PlanStory
        {
            UpstreamSpec = PlanStory.Spec("1.2.3", more: $"Patch0: {location}\n"), DistGitFiles = ["hello.spec"],
        }.Refused();

        Assert.Equal(FailureCodes.SourceName, failure.Code);
    }

    [Fact]
    public void A_path_is_not_taken_for_a_place_to_fetch_from()
    {
        var story = new PlanStory
        {
            Config = "sources:\n- path: hello-1.2.3.tar.gz\n  url: /etc/passwd", UpstreamSpec = WithSource("hello-%{version}.tar.gz"),
        };

        Assert.Equal(FailureCodes.SourceUnknown, story.Refused().Code);
        Assert.StartsWith("The address '/etc/passwd' of hello-1.2.3.tar.gz under 'sources' in the package config ", story.Refused().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void New_archives_replace_sources_and_are_added_to_gitignore()
    {
        var input = new PlanStory { Sources = Line("hello-1.0.0.tar.gz"), GitIgnore = "/hello-1.0.0.tar.gz\n" }.Input();

        var changes = SourcesChange.Make(input, [SourceEntry.Sha512("hello-1.2.3.tar.gz", PlanStory.Hash)]).Cast<TreeChange.Put>().ToList();

        Assert.Equal(["sources", ".gitignore"], changes.Select(change => change.Path));
        Assert.Equal(Line("hello-1.2.3.tar.gz"), Encoding.UTF8.GetString(changes[0].Content.Span));
        Assert.Equal("/hello-1.0.0.tar.gz\n/hello-1.2.3.tar.gz\n", Encoding.UTF8.GetString(changes[1].Content.Span));
    }

    [Fact]
    public void When_every_archive_stands_nothing_is_rewritten()
    {
        var input = new PlanStory { Sources = Line("hello-1.2.3.tar.gz") + Line("left-over.tar.gz"), GitIgnore = null }.Input();

        Assert.Empty(SourcesChange.Make(input, [SourceEntry.Sha512("hello-1.2.3.tar.gz", PlanStory.Hash)]));
        Assert.Empty(SourcesChange.Make(input, []));
    }

    [Fact]
    public void An_archive_whose_name_is_part_of_another_is_not_taken_for_it()
    {
        var input = new PlanStory { Sources = Line("libhello-1.2.3.tar.gz") }.Input();

        Assert.Equal(2, SourcesChange.Make(input, [SourceEntry.Sha512("hello-1.2.3.tar.gz", PlanStory.Hash)]).Count());
    }
}
