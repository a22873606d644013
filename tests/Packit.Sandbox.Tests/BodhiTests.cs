using System.Text.Json.Nodes;

namespace Packit.Sandbox.Tests;

public sealed class BodhiTests : SandboxStory
{
    [Fact]
    public async Task Releases_are_filtered_by_state_and_archived_ones_left_out_on_demand()
    {
        var all = await GetAsync("releases/?rows_per_page=100");
        var current = await GetAsync("releases/?state=current&state=pending&state=frozen&rows_per_page=100");
        var alive = await GetAsync("releases/?exclude_archived=true&rows_per_page=100");

        Assert.Contains("F41", Names(all));
        Assert.DoesNotContain("F41", Names(current));
        Assert.Equal(Names(current), Names(alive));
        var rawhide = alive.Json["releases"]!.AsArray().Single(release => release!["branch"]!.ToString() == "rawhide")!;
        Assert.Equal(("F44", "pending", "f44"), (rawhide["name"]!.ToString(), rawhide["state"]!.ToString(), rawhide["dist_tag"]!.ToString()));
    }

    [Fact]
    public async Task Pages_join_to_the_whole()
    {
        var first = await GetAsync("releases/?rows_per_page=4");
        int pages = (int)first.Json["pages"]!;
        var names = new List<string>();
        for (int page = 1; page <= pages; page++)
        {
            names.AddRange(Names(await GetAsync($"releases/?rows_per_page=4&page={page}")));
        }

        Assert.Equal((int)first.Json["total"]!, names.Count);
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public async Task An_unknown_state_is_named_in_the_error()
    {
        var answer = await GetAsync("releases/?state=foo");

        Assert.Equal(400, answer.Status);
        Assert.Equal("state.0", answer.Json["errors"]![0]!["name"]!.ToString());
        Assert.Equal("\"foo\" is not one of disabled, pending, frozen, current, archived", answer.Json["errors"]![0]!["description"]!.ToString());
    }

    [Fact]
    public async Task One_release_is_found_by_its_name()
    {
        Assert.Equal("Fedora 43", (await GetAsync("releases/F43")).Json["long_name"]!.ToString());
        Assert.Equal(404, (await GetAsync("releases/F1")).Status);
    }

    private static string[] Names(Answer answer) => [.. answer.Json["releases"]!.AsArray().Select(release => release!["name"]!.ToString())];

    private async Task<Answer> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(World.BodhiApi, path));
        return await SendAsync(request);
    }
}
