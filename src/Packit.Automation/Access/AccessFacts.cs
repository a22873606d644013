using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.GitHub;
using Packit.Http;

namespace Packit.Automation.Access;

/// <summary>
/// Whether a role is held, asked now from whoever knows. What nobody says is not held: an account without a record, an answer that
/// cannot be read, a person who is not known. An outage is neither yes nor no.
/// </summary>
public sealed class AccessFacts(
    Allowlist allowlist, GitHubClient github, IPackagers packagers, DistGitAccounts accounts, IPackitDbFactory databases, IOptions<ServiceOptions> service)
{
    private const string AllCommitters = "all_committers";

    /// <summary>Asks for one role.</summary>
    /// <exception cref="RemoteException">Whoever has to be asked does not answer; to be tried again.</exception>
    public async Task<RoleFact> AskAsync(AccessRole role, AccessQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        return role switch
        {
            AccessRole.Anyone => Held(AccessTexts.AnyoneMay),
            AccessRole.Nobody => NotHeld(AccessTexts.Nobody),
            AccessRole.AccountNotDenied => await NotDeniedAsync(question, cancellationToken),
            AccessRole.ServiceAdmin => IsAdmin(question) ? Held(AccessTexts.IsAdministrator(question.Actor)) : NotHeld(null),
            AccessRole.ProjectApproved => await ApprovedAsync(question, cancellationToken),
            AccessRole.MayMergeUpstream => await MayMergeAsync(question, cancellationToken),
            AccessRole.PullRequestAuthor => await IsAuthorAsync(question, cancellationToken)
                ? Held(AccessTexts.IsPullRequestAuthor(question.Actor))
                : NotHeld(null),
            AccessRole.Installer => await InstalledAsync(question, cancellationToken),
            AccessRole.Packager => await PackagerAsync(question, cancellationToken),
            AccessRole.PackageCommitter => await CommitterAsync(question, cancellationToken),
            AccessRole.OwnCheck or AccessRole.ConfiguredPullRequestAuthor or AccessRole.ConfiguredCommitter or AccessRole.ConfiguredBuilder =>
                question.Held.Contains(role) ? Held(AccessRules.Meaning(role)) : NotHeld(AccessTexts.Needed(role)),
        };
    }

    private bool IsAdmin(AccessQuestion question) =>
        question.Actor is { } actor && service.Value.Admins.Any(entry => AdminEntry.Parse(entry).Is(actor, question.ActorId));

    private async Task<RoleFact> NotDeniedAsync(AccessQuestion question, CancellationToken cancellationToken) =>
        question is { Repository: { } repository, Actor: { Length: > 0 } actor }
            ? await allowlist.OfAccountAsync(repository.Host, actor, cancellationToken) switch
            {
                AccessDecision.Refused refused => NotHeld(AccessTexts.WithNext(refused.Reason, AccessTexts.AskOperators)),
                { } granted => Held(AccessTexts.Entry(actor, granted.Reason)),
            }
            : NotHeld(AccessTexts.UnknownActor);

    private async Task<RoleFact> ApprovedAsync(AccessQuestion question, CancellationToken cancellationToken) =>
        question.Repository is { } repository
            ? await allowlist.OfProjectAsync(repository.Host, repository.Name.Owner, repository.Name.Name, cancellationToken) switch
            {
                AccessDecision.Refused refused => NotHeld(refused.Reason),
                { } granted => Held(granted.Reason),
            }
            : NotHeld(AccessTexts.Needed(AccessRole.ProjectApproved));

    private async Task<RoleFact> MayMergeAsync(AccessQuestion question, CancellationToken cancellationToken)
    {
        if (question is not { Repository: { } repository, Actor: { Length: > 0 } actor, ActorId: { } id })
        {
            return NotHeld(AccessTexts.UnknownActor);
        }

        var permission = await KnownOrAsync(
            () => github.Repository(repository.Name, repository.InstallationId).PermissionAsync(actor, id, cancellationToken), RepositoryPermission.None);
        if (permission is null)
        {
            return NotHeld(AccessTexts.NameOfAnother(actor));
        }

        return permission is RepositoryPermission.Write or RepositoryPermission.Admin
            ? Held(AccessTexts.MayMerge(actor, repository.Name.ToString()))
            : NotHeld(AccessTexts.WithNext(
                AccessTexts.NoWriteAccess(actor),
                AccessTexts.WhoMayMerge(
                    repository.Name.ToString(),
                    question.IsPullRequest && AccessRules.Of(question.Event).Needs.Any(need => need.AnyOf.Contains(AccessRole.PullRequestAuthor)))));
    }

    private async Task<bool> IsAuthorAsync(AccessQuestion question, CancellationToken cancellationToken)
    {
        if (question is not { Repository: { } repository, ActorId: { } actor, Thread: { } thread, IsPullRequest: true })
        {
            return false;
        }

        var pull = await KnownOrAsync(
            () => github.Repository(repository.Name, repository.InstallationId).IssueAsync(thread, cancellationToken), otherwise: null);
        return pull is { IsPullRequest: true, User: { IsGone: false, Id: var author } } && author == actor;
    }

    private async Task<RoleFact> InstalledAsync(AccessQuestion question, CancellationToken cancellationToken)
    {
        if (question is not { Actor: { Length: > 0 } actor, Thread: { } thread })
        {
            return NotHeld(AccessTexts.NotTheInstaller);
        }

        await using var database = databases.Create();
        var installation = await database.Installations.AsNoTracking()
            .Where(row => row.ApprovalIssue == thread).OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        return (installation is null ? AccessTexts.NotTheInstaller : InstallerIdentity.WhyNot(installation, actor, question.ActorId)) is { } refusal
            ? NotHeld(refusal)
            : Held(AccessTexts.HasInstalled(actor));
    }

    private async Task<RoleFact> PackagerAsync(AccessQuestion question, CancellationToken cancellationToken) => question.Actor is { Length: > 0 } actor
        ? await packagers.IsPackagerAsync(actor, cancellationToken)
            ? Held(AccessTexts.IsPackager(actor))
            : NotHeld(AccessTexts.NotAPackager(actor))
        : NotHeld(AccessTexts.UnknownActor);

    private async Task<RoleFact> CommitterAsync(AccessQuestion question, CancellationToken cancellationToken) =>
        question is { Package: { } package, Actor: { Length: > 0 } actor }
            ? await accounts.IsAllowedAsync(actor, [AllCommitters], package, cancellationToken)
                ? Held(AccessTexts.MayCommit(actor, package.Name))
                : NotHeld(AccessTexts.NoCommitRights(actor, package.Name))
            : NotHeld(AccessTexts.UnknownActor);

    /// <summary>An answer that means nothing says nothing; the second try would get the same.</summary>
    private static async Task<T> KnownOrAsync<T>(Func<Task<T>> ask, T otherwise)
    {
        try
        {
            return await ask();
        }
        catch (RemoteException odd) when (odd.Failure is RemoteFailure.Unexpected or RemoteFailure.Invalid or RemoteFailure.NotFound)
        {
            return otherwise;
        }
    }

    private static RoleFact Held(string ground) => new(IsHeld: true, ground);

    private static RoleFact NotHeld(string? refusal) => new(IsHeld: false, refusal);
}

/// <summary>Whether a role is held.</summary>
/// <param name="IsHeld">Whether it is.</param>
/// <param name="Text">Why it is; or what a refused person reads, null when the other roles of the rule say it.</param>
public sealed record RoleFact(bool IsHeld, string? Text);
