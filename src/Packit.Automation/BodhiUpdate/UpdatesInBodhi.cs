using System.Text.Json;
using Microsoft.Extensions.Options;
using Packit.Automation.Failures;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.Bodhi;
using Packit.Http;
using Packit.PackageConfig;

namespace Packit.Automation.BodhiUpdate;

/// <summary>Bodhi, in the words of this room.</summary>
public sealed class UpdatesInBodhi(BodhiClient bodhi, DistGitAddresses addresses, IOptions<DistGitOptions> distGit)
{
    /// <summary>How much of what Bodhi says is shown.</summary>
    private const int MaxSaid = 2000;

    /// <summary>The update that holds a build and is on its way or has arrived.</summary>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="RemoteException">Bodhi does not answer.</exception>
    public async Task<UpdateInBodhi?> FindAsync(string nvr, CancellationToken cancellationToken) =>
        await bodhi.LiveUpdateOfAsync([nvr], cancellationToken) is { } update ? Seen(update) : null;

    /// <summary>The newest update that keeps a build from getting another one: one that a newer update replaced does, one that was taken back does not.</summary>
    /// <inheritdoc cref="FindAsync"/>
    public async Task<UpdateInBodhi?> FindBlockingAsync(string nvr, CancellationToken cancellationToken) =>
        (await bodhi.UpdatesOfBuildsAsync([nvr], cancellationToken)).FirstOrDefault(update => update.Status != UpdateStatus.Unpushed) is { } update
            ? Seen(update)
            : null;

    /// <summary>An update by its name.</summary>
    /// <inheritdoc cref="FindAsync"/>
    public async Task<UpdateInBodhi?> ReadAsync(string alias, CancellationToken cancellationToken) =>
        await bodhi.UpdateAsync(alias, cancellationToken) is { } update ? Seen(update) : null;

    /// <summary>Asks for an update, once.</summary>
    /// <param name="plan">What it is to be.</param>
    /// <param name="package">The dist-git repository, for what maintainers are told.</param>
    /// <param name="cancellationToken">Ends the waiting; the update may be made all the same.</param>
    public async Task<CreateAnswer> CreateAsync(BodhiUpdatePlan plan, string package, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        try
        {
            var saved = await bodhi.CreateUpdateAsync(Draft(plan), cancellationToken);
            return saved.Updates is [var made, ..]
                ? new CreateAnswer.Created(Seen(made), [.. saved.Caveats.Select(caveat => Shown(caveat.Description)).Where(said => said.Length > 0)])
                : new CreateAnswer.Exists();
        }
        catch (BodhiException refused)
        {
            return Meaning(refused, package);
        }
        catch (RemoteException away)
        {
            // Without a login Bodhi was not asked, or has refused.
            return new CreateAnswer.Away(
                away, MayBeMade: away.Service != OidcLogin.Provider && away.Failure is not (RemoteFailure.RateLimited or RemoteFailure.Unauthorized));
        }
    }

    private CreateAnswer Meaning(BodhiException refused, string package) => refused.Refusal switch
    {
        BodhiRefusal.AlreadyExists => new CreateAnswer.Exists(),
        BodhiRefusal.NotTagged or BodhiRefusal.BuildUnknown => new CreateAnswer.NotTagged(),
        BodhiRefusal.AutomaticUpdates => new CreateAnswer.Automatic(),
        BodhiRefusal.NoRights => new CreateAnswer.Refused(Failure.UserFixable(FailureCodes.UpdateRights, Rights(refused, package))),
        BodhiRefusal.ServerTrouble => new CreateAnswer.Away(refused, MayBeMade: true),
        BodhiRefusal.BackendAway or BodhiRefusal.LoginLost => new CreateAnswer.Away(refused, MayBeMade: false),
        // An error page of a proxy: whether the request got through is not known.
        BodhiRefusal.Other => new CreateAnswer.Away(refused, MayBeMade: refused.Failure is RemoteFailure.ServerError or RemoteFailure.Timeout),
        BodhiRefusal.BuildUnfit or BodhiRefusal.SideTag or BodhiRefusal.State or BodhiRefusal.RequirementsNotMet or BodhiRefusal.NotFound
            or BodhiRefusal.Validation => new CreateAnswer.Refused(Failure.UserFixable(FailureCodes.UpdateRefused, BodhiUpdateTexts.Refused(Said(refused)))),
    };

    private string Rights(BodhiException refused, string package) => refused.MissingRight switch
    {
        { User: var user, Package: null } => BodhiUpdateTexts.NoPackager(user, package, Said(refused)),
        { User: var user } => BodhiUpdateTexts.NoRights(user, package, addresses.WebUrl(package), Said(refused)),
        null => BodhiUpdateTexts.NoRights(distGit.Value.User, package, addresses.WebUrl(package), Said(refused)),
    };

    private static string Said(BodhiException refused) => Shown(
        refused.Errors.Count == 0 ? refused.Message : string.Join("; ", refused.Errors.Select(error => error.Description).OfType<string>().Distinct()));

    private static string Shown(string? text)
    {
        var visible = MarkdownText.Visible(text ?? "").Trim();
        return visible.Length > MaxSaid ? visible[..MaxSaid] + "…" : visible;
    }

    // The type is sent as the config has it: which ones there are is Bodhi's to know.
    private static UpdateDraft Draft(BodhiUpdatePlan plan) => new()
    {
        Builds = plan.Builds,
        Notes = plan.Notes,
        Bugs = plan.Bugs,
        Extra = plan.Extra.Append(KeyValuePair.Create("type", (ConfigValue)new ConfigText(plan.Type)))
            .ToDictionary(field => field.Key, field => Json(field.Value), StringComparer.Ordinal),
    };

    private static JsonElement Json(ConfigValue value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            value.WriteTo(writer);
        }

        using var document = JsonDocument.Parse(buffer.ToArray());
        return document.RootElement.Clone();
    }

    private UpdateInBodhi Seen(Packit.Bodhi.BodhiUpdate update) => new(
        update.Alias,
        bodhi.PageOf(update.Alias).AbsoluteUri,
        update.Status switch
        {
            UpdateStatus.Testing => BodhiUpdateState.Testing,
            UpdateStatus.Stable => BodhiUpdateState.Stable,
            UpdateStatus.Unpushed => BodhiUpdateState.Unpushed,
            UpdateStatus.Obsolete => BodhiUpdateState.Obsolete,
            // A word that this service does not know is one of a way that goes on.
            UpdateStatus.Pending or UpdateStatus.Other => BodhiUpdateState.Pending,
        },
        update.Request is null or UpdateRequest.Other ? null : update.Request.Value.ToString().ToLowerInvariant(),
        update.Karma,
        update.TestGatingStatus switch
        {
            null or GatingStatus.Other => null,
            GatingStatus.GreenwaveFailed => "greenwave_failed",
            { } gate => gate.ToString().ToLowerInvariant(),
        },
        update.DateSubmitted,
        update.DateTesting,
        update.DateStable);
}
