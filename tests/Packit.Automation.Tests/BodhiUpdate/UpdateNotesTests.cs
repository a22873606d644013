using Packit.Automation.BodhiUpdate;
using Packit.Koji;

namespace Packit.Automation.Tests.BodhiUpdate;

public sealed class UpdateNotesTests
{
    [Fact]
    public void Without_an_earlier_build_the_notes_are_one_sentence() =>
        Assert.Equal("Automatic update for hello-1.1-1.fc43.", UpdateNotes.Of([new UpdatedBuild("hello-1.1-1.fc43", "hello", [])]));

    [Fact]
    public void What_is_new_stands_below_a_heading_for_each_package()
    {
        var notes = UpdateNotes.Of(
        [
            new UpdatedBuild("hello-1.1-1.fc43", "hello", [Entry(3, "- Update to 1.1"), Entry(2, "- Rebuilt\n")]),
            new UpdatedBuild("world-2-1.fc43", "world", []),
        ]);

        Assert.Equal(
            """
            Automatic update for hello-1.1-1.fc43, world-2-1.fc43.

            ##### **Changelog for hello**

            ```
            * Tue Mar 03 2026 Ann <ann@example.org> - 1-1
            - Update to 1.1

            * Mon Mar 02 2026 Ann <ann@example.org> - 1-1
            - Rebuilt
            ```
            """.ReplaceLineEndings("\n"),
            notes);
    }

    [Fact]
    public void Notes_are_cut_before_bodhi_refuses_them_and_their_fence_is_closed()
    {
        var notes = UpdateNotes.Of([new UpdatedBuild("hello-1.1-1.fc43", "hello", [Entry(3, string.Concat(Enumerable.Repeat("😀", 8000)))])]);

        Assert.InRange(notes.Length, UpdateNotes.MaxLength - 1000, UpdateNotes.MaxLength);
        Assert.EndsWith("😀\n…\n```", notes, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changelog_cannot_leave_its_fence() =>
        Assert.Contains("````\n", UpdateNotes.Of([new UpdatedBuild("hello-1.1-1.fc43", "hello", [Entry(3, "- ```\n# Not a heading")])]), StringComparison.Ordinal);

    [Theory]
    [InlineData("- Resolves: rhbz#1234567", "1234567")]
    [InlineData("- resolves: rhbz#1234567, fixes rhbz#7654321", "1234567 7654321")]
    [InlineData("- Fix RHBZ#12345 and close: rh#23456; Closes epel#34567 FIXES: fedora#45678", "12345 23456 34567 45678")]
    [InlineData("- Resolve:\tRHBZ#1234567", "1234567")]
    [InlineData("- Resolves: rhbz#1234567 and resolves rhbz#1234567", "1234567")]
    [InlineData("- Resolves rhbz#1234", "")]
    [InlineData("- Related: rhbz#1234567", "")]
    [InlineData("- Resolves: rhbz #1234567, #1234567, upstream#1234567", "")]
    [InlineData("- Resolves:rhbz#1234567", "")]
    [InlineData("- Resolves: rhbz#99999999999999999999999999", "")]
    public void Bugs_are_found_in_all_spellings_that_count(string text, string bugs) =>
        Assert.Equal(bugs, string.Join(' ', UpdateNotes.Bugs(text)));

    [Fact]
    public void A_first_build_fixes_what_its_newest_entry_says()
    {
        var build = new UpdatedBuild("hello-1.1-1.fc43", "hello", [], Entry(3, "- Initial import (fixes rhbz#1234567)"));

        Assert.Equal([1234567L], UpdateNotes.Bugs(build));
        Assert.Equal("Automatic update for hello-1.1-1.fc43.", UpdateNotes.Of([build]));
    }

    [Fact]
    public void News_are_the_entries_above_the_newest_that_users_have()
    {
        ChangelogEntry[] stable = [Entry(2, "- Two"), Entry(1, "- One")];

        Assert.Equal(["- Four", "- Three"], UpdateNotes.NewsSince([Entry(4, "- Four"), Entry(2, "- Three"), .. stable], stable).Select(entry => entry.Text));
        Assert.Empty(UpdateNotes.NewsSince(stable, stable));
        Assert.Empty(UpdateNotes.NewsSince(stable, []));
        Assert.Equal(["- Other"], UpdateNotes.NewsSince([Entry(3, "- Other"), Entry(1, "- Line")], stable).Select(entry => entry.Text));
    }

    private static ChangelogEntry Entry(int day, string text) =>
        new(new DateTimeOffset(2026, 3, day, 12, 0, 0, TimeSpan.Zero), "Ann <ann@example.org> - 1-1", text);
}
