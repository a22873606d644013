using Packit.Automation.Failures;
using Packit.Automation.Reporting.Texts;
using Packit.PackageConfig;

namespace Packit.Automation.Tests.Reporting;

public sealed class TextTests
{
    private static readonly UpstreamFacts Upstream = new(
        "v1.2.3", "https://github.com/octo/hello/releases/tag/v1.2.3", "0123456789abcdef0123456789abcdef01234567",
        "https://github.com/octo/hello/commit/0123456789abcdef0123456789abcdef01234567", []);

    [Theory]
    [InlineData("plain text, 1.0-2", "plain text, 1.0-2")]
    [InlineData("*bold* [link](x) <b>", @"\*bold\* \[link\](x) \<b\>")]
    [InlineData("a|b `c` ~d~ &amp;", @"a\|b \`c\` \~d\~ \&amp;")]
    [InlineData("foo_bar _em_", @"foo_bar \_em\_")]
    [InlineData("two\nlines\tand\rmore", "two lines and more")]
    [InlineData("hi @ada", "hi @\u2060ada")]
    [InlineData("a\u202Eb\u200Bc\u0007d\uFEFFe\u061Cf\u00ADg", "abcdefg")]
    [InlineData("a\U000E0041b", "ab")]
    [InlineData("smile \U0001F600", "smile \U0001F600")]
    public void Foreign_text_in_a_sentence_stays_text(string text, string inline) => Assert.Equal(inline, MarkdownText.Inline(text));

    [Theory]
    [InlineData("plain", "```\nplain\n```")]
    [InlineData("```\nout", "````\n```\nout\n````")]
    [InlineData("a ````` b", "``````\na ````` b\n``````")]
    [InlineData("a\u202Eb\0c  \n\n", "```\nabc\n```")]
    [InlineData("", "```\n\n```")]
    public void Foreign_text_cannot_close_its_fence(string text, string fenced) => Assert.Equal(fenced, MarkdownText.Fenced(text));

    [Fact]
    public void The_failure_issue_has_a_row_for_each_branch_and_says_how_to_try_again()
    {
        var body = FailureIssueTexts.Body(
            "https://src.fedoraproject.org/rpms/hello.git",
            [
                new FailedBranch("rawhide", "It broke.", "https://dash.example/jobs/propose-downstream/2"),
                new FailedBranch("f43", "First <line>\nsecond @ada\u202E", "https://dash.example/jobs/propose-downstream/1"),
            ],
            "/packit", "Ask us in #hello");

        Assert.Equal(
            """
            Packit failed on creating pull-requests in dist-git (https://src.fedoraproject.org/rpms/hello.git):

            <table><tr><th>dist-git branch</th><th>error</th></tr><tr><td><code>f43</code></td><td>First &lt;line&gt;<br>second @⁠ada<br>See <a href="https://dash.example/jobs/propose-downstream/1">https://dash.example/jobs/propose-downstream/1</a></td></tr>
            <tr><td><code>rawhide</code></td><td>It broke.<br>See <a href="https://dash.example/jobs/propose-downstream/2">https://dash.example/jobs/propose-downstream/2</a></td></tr>
            </table>


            You can retrigger the update by adding a comment (`/packit propose-downstream`) into this issue.


            ---
            Ask us in #hello
            """.ReplaceLineEndings("\n"),
            body);
    }

    [Fact]
    public void A_failure_issue_without_a_message_of_the_project_ends_with_the_command() => Assert.EndsWith(
        "(`/packit-stg propose-downstream`) into this issue.\n", FailureIssueTexts.Body("x", [], "/packit-stg", null), StringComparison.Ordinal);

    [Theory]
    [InlineData("v1 --> <script>")]
    [InlineData("--!>")]
    [InlineData("a---")]
    [InlineData("->")]
    public void No_tag_breaks_out_of_the_marker(string tag)
    {
        var marker = FailureIssueTexts.Marker("propose-downstream", tag);

        Assert.StartsWith("<!-- packit-service: propose-downstream ", marker, StringComparison.Ordinal);
        Assert.EndsWith(" -->", marker, StringComparison.Ordinal);
        var inside = marker["<!--".Length..^"-->".Length];
        Assert.DoesNotContain("--", inside, StringComparison.Ordinal);
        Assert.DoesNotContain('>', inside);
    }

    [Fact]
    public void The_marker_of_one_tag_is_no_part_of_that_of_another() => Assert.DoesNotContain(
        FailureIssueTexts.Marker("propose-downstream", "v1.0"), FailureIssueTexts.Marker("propose-downstream", "v1.0.1"), StringComparison.Ordinal);

    [Fact]
    public void The_commit_message_names_the_release_and_the_bugs() => Assert.Equal(
        "Update to 1.2.3 upstream release\n\n- Resolves: rhbz#7\n- Resolves: rhbz#8\n\nUpstream tag: v1.2.3\nUpstream commit: 01234567\n\n"
        + "Commit authored by Packit automation (https://packit.dev/)\n",
        PullRequestTexts.CommitMessage(Upstream with { Bugs = ["rhbz#7", "rhbz#8"] }, "1.2.3"));

    [Fact]
    public void A_commit_message_without_bugs_has_no_empty_place_for_them() => Assert.StartsWith(
        "Update to 1.2.3 upstream release\n\nUpstream tag: v1.2.3\n", PullRequestTexts.CommitMessage(Upstream, "1.2.3"), StringComparison.Ordinal);

    [Fact]
    public void The_pull_request_says_where_it_comes_from_and_how_to_change_it()
    {
        var body = Body(Upstream with { Bugs = ["rhbz#7"] });

        Assert.StartsWith(
            "Upstream tag: [v1.2.3](https://github.com/octo/hello/releases/tag/v1.2.3)\n"
            + "Upstream commit: [01234567](https://github.com/octo/hello/commit/0123456789abcdef0123456789abcdef01234567)\n"
            + "Resolves: [rhbz#7](https://bugzilla.redhat.com/show_bug.cgi?id=7)\n\n---\n\n",
            body, StringComparison.Ordinal);
        Assert.Contains(
            "```\ngit clone ssh://$YOUR_USER@pkgs.fedoraproject.org/forks/packit/rpms/hello.git\ncd hello\n"
            + "git checkout f43-update-propose_downstream\ngit push origin f43-update-propose_downstream\n```\n",
            body, StringComparison.Ordinal);
        Assert.Contains("git remote add packit ssh://$YOUR_USER@pkgs.fedoraproject.org/forks/packit/rpms/hello.git\n", body, StringComparison.Ordinal);
        Assert.EndsWith("\n---\nLogs and details of the syncing: [Packit dashboard](https://dash.example/jobs/propose-downstream/1)\n", body, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', body);
    }

    [Fact]
    public void Without_bugs_the_first_block_is_no_heading() => Assert.Contains(
        "commit/0123456789abcdef0123456789abcdef01234567)\n\n---\n", Body(Upstream), StringComparison.Ordinal);

    [Fact]
    public void A_tag_is_no_markup_in_the_pull_request() => Assert.StartsWith(
        "Upstream tag: [v1\\](x) @\u2060ada](https://github.com/", Body(Upstream with { Tag = "v1](x) @ada" }), StringComparison.Ordinal);

    [Fact]
    public void Problems_of_a_config_stand_with_file_and_line_and_cannot_leave_their_fence()
    {
        var problem = new ConfigProblem("config-unknown-key", ConfigSeverity.Error, "jobs[0].foo", 3, 5, "There is no key ```foo```.", "Remove it.");

        Assert.Equal(".packit.yaml:3:5: jobs[0].foo: There is no key ```foo```. Remove it.", ConfigTexts.Line(".packit.yaml", problem));
        Assert.Equal(".packit.yaml: Bad.", ConfigTexts.Line(".packit.yaml", problem with { Line = 0, Column = 0, Path = "", Message = "Bad.", Hint = null }));
        var text = ConfigTexts.Invalid(".packit.yaml", "0123", [problem]);
        Assert.StartsWith("Failed to load packit config file `.packit.yaml` of commit 0123:\n\n````\n.packit.yaml:3:5:", text, StringComparison.Ordinal);
        Assert.Contains("\n````\n\nFor the [configuration](", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_waits_reads_for_what_and_until_when() => Assert.Equal(
        "Propose downstream is being retried because we were not able yet to download the archive. Next attempt (2 of 7) at 2026-03-02 10:01 UTC.",
        ProposeDownstreamTexts.Waiting(
            FailureCodes.ArchiveNotThere, new DateTimeOffset(2026, 3, 2, 10, 1, 0, TimeSpan.Zero), 2, 7));

    [Fact]
    public void A_check_is_named_after_branch_and_package()
    {
        Assert.Equal("propose-downstream:f43", ProposeDownstreamTexts.CheckName("f43", null));
        Assert.Equal("propose-downstream:f43:hello", ProposeDownstreamTexts.CheckName("f43", "hello"));
    }

    [Fact]
    public void The_summary_of_a_check_links_the_dashboard_and_fences_the_details() => Assert.Equal(
        "| Name/Job | URL |\n| --- | --- |\n| Dashboard | https://dash.example/1 |\n\n```\n<b>\nsecond\n```\n",
        ProposeDownstreamTexts.CheckSummary("https://dash.example/1", "<b>\nsecond"));

    private static string Body(UpstreamFacts upstream) => PullRequestTexts.Body(
        upstream, new DistGitFacts("pkgs.fedoraproject.org", "packit", "rpms", "hello"), "f43-update-propose_downstream",
        "https://dash.example/jobs/propose-downstream/1");
}
