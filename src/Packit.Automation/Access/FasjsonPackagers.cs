using System.Collections.Concurrent;
using Packit.Fasjson;

namespace Packit.Automation.Access;

/// <summary>Asks the Fedora account system. Who is a packager is remembered for a while; who is not may become one at any time.</summary>
public sealed class FasjsonPackagers(FasjsonClient fasjson, TimeProvider time) : IPackagers
{
    private const string Group = "packager";
    private const int Remembered = 256;

    private static readonly TimeSpan Life = TimeSpan.FromHours(8);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _known = new(StringComparer.Ordinal);

    public async Task<bool> IsPackagerAsync(string login, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue(login, out var until) && until > now)
        {
            return true;
        }

        if (await fasjson.MembershipAsync(Group, login, cancellationToken) != GroupMembership.Member)
        {
            return false;
        }

        if (_known.Count >= Remembered)
        {
            _known.Clear();
        }

        _known[login] = now + Life;
        return true;
    }
}
