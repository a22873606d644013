using System.Text.Json;
using Packit.Stub;

namespace Packit.Pagure.Tests;

/// <summary>The answers of a real Pagure, as they came over the wire, are understood.</summary>
public class RecordedFlowTests
{
    private const string Api = "GET /api/0/rpms/libfoo++";

    [Fact]
    public async Task Recorded_answers_are_understood()
    {
        var file = Path.Combine(Captures.Folder("pagure-wire"), "0251.txt");
        var documents = (await File.ReadAllLinesAsync(file, PagureStub.Cancel)).Where(line => line.StartsWith("{\"", StringComparison.Ordinal)).ToArray();
        await using var pagure = await PagureStub.StartAsync();

        foreach (var document in documents.Where(Has("branch_from")))
        {
            pagure.Server.On($"{Api}/pull-request/1", document);
            var pull = await pagure.Client.PullRequestAsync(PagureStub.Package, 1, PagureStub.Cancel);
            Assert.Equal(("rawhide", "f41-update", "packit"), (pull!.Branch, pull.BranchFrom, pull.User.Name));
            Assert.True(pull.RepoFrom!.Project!.IsFork);
        }

        foreach (var document in documents.Where(Has("access_users")))
        {
            pagure.Server.On(Api, document);
            Assert.Equal("rust-foo", (await pagure.Client.ProjectAsync(PagureStub.Package, PagureStub.Cancel))!.Project!.Name);
        }

        pagure.Server.On($"{Api}/pull-requests?status=All&per_page=100&page=1", documents.Single(Has("total_requests")));
        Assert.Equal(3, await pagure.Client.PullRequestsAsync(PagureStub.Package, PullRequestFilter.All, null, PagureStub.Cancel).CountAsync(PagureStub.Cancel));

        pagure.Server.On($"{Api}/git/branches?with_commits=1", documents.First(one => Has("total_branches")(one) && one.Contains("4af4", StringComparison.Ordinal)));
        Assert.Equal("rawhide", (await pagure.Client.BranchesAsync(PagureStub.Package, PagureStub.Cancel))!.Default);

        pagure.Server.On($"{Api}/git/urls", documents.Single(Has("total_urls")));
        Assert.Equal("http://localhost:8381/rpms/rust-foo.git", (await pagure.Client.GitUrlsAsync(PagureStub.Package, PagureStub.Cancel)).Git);
    }

    private static Func<string, bool> Has(string property) => document =>
    {
        using var json = JsonDocument.Parse(document);
        return json.RootElement.TryGetProperty(property, out _);
    };
}
