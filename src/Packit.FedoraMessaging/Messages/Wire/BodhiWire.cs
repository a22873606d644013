using System.Text.Json;
using Packit.Http;

namespace Packit.FedoraMessaging;

/// <summary>The update itself, or a comment that holds it.</summary>
internal sealed record WireUpdateMessage(
    WireUpdate? Update = null, WireUpdateComment? Comment = null, string? Agent = null, string? Reason = null);

internal sealed record WireUpdateComment(WireUpdate Update);

internal sealed record WireUpdate(
    string Alias,
    string Status,
    IReadOnlyList<WireUpdateBuild> Builds,
    WireRelease Release,
    WireUser User,
    string? Request = null,
    string? FromTag = null,
    string? Url = null);

internal sealed record WireUpdateBuild(string Nvr);

internal sealed record WireRelease(string Name);

/// <summary>From Bodhi's fields to what they mean.</summary>
internal static class BodhiReading
{
    private const int LongestAlias = 64;

    public static UpdateChanged Update(string change, WireUpdateMessage wire)
    {
        var update = wire.Update ?? wire.Comment?.Update ?? throw new JsonException("There is no update in it.");
        return new UpdateChanged(
            change,
            Alias(update.Alias),
            update.Status,
            update.Request,
            [.. update.Builds.Select(build => build.Nvr)],
            update.Release.Name,
            update.User.Name,
            update.FromTag,
            WebAddress.Of(update.Url),
            wire.Agent,
            wire.Reason);
    }

    private static string Alias(string alias) => alias.Length is > 0 and <= LongestAlias && alias.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')
        ? alias
        : throw new JsonException($"The update's alias is none: {RemoteText.Clean(alias)}");
}
