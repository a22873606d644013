using System.Text;
using System.Text.Json.Nodes;
using Packit.Sandbox.Pagure;

namespace Packit.Sandbox.Tests;

/// <summary>A world with a package, and the hub by raw XML.</summary>
public abstract class KojiStory : SandboxStory
{
    private const string Spec = """
        Name:           python-ogr
        Version:        {version}
        Release:        {release}
        Summary:        One library for many forges
        License:        MIT

        %description
        A library.

        %changelog
        * Thu Apr 02 2026 Ada Lovelace <ada@example.org> - 1.3-1
        - New version
        - Résumé of changes

        * Tue Mar 03 2026 Ada Lovelace <ada@example.org> - 1.1-1
        - Initial package

        """;

    private (string Id, string Key)? _session;
    private int _number;

    /// <summary>The package's spec.</summary>
    protected static FileSet Files(string version, string release = "1%{?dist}") =>
        new() { ["python-ogr.spec"] = Spec.Replace("{version}", version, StringComparison.Ordinal).Replace("{release}", release, StringComparison.Ordinal) };

    protected Task<DistGitPackage> PackageAsync(string version = "1.3", string release = "1%{?dist}", params string[] branches) =>
        World.CreatePackageAsync("python-ogr", branches.Length == 0 ? ["rawhide", "f43", "f41"] : branches, Files(version, release), ["ada"], Ct);

    /// <summary>The SCM URL of a commit, as a build asks for it.</summary>
    protected string Source(string commit, string path = "rpms/python-ogr") => $"git+{World.DistGit}{path}.git#{commit}";

    /// <summary>Calls the hub without a session.</summary>
    protected Task<KojiAnswer> AskAsync(string method, params object?[] parameters) => PostAsync("", KojiWire.Call(method, parameters));

    /// <summary>Calls the hub within the story's session, which is opened by the first call.</summary>
    protected async Task<KojiAnswer> CallAsync(string method, params object?[] parameters)
    {
        var (id, key) = _session ??= await LoginAsync();
        return await PostAsync("", KojiWire.Call(method, parameters), ("Koji-Session-Id", id), ("Koji-Session-Key", key), ("Koji-Session-Callnum", (_number++).ToString()));
    }

    protected async Task<(string Id, string Key)> LoginAsync()
    {
        var answer = await PostAsync("/ssllogin", KojiWire.Call("sslLogin", KojiWire.Keywords(("proxyuser", null))));
        Assert.Equal(true, answer["header-auth"]);
        return (answer["session-id"]!.ToString()!, (string)answer["session-key"]!);
    }

    protected void Forget() => (_session, _number) = (null, 0);

    protected async Task<KojiAnswer> PostAsync(string path, string xml, params (string Name, string Value)[] headers)
    {
        var answer = await RawAsync(path, xml, headers);
        Assert.Equal((200, "text/xml", "1.35.3"), (answer.Status, answer.Headers["Content-Type"], answer.Headers["Koji-Version"]));
        return KojiWire.Read(answer.Text);
    }

    protected Task<Answer> RawAsync(string path, string xml, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(World.KojiHub + path)) { Content = new StringContent(xml, Encoding.UTF8, "text/xml") };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return SendAsync(request);
    }

    /// <summary>Asks for a build and waits until builders are at it.</summary>
    protected async Task<int> BuildAsync(string commit, string target = "f43-candidate", IReadOnlyDictionary<string, object?>? options = null)
    {
        var answer = await CallAsync("build", Source(commit), target, options ?? new Dictionary<string, object?>());
        Assert.Equal(0, answer.Code);
        await World.Koji.QuietAsync();
        return answer.Number;
    }

    protected IReadOnlyList<JsonObject> Messages(string topic) =>
        [.. World.Bus.History.Where(message => message.Topic == "org.fedoraproject.prod." + topic).Select(message => JsonNode.Parse(message.Body)!.AsObject())];

    protected async Task<string> PageAsync(Uri page)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, page);
        var answer = await SendAsync(request);
        Assert.Equal(200, answer.Status);
        return answer.Text;
    }
}
