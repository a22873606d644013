using System.Text.Json;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Storage;
using Packit.PackageConfig;
using Packit.Service.Tests.Support;

namespace Packit.Service.Tests.Dashboard;

public sealed class AliasPageTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    [Fact]
    public async Task Before_Bodhi_has_answered_the_page_says_so_and_of_which_day_its_list_is()
    {
        await StoreAsync(null);

        var page = await host.PageAsync("/aliases");

        var facts = page.QuerySelector(".facts")!.TextContent;
        Assert.Contains("The list that ships with this version", facts, StringComparison.Ordinal);
        Assert.Contains(BranchAliases.BuiltIn.Date!.Value.ToString("yyyy-MM-dd"), facts, StringComparison.Ordinal);
        Assert.Equal("page", page.QuerySelector("header a[href='/aliases']")?.GetAttribute("aria-current"));
    }

    [Fact]
    public async Task Aliases_stand_with_their_branches_rawhide_first_and_link_to_the_releases()
    {
        await StoreAsync(DateTimeOffset.UtcNow.AddMinutes(-10));

        var page = await host.PageAsync("/aliases");

        Assert.Equal(["rawhide", "f44", "f43"], Branches(page, "fedora-all"));
        Assert.Equal(["f44", "f43"], Branches(page, "fedora-branched"));
        Assert.Equal(["epel10", "epel10.1"], Branches(page, "epel-10-all"));
        var rawhide = Row(page, "fedora-development").QuerySelector("a");
        Assert.Equal("https://bodhi.fedoraproject.org/releases/F45", rawhide?.GetAttribute("href"));
        Assert.DoesNotContain("not answered", page.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        var releases = page.QuerySelectorAll("#releases ~ table tbody tr").Select(row => string.Join('|', row.Children.Take(4).Select(cell => cell.TextContent.Trim())));
        Assert.Equal(
            [
                "Fedora 45|rawhide|fedora-rawhide|in development", "Fedora 44|f44|fedora-44|branched, frozen for its release", "Fedora 43|f43|fedora-43|stable",
                "EPEL 10.2|epel10|epel-10.2|stable", "EPEL 10.1|epel10.1|epel-10.1|stable",
            ],
            releases);
    }

    [Fact]
    public async Task An_old_list_is_shown_as_old()
    {
        await StoreAsync(DateTimeOffset.UtcNow.AddDays(-2));

        var page = await host.PageAsync("/aliases");

        Assert.Contains("it has not answered since", page.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["rawhide", "f44", "f43"], Branches(page, "fedora-all"));
    }

    private static string[] Branches(IHtmlDocument page, string alias) => [.. Row(page, alias).QuerySelectorAll(".chip").Select(chip => chip.TextContent.Trim())];

    private static AngleSharp.Dom.IElement Row(IHtmlDocument page, string alias) =>
        page.QuerySelectorAll("tbody tr").First(row => row.QuerySelector("th")!.TextContent.Trim() == alias);

    private async Task StoreAsync(DateTimeOffset? fetchedAt)
    {
        DistributionRelease[] list =
        [
            Release("F43", "Fedora 43", "43", "current", "f43", "FEDORA"), Release("F44", "Fedora 44", "44", "frozen", "rawhide", "FEDORA"),
            Release("F45", "Fedora 45", "45", "pending", "rawhide", "FEDORA"), Release("F41", "Fedora 41", "41", "archived", "f41", "FEDORA"),
            Release("EPEL-10.1", "EPEL 10.1", "10.1", "current", "epel10.1", "FEDORA-EPEL"), Release("EPEL-10.2", "EPEL 10.2", "10.2", "current", "epel10", "FEDORA-EPEL"),
        ];
        await using var database = host.Services.GetRequiredService<IPackitDbFactory>().Create();
        await database.ReleaseLists.ExecuteDeleteAsync();
        if (fetchedAt is { } at)
        {
            database.Add(new ReleaseListSnapshot { Id = 1, ReleasesJson = JsonSerializer.Serialize(list), FetchedAt = at });
            await database.SaveChangesAsync();
        }

        static DistributionRelease Release(string name, string longName, string version, string state, string branch, string prefix) =>
            new(name, longName, version, state, branch, prefix);
    }
}
