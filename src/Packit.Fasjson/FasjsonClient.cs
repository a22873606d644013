using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Packit.Http;

namespace Packit.Fasjson;

/// <summary>
/// FASJSON: who is who in Fedora, read-only. "No such account" and "not in the group" are answers; when FASJSON cannot be asked, every
/// method throws <see cref="RemoteException"/>, so that an outage is never taken for a no.
/// </summary>
/// <remarks>FASJSON: API version 1, at <c>/docs/v1/</c> of every instance.</remarks>
public sealed class FasjsonClient
{
    internal const string Service = "FASJSON";
    private const int Cap = 4 * 1024 * 1024;
    private const int PageSize = 500;
    private const int MaxPages = 100;
    private const int MaxName = 64;

    private readonly RemoteExchange _exchange;
    private readonly Uri _root;

    /// <param name="http">With FASJSON's root as base address; <see cref="FasjsonClients"/> makes one.</param>
    /// <param name="time">The clock for time limits.</param>
    /// <exception cref="ArgumentException">No base address with a slash at the end.</exception>
    public FasjsonClient(HttpClient http, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(time);
        _root = RemoteExchange.Root(http, "https://fasjson.fedoraproject.org/");
        _exchange = new RemoteExchange(Service, http, time);
    }

    /// <returns>Null when there is no such account.</returns>
    public async Task<FasUser?> UserAsync(string name, CancellationToken cancellationToken) =>
        IsName(name)
            ? (await FindAsync($"v1/users/{name}/", $"reading account {name}", FasjsonJson.Default.UserBody, cancellationToken))?.Result
            : null;

    /// <summary>The groups that an account is in; names are compared as they are.</summary>
    /// <returns>Null when there is no such account.</returns>
    public Task<IReadOnlySet<string>?> GroupsOfUserAsync(string user, CancellationToken cancellationToken) => PagesAsync(
        IsName(user), $"v1/users/{user}/groups/", $"listing the groups of {RemoteText.Clean(user)}", FasjsonJson.Default.GroupPage,
        static page => (page.Result.Select(entry => entry.Groupname), page.Page), cancellationToken);

    /// <summary>The accounts in a group.</summary>
    /// <returns>Null when there is no such group.</returns>
    public Task<IReadOnlySet<string>?> MembersOfGroupAsync(string group, CancellationToken cancellationToken) => PagesAsync(
        IsName(group), $"v1/groups/{group}/members/", $"listing the members of {RemoteText.Clean(group)}", FasjsonJson.Default.MemberPage,
        static page => (page.Result.Select(entry => entry.Username), page.Page), cancellationToken);

    /// <summary>Whether an account is in a group. Of the account's groups, which are few, rather than of the group's members.</summary>
    public async Task<GroupMembership> MembershipAsync(string group, string user, CancellationToken cancellationToken) =>
        await GroupsOfUserAsync(user, cancellationToken) is { } groups
            ? groups.Contains(group) ? GroupMembership.Member : GroupMembership.NoMember
            : GroupMembership.UnknownUser;

    // What FASJSON routes as a name: anything else would be another address.
    private static bool IsName(string? name) =>
        name is { Length: > 0 and <= MaxName } && char.IsAsciiLetter(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-');

    private async Task<IReadOnlySet<string>?> PagesAsync<T>(
        bool isPossible, string path, string doing, JsonTypeInfo<T> type,
        Func<T, (IEnumerable<string> Names, PageFacts? Page)> read, CancellationToken cancellationToken)
        where T : class
    {
        if (!isPossible)
        {
            return null;
        }

        var all = new HashSet<string>(StringComparer.Ordinal);
        for (var number = 1; number <= MaxPages; number++)
        {
            var body = await FindAsync($"{path}?page_size={PageSize}&page_number={number}", doing, type, cancellationToken);
            if (body is null)
            {
                return number == 1 ? null : throw Unexpected($"FASJSON's list ended in the middle while {doing}.");
            }

            var (names, page) = read(body);
            all.UnionWith(names);
            if (page is null || number >= page.TotalPages)
            {
                return all;
            }

            if (page.PageNumber != number)
            {
                throw Unexpected($"FASJSON gave page {page.PageNumber} instead of {number} while {doing}.");
            }
        }

        throw Unexpected($"FASJSON gave more than {MaxPages} pages while {doing}.");
    }

    private async Task<T?> FindAsync<T>(string path, string doing, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_root, path));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var answer = await _exchange.SendAsync(request, doing, Cap, cancellationToken);
        if (answer.Status == HttpStatusCode.OK)
        {
            return RemoteExchange.Read(Service, answer.Body, type, doing);
        }

        var refusal = Read(answer.Body);
        return answer.Status == HttpStatusCode.NotFound && (refusal?.Name ?? refusal?.Groupname) is not null
            ? null
            : throw Refused(answer, refusal, doing);
    }

    private RemoteException Refused(RemoteAnswer answer, RefusalBody? refusal, string doing)
    {
        var said = refusal?.Message is { Length: > 0 } message ? RemoteText.Clean(message) : "(an answer that is not of FASJSON's API)";
        var advice = answer.Status switch
        {
            HttpStatusCode.Unauthorized => " Check which account the Kerberos keytab belongs to.",
            HttpStatusCode.NotFound => $" Is {_root} the root of FASJSON?",
            _ => "",
        };
        // An address that is not of the API is not the same as an account that does not exist.
        var failure = answer.Status == HttpStatusCode.NotFound ? RemoteFailure.Unexpected : RemoteException.Classify(answer.Status);
        return new RemoteException(Service, failure, $"FASJSON refused {doing}: {(int)answer.Status} {said}{advice}")
        {
            Status = answer.Status,
            RetryAfter = answer.RetryAfter,
        };
    }

    private static RefusalBody? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, FasjsonJson.Default.RefusalBody);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static RemoteException Unexpected(string message) => new(Service, RemoteFailure.Unexpected, message);
}
