using Packit.Http;

namespace Packit.Bodhi;

/// <content>Reading updates.</content>
public sealed partial class BodhiClient
{
    private const int MaxAlias = 64;

    // As many NVRs as an address holds without trouble.
    private const int BuildsAtOnce = 20;

    /// <returns>Null when there is no such update.</returns>
    public async Task<BodhiUpdate?> UpdateAsync(string alias, CancellationToken cancellationToken)
    {
        if (!IsAlias(alias))
        {
            return null;
        }

        var body = await _wire.FindAsync($"updates/{alias}", $"reading update {alias}", BodhiJson.Default.UpdateBody, cancellationToken);
        return body is null ? null : Checked(body.Update);
    }

    /// <summary>The updates that hold one of the builds, in any state, newest first.</summary>
    /// <param name="nvrs">Those that Bodhi does not know are no error.</param>
    public async Task<IReadOnlyList<BodhiUpdate>> UpdatesOfBuildsAsync(IReadOnlyList<string> nvrs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(nvrs);
        var found = new Dictionary<string, BodhiUpdate>(StringComparer.Ordinal);
        foreach (var some in nvrs.Distinct(StringComparer.Ordinal).Chunk(BuildsAtOnce))
        {
            foreach (var update in await UpdatesAsync(new UpdateFilter { Builds = some }, cancellationToken))
            {
                found.TryAdd(update.Alias, update);
            }
        }

        return [.. found.Values.OrderByDescending(update => update.DateSubmitted)];
    }

    /// <summary>
    /// The update that holds all of the builds and was neither taken back nor replaced. What a lost answer of
    /// <see cref="CreateUpdateAsync"/> and <see cref="BodhiRefusal.AlreadyExists"/> are resolved by.
    /// </summary>
    /// <returns>Null when there is none; Bodhi may still be making it for some minutes after a lost answer.</returns>
    public async Task<BodhiUpdate?> LiveUpdateOfAsync(IReadOnlyList<string> nvrs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(nvrs);
        return nvrs.Count == 0
            ? null
            : (await UpdatesOfBuildsAsync(nvrs, cancellationToken)).FirstOrDefault(update =>
                update.IsLive && nvrs.All(nvr => update.Builds.Any(build => build.Nvr == nvr)));
    }

    /// <summary>The updates that meet a filter, all pages.</summary>
    /// <exception cref="ArgumentException">A value of the filter holds a comma.</exception>
    /// <exception cref="RemoteException">There are more than 50 pages of 50.</exception>
    public Task<IReadOnlyList<BodhiUpdate>> UpdatesAsync(UpdateFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return PagesAsync(
            $"updates/?{filter.Query()}rows_per_page=50&page=", "listing updates", "updates",
            async (path, doing) =>
            {
                var page = await _wire.GetAsync(path, doing, BodhiJson.Default.UpdatePage, cancellationToken);
                return ((IReadOnlyList<BodhiUpdate>)[.. page.Updates.Select(Checked)], page.Pages);
            });
    }

    private static bool IsAlias(string? alias) =>
        alias is { Length: > 0 and <= MaxAlias } && alias.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.') && alias.Any(char.IsAsciiLetterOrDigit);

    /// <summary>The alias goes into addresses and rows, so it is what Bodhi makes aliases of or nothing.</summary>
    private static BodhiUpdate Checked(BodhiUpdate update) => IsAlias(update.Alias)
        ? update
        : throw new RemoteException(BodhiWire.Service, RemoteFailure.Unexpected, $"Bodhi gave an update the alias '{RemoteText.Clean(update.Alias)}', which is none.");
}
