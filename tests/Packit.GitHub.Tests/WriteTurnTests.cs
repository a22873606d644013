namespace Packit.GitHub.Tests;

public class WriteTurnTests
{
    [Fact]
    public async Task The_next_turn_is_given_to_those_who_cannot_wait()
    {
        var turn = new WriteTurn();
        await turn.EnterAsync(urgent: false, GitHubStub.Cancel);
        var first = turn.EnterAsync(urgent: false, GitHubStub.Cancel);
        var urgent = turn.EnterAsync(urgent: true, GitHubStub.Cancel);

        turn.Leave();
        await urgent;
        Assert.False(first.IsCompleted);
        turn.Leave();
        await first;
        turn.Leave();
        await turn.EnterAsync(urgent: false, GitHubStub.Cancel);
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_does_not_keep_the_turn_from_others()
    {
        var turn = new WriteTurn();
        await turn.EnterAsync(urgent: false, GitHubStub.Cancel);
        using var impatient = new CancellationTokenSource();
        var givenUp = turn.EnterAsync(urgent: true, impatient.Token);
        var patient = turn.EnterAsync(urgent: false, GitHubStub.Cancel);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givenUp);
        turn.Leave();
        await patient;

        Assert.True(patient.IsCompletedSuccessfully);
    }
}
