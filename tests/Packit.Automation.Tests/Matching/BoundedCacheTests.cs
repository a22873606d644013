using Packit.Automation.Matching;
using Packit.TestSupport;

namespace Packit.Automation.Tests.Matching;

public sealed class BoundedCacheTests
{
    private readonly ManualTime _time = new();
    private int _asked;

    [Fact]
    public async Task Those_who_ask_at_the_same_time_share_one_question()
    {
        var cache = Cache();
        var answer = new TaskCompletionSource<string>();

        var both = Task.WhenAll(Get(cache, "a", () => answer.Task), Get(cache, "a", () => answer.Task));
        answer.SetResult("yes");

        Assert.Equal(["yes", "yes"], await both);
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task An_answer_is_remembered_for_a_while()
    {
        var cache = Cache();
        await Get(cache, "a");
        _time.Advance(TimeSpan.FromMinutes(9));
        await Get(cache, "a");
        Assert.Equal(1, _asked);

        _time.Advance(TimeSpan.FromMinutes(1));
        await Get(cache, "a");

        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task The_oldest_answers_make_room_for_new_ones()
    {
        var cache = Cache();
        foreach (var key in new[] { "a", "b", "c", "d" })
        {
            await Get(cache, key);
        }

        await Get(cache, "d");
        Assert.Equal(4, _asked);
        await Get(cache, "a");
        Assert.Equal(5, _asked);
    }

    [Fact]
    public async Task A_question_that_failed_is_asked_again()
    {
        var cache = Cache();
        await Assert.ThrowsAsync<TimeoutException>(() => Get(cache, "a", () => Task.FromException<string>(new TimeoutException())));

        Assert.Equal("yes", await Get(cache, "a"));
    }

    [Fact]
    public async Task What_is_forgotten_is_asked_again_and_then_remembered()
    {
        var cache = Cache();
        await Get(cache, "a");
        await Get(cache, "b");

        cache.Forget("a");
        cache.Forget("never asked");
        await Get(cache, "a");
        await Get(cache, "a");
        await Get(cache, "b");

        Assert.Equal(3, _asked);
    }

    private BoundedCache<string, string> Cache() => new(3, TimeSpan.FromMinutes(10), _time);

    private Task<string> Get(BoundedCache<string, string> cache, string key, Func<Task<string>>? ask = null) => cache.GetAsync(
        key,
        () =>
        {
            Interlocked.Increment(ref _asked);
            return ask?.Invoke() ?? Task.FromResult("yes");
        },
        CancellationToken.None);
}
