using System.Globalization;
using System.Net;
using System.Web;
using Packit.Http;
using Packit.Stub;

namespace Packit.Bodhi.Tests;

/// <summary>The client against what the real Bodhi and an OpenID provider behind a real KDC said.</summary>
public class RecordingsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int> Files => [.. Enumerable.Range(1, 15)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_recorded_answer_is_understood(int file)
    {
        var exchanges = Exchange.Read(PathOf("bodhi-wire", file));
        Assert.NotEmpty(exchanges);
        foreach (var exchange in exchanges)
        {
            await UnderstandAsync(exchange);
        }
    }

    [Fact]
    public async Task The_life_of_an_update_is_told_as_it_was()
    {
        var writes = Exchange.Read(PathOf("bodhi-wire", 10)).Where(exchange => exchange.Method == "POST").ToArray();

        var created = await WriteAsync(writes[0]);
        Assert.Equal(("FEDORA-2026-90b6ac804a", UpdateStatus.Pending, UpdateRequest.Testing), (created!.Alias, created.Status, created.Request));
        Assert.Equal(("python-ogr-1.14-1.fc41.4444444", "f41-updates-candidate"), (Assert.Single(created.Builds).Nvr, created.Release.CandidateTag));
        Assert.Contains("\n\n----\n\n", created.Notes, StringComparison.Ordinal);
        Assert.Equal((3, -3, 7, true, new DateTimeOffset(2026, 11, 22, 6, 38, 29, TimeSpan.Zero)), (created.StableKarma, created.UnstableKarma, created.StableDays, created.Autokarma, created.DateSubmitted));

        Assert.Equal(BodhiRefusal.AlreadyExists, (await RefusedAsync(writes[1])).Refusal);
        var unknown = await RefusedAsync(writes[2]);
        Assert.Equal((BodhiRefusal.BuildUnknown, 3, true), (unknown.Refusal, unknown.Errors.Count, unknown.IsAwaitingBuild));
        Assert.Equal((BodhiRefusal.RequirementsNotMet, RemoteFailure.Conflict), await KindAsync(writes[4]));
        Assert.Equal((BodhiRefusal.NotFound, RemoteFailure.NotFound), await KindAsync(writes[5]));
        var edited = await WriteAsync(writes[6]);
        Assert.Equal((UpdateType.Bugfix, UpdateSeverity.Low, "edited notes"), (edited!.Type, edited.Severity, edited.Notes));
        Assert.Equal((BodhiRefusal.ServerTrouble, RemoteFailure.ServerError), await KindAsync(writes[7]));
        var revoked = await WriteAsync(writes[8]);
        Assert.Equal((UpdateStatus.Unpushed, (UpdateRequest?)null, false), (revoked!.Status, revoked.Request, revoked.IsLive));
        Assert.Equal((UpdateStatus.Pending, (UpdateRequest?)UpdateRequest.Testing), ((await WriteAsync(writes[9]))!.Status, (await WriteAsync(writes[9]))!.Request));
        Assert.Equal((BodhiRefusal.Validation, RemoteFailure.Invalid), await KindAsync(writes[11]));
        Assert.Equal((BodhiRefusal.LoginLost, RemoteFailure.Unauthorized), await KindAsync(writes[12]));
    }

    [Fact]
    public async Task A_side_tags_update_waits_for_its_signatures()
    {
        var update = await WriteAsync(Exchange.Read(PathOf("bodhi-wire", 13)).Last(exchange => exchange.Method == "POST"));
        Assert.Equal(("f41-build-side-40", UpdateStatus.Pending, null), (update!.FromTag, update.Status, update.Request));
    }

    [Fact]
    public async Task An_account_outside_the_group_is_told_from_a_lost_login()
    {
        var forbidden = Exchange.Read(PathOf("bodhi-wire", 2)).First(exchange => exchange.Status == HttpStatusCode.Forbidden);
        Assert.Equal((BodhiRefusal.NoRights, RemoteFailure.Forbidden), await KindAsync(forbidden));
    }

    [Fact]
    public async Task The_recorded_error_documents_are_read()
    {
        var recorded = await File.ReadAllTextAsync(Path.Combine(Captures.Folder("bodhi-errors"), "errors.out"), Token);
        var documents = recorded.Split('\n').Where(line => line.StartsWith("{\"status\": \"error\"", StringComparison.Ordinal)).ToArray();
        Assert.Equal(7, documents.Length);
        foreach (var document in documents)
        {
            var client = Client(new Exchange("GET", "", "", HttpStatusCode.BadRequest, [], document));
            var failed = await Assert.ThrowsAsync<BodhiException>(() => client.UpdatesAsync(new UpdateFilter(), Token));
            Assert.All(failed.Errors, error => Assert.True(error.Location?.Length > 0 && error.Name?.Length > 0 && error.Description?.Length > 0));
            Assert.NotEmpty(failed.Errors);
        }
    }

    private static async Task UnderstandAsync(Exchange exchange)
    {
        if (exchange.Target == "/releases/")
        {
            var releases = await Client(exchange).ReleasesAsync(Token);
            Assert.Equal(["epel9", "f41", "rawhide"], releases.Select(release => release.Branch));
        }
        else if (exchange.Target is "/oidc/login-token" or "/csrf")
        {
            Assert.Equal("packit", await Client(exchange).LoggedInUserAsync(Token));
        }
        else if (exchange.Method == "GET")
        {
            var updates = await Client(exchange).UpdatesAsync(new UpdateFilter(), Token);
            Assert.All(updates, update => Assert.Equal(("F41", "packit", 1), (update.Release.Name, update.User!.Name, update.Builds.Count)));
        }
        else if (exchange.Status == HttpStatusCode.OK)
        {
            Assert.True(await WriteAsync(exchange) is null or { Alias.Length: > 0, Release.Name: "F41" });
        }
        else
        {
            Assert.NotEqual(BodhiRefusal.Other, (await RefusedAsync(exchange)).Refusal);
        }
    }

    /// <summary>The write that gets the recorded answer.</summary>
    /// <returns>Null where no update comes back.</returns>
    private static async Task<BodhiUpdate?> WriteAsync(Exchange exchange)
    {
        var client = Client(exchange);
        var sent = HttpUtility.ParseQueryString(exchange.Sent);
        if (exchange.Target == "/comments/")
        {
            Assert.Equal(sent["text"], (await client.CommentAsync(sent["update"]!, sent["text"]!, Token)).Text);
            return null;
        }

        if (exchange.Target.EndsWith("/request", StringComparison.Ordinal))
        {
            return await client.RequestAsync(sent["update"]!, Enum.Parse<UpdateRequest>(sent["request"]!, ignoreCase: true), Token);
        }

        if (exchange.Target == "/overrides/" && exchange.Status == HttpStatusCode.OK)
        {
            return null;
        }

        var draft = new UpdateDraft { Builds = sent["builds"]?.Split(',') ?? [], FromTag = sent["from_tag"], Notes = sent["notes"]! };
        return Assert.Single((await client.CreateUpdateAsync(draft, Token)).Updates);
    }

    private static Task<BodhiException> RefusedAsync(Exchange exchange) => Assert.ThrowsAsync<BodhiException>(() => WriteAsync(exchange));

    private static async Task<(BodhiRefusal Refusal, RemoteFailure Failure)> KindAsync(Exchange exchange)
    {
        var failed = await RefusedAsync(exchange);
        return (failed.Refusal, failed.Failure);
    }

    /// <summary>A client whose one call gets the answer, after the recorded login.</summary>
    private static BodhiClient Client(Exchange exchange)
    {
        var login = Exchange.Read(PathOf("bodhi-wire", 6));
        var bodhi = new HttpClient(new Replay(request => request.RequestUri!.AbsolutePath switch
        {
            var path when path == exchange.Target => exchange.Answer(),
            "/oidc/login-token" or "/csrf" => login.First(recorded => recorded.Target == request.RequestUri.AbsolutePath).Answer(),
            _ => exchange.Answer(),
        }))
        {
            BaseAddress = new Uri("http://bodhi.rig.test:8392/"),
        };
        var provider = new Provider();
        var options = new OidcOptions { Issuer = new Uri("https://localhost:8445/openidc") };
        return new BodhiClient(
            bodhi, new OidcLogin(new HttpClient(new Replay(provider.Answer)), new HttpClient(new Replay(provider.AnswerTicket)), options, TimeProvider.System), TimeProvider.System);
    }

    private static string PathOf(string folder, int file) => Path.Combine(Captures.Folder(folder), file.ToString("0000", CultureInfo.InvariantCulture) + ".txt");

    /// <summary>The recorded provider. The state is that of the login at hand.</summary>
    private sealed class Provider
    {
        private readonly Exchange _discovery = Exchange.Read(PathOf("koji-wire", 37))[0];
        private readonly IReadOnlyList<Exchange> _authorization = Exchange.Read(PathOf("koji-wire", 38));
        private readonly IReadOnlyList<Exchange> _token = Exchange.Read(PathOf("koji-wire", 39));

        public HttpResponseMessage Answer(HttpRequestMessage request) => request.RequestUri!.AbsolutePath switch
        {
            "/openidc/.well-known/openid-configuration" => _discovery.Answer(),
            "/openidc/Authorization" => _authorization[0].Answer(),
            "/openidc/Token" => _token[0].Answer(),
            "/openidc/UserInfo" => _token[1].Answer(),
            _ => new HttpResponseMessage(HttpStatusCode.NotFound),
        };

        public HttpResponseMessage AnswerTicket(HttpRequestMessage request)
        {
            var recorded = HttpUtility.ParseQueryString(_authorization[1].Target.Split('?')[1])["state"]!;
            var state = HttpUtility.ParseQueryString(request.RequestUri!.Query)["state"]!;
            return _authorization[1].Answer(page => page.Replace(recorded, state, StringComparison.Ordinal));
        }
    }
}
