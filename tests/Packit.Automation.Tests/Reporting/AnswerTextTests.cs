using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;

namespace Packit.Automation.Tests.Reporting;

public sealed class AnswerTextTests
{
    [Fact]
    public void One_command_is_answered_without_its_line() => Assert.Equal("Done.", AnswerTexts.Of([Command("/packit help", "Done.")]));

    [Fact]
    public void Each_of_several_is_answered_under_its_line_which_stays_text() => Assert.Equal(
        "**/packit help \\<b\\> @\u2060all**\n\nDone.\n\n**/packit koji-build**\n\nSeen; it is carried out after the one above.",
        AnswerTexts.Of([Command("/packit help <b> @all", "Done."), Command("/packit koji-build", answer: null, CommandState.Received)]));

    [Fact]
    public void Nothing_is_said_before_anything_is_known() =>
        Assert.Null(AnswerTexts.Of([Command("/packit help", answer: null, CommandState.Received), Command("/packit help", answer: null, CommandState.Received)]));

    [Fact]
    public void What_was_passed_over_in_silence_is_not_spoken_of() =>
        Assert.Equal("Done.", AnswerTexts.Of([Command("/packit help", answer: null, CommandState.Refused), Command("/packit help", "Done.")]));

    [Fact]
    public void The_answers_share_the_room_that_GitHub_gives()
    {
        var long1 = new string('x', 100_000);

        var text = AnswerTexts.Of([.. Enumerable.Range(0, 10).Select(number => Command($"/packit propose-downstream {number}", long1))])!;

        Assert.InRange(text.Length, 60_000, 64_000);
        Assert.Contains("propose-downstream 9", text, StringComparison.Ordinal);
    }

    private static CommentCommand Command(string line, string? answer, CommandState state = CommandState.Done) => new()
    {
        Position = 0, Line = line, Name = "help", State = state, Answer = answer, DeliveryId = 1, GivenAt = DateTimeOffset.UnixEpoch,
    };
}
