using System.Diagnostics;

namespace Packit.FedoraMessaging.Tests;

/// <summary>Waits for what other threads and processes do, looking often and giving up loudly.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    public static async Task Is(string what, Func<bool> condition)
    {
        var begun = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(begun.Elapsed < Limit, $"After {Limit}, still not: {what}");
            await Task.Delay(20);
        }
    }
}
