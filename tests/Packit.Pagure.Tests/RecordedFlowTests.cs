using System.Text.Json;
using Packit.Stub;

namespace Packit.Pagure.Tests;

/// <summary>The answers of a real Pagure, as they were recorded, are understood.</summary>
public class RecordedFlowTests
{
    [Theory]
    [InlineData("pagure-flow2.out")]
    [InlineData("pagure-flow3.out")]
    public async Task Recorded_answers_are_understood(string recording)
    {
        var lines = await File.ReadAllLinesAsync(Captures.Folder(recording), TestContext.Current.CancellationToken);
        await using var pagure = await PagureStub.StartAsync();
        var pulls = 0;
        var projects = 0;
        for (var at = 0; at + 2 < lines.Length; at++)
        {
            var request = lines[at].Split(' ');
            if (request is not ["==", "GET" or "POST", var path, ..] || lines[at + 1] != "200 application/json" || !path.Contains("/rpms/", StringComparison.Ordinal))
            {
                continue;
            }

            using var body = JsonDocument.Parse(lines[at + 2]);
            if (body.RootElement.TryGetProperty("branch_from", out _))
            {
                pagure.Server.On("GET /api/0/rpms/libfoo++/pull-request/1", lines[at + 2]);
                var pull = await pagure.Client.PullRequestAsync(PagureStub.Package, 1, PagureStub.Cancel);
                Assert.Equal("packit", pull!.User.Name);
                Assert.True(pull.RepoFrom!.Project!.IsFork);
                pulls++;
            }
            else if (body.RootElement.TryGetProperty("access_users", out _))
            {
                pagure.Server.On("GET /api/0/rpms/libfoo++", lines[at + 2]);
                Assert.NotNull((await pagure.Client.ProjectAsync(PagureStub.Package, PagureStub.Cancel))!.Project);
                projects++;
            }
        }

        Assert.True(pulls >= 3 && projects >= 3, $"{pulls} pull requests and {projects} projects were found in the recording.");
    }
}
