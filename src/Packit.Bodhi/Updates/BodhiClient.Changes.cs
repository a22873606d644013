using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Packit.Http;

namespace Packit.Bodhi;

/// <content>Making and changing updates.</content>
public sealed partial class BodhiClient
{
    /// <summary>
    /// Makes an update, which makes older pending and testing ones of the same packages obsolete. It may take minutes. After a
    /// <see cref="RemoteException"/> that leaves the outcome open (<see cref="RemoteFailure.Timeout"/>, <see cref="RemoteFailure.Unreachable"/>,
    /// <see cref="RemoteFailure.ServerError"/>, <see cref="RemoteFailure.Unexpected"/>) ask <see cref="LiveUpdateOfAsync"/> before trying again.
    /// </summary>
    /// <exception cref="BodhiException">Bodhi refused; <see cref="BodhiException.Refusal"/> says why.</exception>
    /// <exception cref="InvalidOperationException">The client was made without a login.</exception>
    public Task<SavedUpdates> CreateUpdateAsync(UpdateDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return SaveAsync(draft, edited: null, $"making an update of {Subject(draft)}", cancellationToken);
    }

    /// <summary>
    /// Changes an update. Bodhi sets each field that an edit does not name to its default, so the update is read first and all of it
    /// is sent back, with the change made.
    /// </summary>
    /// <param name="change">Gets the update as it is.</param>
    /// <exception cref="BodhiException">Bodhi refused, or there is no such update (<see cref="BodhiRefusal.NotFound"/>).</exception>
    public async Task<SavedUpdates> EditUpdateAsync(string alias, Func<UpdateDraft, UpdateDraft> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var current = await UpdateAsync(alias, cancellationToken)
            ?? throw new BodhiException(RemoteFailure.NotFound, BodhiRefusal.NotFound, $"Bodhi has no update {RemoteText.Clean(alias)} to edit.", []);
        return await SaveAsync(change(UpdateDraft.Of(current)), current.Alias, $"editing {current.Alias}", cancellationToken);
    }

    /// <summary>Asks for a step: to testing, to stable, or out of the repositories.</summary>
    /// <returns>The update after it.</returns>
    /// <exception cref="BodhiException">Bodhi refused, as for <see cref="BodhiRefusal.RequirementsNotMet"/>.</exception>
    public async Task<BodhiUpdate> RequestAsync(string alias, UpdateRequest step, CancellationToken cancellationToken)
    {
        var word = step.ToString().ToLowerInvariant();
        var body = await WriteAsync(
            Post($"updates/{Alias(alias)}/request", $"asking for {word} of {alias}", writer =>
            {
                writer.WriteString("update", alias);
                writer.WriteString("request", word);
            }),
            BodhiJson.Default.UpdateBody, cancellationToken);
        return Checked(body.Update);
    }

    /// <summary>Writes a comment below an update, without karma.</summary>
    public async Task<BodhiComment> CommentAsync(string alias, string text, CancellationToken cancellationToken)
    {
        var body = await WriteAsync(
            Post("comments/", $"commenting on {Alias(alias)}", writer =>
            {
                writer.WriteString("update", alias);
                writer.WriteString("text", text);
                writer.WriteNumber("karma", 0);
            }),
            BodhiJson.Default.CommentBody, cancellationToken);
        return body.Comment;
    }

    private async Task<SavedUpdates> SaveAsync(UpdateDraft draft, string? edited, string doing, CancellationToken cancellationToken)
    {
        var request = Post("updates/", doing, writer => DraftFields.Write(writer, draft, edited));
        var answer = await Session.WriteAsync(request, cancellationToken);
        var saved = _wire.Read(request, answer, BodhiJson.Default.SavedBody);
        var updates = saved.Updates ?? [_wire.Read(request, answer, BodhiJson.Default.BodhiUpdate)];
        return new SavedUpdates([.. updates.Select(Checked)], saved.Caveats ?? []);
    }

    private async Task<T> WriteAsync<T>(BodhiRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        _wire.Read(request, await Session.WriteAsync(request, cancellationToken), type);

    private static BodhiRequest Post(string path, string doing, Action<Utf8JsonWriter> fields) => new(HttpMethod.Post, path, doing) { Fields = fields };

    private static string Subject(UpdateDraft draft) => RemoteText.Clean(draft.FromTag ?? string.Join(", ", draft.Builds));

    private static string Alias(string alias) =>
        IsAlias(alias) ? alias : throw new ArgumentException($"'{RemoteText.Clean(alias)}' is no alias of an update.", nameof(alias));
}
