using Packit.GitHub;

namespace Packit.Automation.Events;

/// <summary>Reads what GitHub says about installations of the App, and about names that change.</summary>
internal static class InstallationReading
{
    /// <summary>An event of an installation, which concerns no single repository.</summary>
    public static ServiceEvent Of(GitHubEvent parsed, string eventType) => parsed switch
    {
        InstallationEvent { Action: "created" or "deleted" or "suspend" or "unsuspend" or "new_permissions_accepted" } changed =>
            IsAccount(changed.Installation.Account) && IsAccount(changed.Sender)
                ? new ServiceEvent.InstallationChanged(changed.Action, changed.Installation, changed.Sender)
                : NoAccount,
        InstallationRepositoriesEvent moved => IsAccount(moved.Installation.Account)
            ? new ServiceEvent.InstallationRepositoriesChanged(
                moved.Installation, Names(moved.RepositoriesAdded), Names(moved.RepositoriesRemoved), moved.Sender)
            : NoAccount,
        InstallationTargetEvent { Action: "renamed", InstallationId: { } installation, Changes.Login.From: { } old } renaming =>
            IsAccount(renaming.Account) && IsLogin(old) ? new ServiceEvent.AccountRenamed(installation, renaming.Account, old) : NoAccount,
        _ => new ServiceEvent.NotForUs($"Nothing reacts to this kind of '{eventType}'."),
    };

    /// <summary>A repository has another name, another owner, or is seen by others than before.</summary>
    public static ServiceEvent OfRepository(RepositoryChangedEvent changed, UpstreamRepository repository)
    {
        var owner = changed.Changes?.Owner?.From is { } before ? (before.Organization ?? before.User)?.Login : null;
        var name = changed.Changes?.Repository?.Name?.From;
        return RepositoryName.TryParse($"{owner ?? repository.Name.Owner}/{name ?? repository.Name.Name}", out var old)
            ? new ServiceEvent.RepositoryRenamed(repository, changed.Repository.Id, old.ToString())
            : new ServiceEvent.Unreadable("The repository had a name that GitHub does not allow.");
    }

    private static readonly ServiceEvent NoAccount = new ServiceEvent.Unreadable("The delivery names an account that GitHub does not allow.");

    private static bool IsAccount(GitHubAccount account) => account.Id > 0 && (account.IsBot || IsLogin(account.Login));

    private static bool IsLogin(string login) => RepositoryName.TryParse(login + "/x", out _);

    private static IReadOnlyList<string> Names(IReadOnlyList<RepositoryReference> repositories) =>
        [.. repositories.Select(repository => repository.FullName).Where(name => RepositoryName.TryParse(name, out _))];
}
