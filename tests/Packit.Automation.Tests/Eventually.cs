using System.Diagnostics;

namespace Packit.Automation.Tests;

/// <summary>Waits for what other threads and processes do, looking often and giving up loudly.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static Task Is(string what, Func<bool> condition) => Is(what, () => Task.FromResult(condition()));

    public static async Task Is(string what, Func<Task<bool>> condition)
    {
        var begun = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(begun.Elapsed < Limit, $"After {Limit}, still not: {what}");
            await Task.Delay(20);
        }
    }
}
