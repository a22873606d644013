using System.Net;
using System.Text.Json;
using Packit.Http;

namespace Packit.Pagure;

/// <summary>
/// The REST API of a Pagure instance, such as Fedora's dist-git. Every method may throw <see cref="RemoteException"/>; refusals are
/// <see cref="PagureException"/>. Writes are sent once: after a timeout look whether the effect is there.
/// </summary>
/// <remarks>Pagure: the documentation at <c>/api/0/</c> of every instance.</remarks>
public sealed partial class PagureClient
{
    private const string Api = "api/0";
    private static readonly string[] NoProject = ["ENOPROJECT"];
    private readonly PagureWire _wire;

    /// <param name="http">With the instance's root as base address: <c>https://src.fedoraproject.org/</c>.</param>
    /// <param name="token">An API token; null to read only what is public.</param>
    /// <param name="time">The clock for time limits.</param>
    /// <exception cref="ArgumentException">No base address with a slash at the end.</exception>
    public PagureClient(HttpClient http, Secret? token, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(time);
        _wire = new PagureWire(http, token, time);
    }

    /// <summary>The instance's root.</summary>
    public Uri Root => _wire.Root;

    /// <summary>The login to which the token belongs.</summary>
    public async Task<string> WhoAmIAsync(CancellationToken cancellationToken) =>
        (await _wire.CallAsync(Post($"{Api}/-/whoami", "asking whose token it is"), PagureJson.Default.WhoAmI, cancellationToken)).Username;

    /// <returns>Null when there is no such project.</returns>
    public Task<PagureProjectFacts?> ProjectAsync(PagureProject project, CancellationToken cancellationToken) =>
        _wire.FindAsync(Get(project, "", "reading"), PagureJson.Default.PagureProjectFacts, NoProject, cancellationToken);

    /// <summary>Who may commit, groups resolved to their members.</summary>
    /// <returns>Null when there is no such project.</returns>
    public async Task<ProjectAccess?> ProjectAccessAsync(PagureProject project, CancellationToken cancellationToken) =>
        await _wire.FindAsync(
            Get(project, "?expand_group=1", "reading who may commit to"), PagureJson.Default.PagureProjectFacts, NoProject, cancellationToken) is { } facts
            ? ProjectAccess.Of(facts)
            : null;

    /// <summary>The branches with their commits.</summary>
    /// <returns>Null when there is no such project.</returns>
    public async Task<PagureBranches?> BranchesAsync(PagureProject project, CancellationToken cancellationToken)
    {
        var request = Get(project, "/git/branches?with_commits=1", "listing the branches of");
        var list = await _wire.FindAsync(request, PagureJson.Default.BranchList, NoProject, cancellationToken);
        try
        {
            return list?.Read();
        }
        catch (JsonException broken)
        {
            throw new RemoteException(
                PagureWire.Service, RemoteFailure.Unexpected, $"Pagure's answer cannot be understood while {request.Doing}: {broken.Message}", broken);
        }
    }

    /// <summary>Where git finds the project.</summary>
    public async Task<PagureGitUrls> GitUrlsAsync(PagureProject project, CancellationToken cancellationToken)
    {
        var list = await _wire.CallAsync(Get(project, "/git/urls", "reading the git addresses of"), PagureJson.Default.GitUrlList, cancellationToken);
        return new PagureGitUrls(list.Urls.GetValueOrDefault("git"), list.Urls.GetValueOrDefault("ssh"));
    }

    /// <summary>Makes a fork for the token's owner and waits until it can be used: up to a minute.</summary>
    /// <param name="project">The main project, or somebody's fork of it.</param>
    public async Task<ForkOutcome> ForkAsync(PagureProject project, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(project);
        var request = Post($"{Api}/fork", $"forking {project}", [
            new("repo", project.Name),
            new("namespace", project.Namespace),
            new("username", project.ForkUser),
            new("wait", "1"),
        ]);
        try
        {
            await _wire.CallAsync(request, cancellationToken);
            return ForkOutcome.Created;
        }
        catch (PagureException there) when (there is { Code: "ENOCODE", Failure: RemoteFailure.Conflict })
        {
            return ForkOutcome.AlreadyThere;
        }
    }

    /// <summary>Gives a user or group a right in a project of the token's owner, or takes it away. Setting the same again is harmless.</summary>
    public Task ModifyAclAsync(PagureProject project, AclHolder holder, string name, Acl acl, CancellationToken cancellationToken) => _wire.CallAsync(
        Post(project, "/git/modifyacls", $"setting the rights of {RemoteText.Clean(name)} in", [
            new("user_type", holder == AclHolder.Group ? "group" : "user"),
            new("name", name),
            new("acl", acl switch { Acl.Ticket => "ticket", Acl.Commit => "commit", Acl.Admin => "admin", _ => "" }),
        ]),
        cancellationToken);

    /// <summary>The bytes of a file at a branch, tag or commit.</summary>
    /// <param name="cap">The most bytes that are accepted.</param>
    /// <returns>Null when project, ref or file do not exist.</returns>
    public async Task<byte[]?> RawFileAsync(PagureProject project, string @ref, string path, int cap, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(project);
        if (Segments(@ref) is not { } refPath || Segments(path) is not { } filePath)
        {
            return null;
        }

        var request = new PagureRequest(
            HttpMethod.Get, $"{project.ApiPath}/raw/{refPath}/f/{filePath}", $"reading {RemoteText.Clean(path)} of {project} at {RemoteText.Clean(@ref)}")
        {
            Cap = cap,
            SignedIn = false,
        };
        var answer = await _wire.SendAsync(request, cancellationToken);
        return answer.Status switch
        {
            HttpStatusCode.OK => answer.Body,
            HttpStatusCode.NotFound => null,
            _ => throw PagureErrors.Refused(request, Root, answer),
        };
    }

    private static PagureRequest Get(PagureProject project, string rest, string doing)
    {
        ArgumentNullException.ThrowIfNull(project);
        return new PagureRequest(HttpMethod.Get, $"{Api}/{project.ApiPath}{rest}", $"{doing} {project}");
    }

    private static PagureRequest Post(PagureProject project, string rest, string doing, KeyValuePair<string, string?>[] form)
    {
        ArgumentNullException.ThrowIfNull(project);
        return Post($"{Api}/{project.ApiPath}{rest}", $"{doing} {project}", form);
    }

    private static PagureRequest Post(string path, string doing, params KeyValuePair<string, string?>[] form) =>
        new(HttpMethod.Post, path, doing) { Form = form };

    // A dot segment would climb to another address; nothing in git has such a name.
    private static string? Segments(string value)
    {
        var segments = value.Split('/');
        return Array.Exists(segments, segment => segment is "" or "." or "..")
            ? null
            : string.Join('/', segments.Select(Uri.EscapeDataString));
    }
}
