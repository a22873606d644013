using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Storage;
using Packit.Service.Dashboard.Words;
using Packit.Service.Tests.Support;

namespace Packit.Service.Tests.Dashboard;

public sealed class LinkedTextTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    [Theory]
    [InlineData("It is not approved! See https://packit.dev/docs/guide/#2-approval", "https://packit.dev/docs/guide/#2-approval")]
    [InlineData("Waits in https://src.fedoraproject.org/rpms/a/pull-request/3 until Monday.", "https://src.fedoraproject.org/rpms/a/pull-request/3")]
    [InlineData("See (http://a.example/b), and 'https://c.example/d'.", "http://a.example/b https://c.example/d")]
    [InlineData("No address, javascript:alert(1), https://, and ftp://a.example neither.", "")]
    [InlineData("", "")]
    public void Addresses_in_a_sentence_can_be_followed(string text, string addresses)
    {
        var pieces = LinkedText.Of(text);

        Assert.Equal(addresses, string.Join(' ', pieces.Where(piece => piece.IsAddress).Select(piece => piece.Text)));
        Assert.Equal(text, string.Concat(pieces.Select(piece => piece.Text)));
    }

    [Fact]
    public async Task A_release_that_was_refused_says_on_its_page_why_and_leads_to_what_to_do()
    {
        var run = await host.Rows.ReleaseAsync(
            decisions: new JobDecision
            {
                Position = 0, Step = "command 7", Job = "allowlist", Matched = false, Ground = DecisionGround.Allowlist,
                Reason = "It waits, see https://github.example/n/issues/4.",
            });

        await using (var db = host.Services.GetRequiredService<IPackitDbFactory>().Create())
        {
            db.Add(new DeliverySubject
            {
                DeliveryId = run.DeliveryId, ProjectUrl = "https://github.com/sundial/refused", Project = "sundial/refused", ProjectKey = "sundial/refused",
                IsPrivate = false, Actor = "someone", What = "Release v1.4.0 was published", Url = null,
            });
            await db.SaveChangesAsync();
            await db.Releases.Where(row => row.Id == run.ProjectEvent.ReleaseId)
                .ExecuteUpdateAsync(change => change.SetProperty(row => row.LastDeliveryId, run.DeliveryId));
        }

        var page = await host.PageAsync($"/releases/{run.ProjectEvent.ReleaseId}");
        var link = page.QuerySelector("section[aria-labelledby=branches] a")!.GetAttribute("href")!;
        var delivery = await host.PageAsync(link);

        Assert.Contains("https://github.example/n/issues/4", page.QuerySelectorAll("section[aria-labelledby=why] td a").Select(a => a.GetAttribute("href")));
        Assert.Equal($"/deliveries/{run.DeliveryId}", link);
        Assert.Contains("allowlistfor the command", delivery.QuerySelector("section[aria-labelledby=others] tbody th")!.TextContent);
    }
}
