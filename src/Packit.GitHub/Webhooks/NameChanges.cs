namespace Packit.GitHub;

/// <summary>What a webhook says about names before a change. Which part is there depends on the event.</summary>
/// <param name="Login">A renamed user or organisation.</param>
/// <param name="Repository">A renamed repository.</param>
/// <param name="Owner">A transferred repository.</param>
/// <remarks>GitHub: webhook events <c>installation_target</c> and <c>repository</c>.</remarks>
public sealed record NameChanges(NameBefore? Login = null, RepositoryNameChange? Repository = null, OwnerChange? Owner = null);

/// <summary>A name as it was.</summary>
public sealed record NameBefore(string From);

/// <summary>The name of a repository as it was, without its owner.</summary>
public sealed record RepositoryNameChange(NameBefore? Name = null);

/// <summary>The owner of a repository as it was.</summary>
public sealed record OwnerChange(OwnerBefore From);

/// <summary>One of the two is there.</summary>
public sealed record OwnerBefore(GitHubAccount? User = null, GitHubAccount? Organization = null);
