using System.Net;
using Packit.Automation.Storage;
using Packit.Service.Tests.Support;

namespace Packit.Service.Tests.Dashboard;

public sealed class AnswerTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/healthz")]
    [InlineData("/no/such/page")]
    [InlineData("/assets/packit.css")]
    [InlineData("/aliases")]
    [InlineData("/schema/packit.json")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        using var answer = await host.Http.GetAsync(path);

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/releases/999999", HttpStatusCode.NotFound)]
    [InlineData("/jobs/propose-downstream/999999", HttpStatusCode.NotFound)]
    [InlineData("/jobs/propose-downstream/words", HttpStatusCode.NotFound)]
    [InlineData("/assets/../appsettings.json", HttpStatusCode.NotFound)]
    [InlineData("/?before=words", HttpStatusCode.BadRequest)]
    [InlineData("/jobs/propose-downstreams", HttpStatusCode.Redirect)]
    public async Task Odd_addresses_get_a_clear_answer(string path, HttpStatusCode expected)
    {
        using var answer = await host.Http.GetAsync(path);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Style_script_and_icon_are_the_services_own_and_cached_by_their_content()
    {
        var page = await host.PageAsync("/");

        var files = page.QuerySelectorAll("link[href], script[src], img[src]")
            .Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!).Distinct().ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            Assert.StartsWith("/assets/", file, StringComparison.Ordinal);
            using var answer = await host.Http.GetAsync(file);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("immutable", answer.Headers.GetValues("Cache-Control").Single());
        }
    }

    [Theory]
    [InlineData("/healthz", "We are healthy!")]
    [InlineData("/api/healthz", "We are healthy!")]
    [InlineData("/readyz", "ready")]
    public async Task Probes_are_answered(string path, string status) =>
        Assert.Equal($$"""{"status":"{{status}}"}""", await host.Http.GetStringAsync(path));

    [Fact]
    public async Task Without_its_database_the_service_lives_and_says_that_it_is_not_ready()
    {
        await using var away = new DashboardHost { ConnectionString = "Data Source=/nonexistent/packit.db" };
        await away.InitializeAsync();

        using var alive = await away.Http.GetAsync("/healthz");
        using var ready = await away.Http.GetAsync("/readyz");
        using var page = await away.Http.GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, page.StatusCode);
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotContain("SQLite", await page.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Browsers_may_send_the_form_that_looks_for_a_repository()
    {
        using var answer = await host.Http.GetAsync("/deliveries");
        var page = await host.PageAsync("/deliveries");

        var form = Assert.Single(page.QuerySelectorAll("form"));
        Assert.Equal(("get", "/deliveries"), (form.GetAttribute("method"), form.GetAttribute("action")));
        Assert.Contains("form-action 'self'", answer.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Theory]
    [InlineData("/", "Releases")]
    [InlineData("/jobs/downstream-koji-builds", "Builds")]
    [InlineData("/jobs/bodhi-updates", "Updates")]
    [InlineData("/deliveries", "Deliveries")]
    [InlineData("/aliases", "Branch aliases")]
    [InlineData("/limits", "Limits")]
    public async Task The_menu_marks_where_one_is(string path, string entry)
    {
        var page = await host.PageAsync(path);

        Assert.Equal(entry, Assert.Single(page.QuerySelectorAll("header nav a[aria-current=page]")).TextContent);
    }

    [Fact]
    public async Task Each_cell_says_on_a_telephone_what_its_column_is()
    {
        var decision = new JobDecision { Position = 0, Job = "propose_downstream", Package = "chronicle", Matched = true, Reason = "It does." };
        var run = await host.Rows.ReleaseAsync(decisions: decision);
        var target = await host.Rows.TargetAsync(run, "f43", SyncReleaseTargetStatus.Submitted);
        var build = await host.Rows.BuildAsync(await host.Rows.PullRequestAsync(target, "Update"), "f43", KojiBuildStatus.Success);
        await host.Rows.UpdateAsync(build, "f43", BodhiUpdateStatus.Success);

        foreach (var path in new[] { "/", $"/releases/{run.ProjectEvent.ReleaseId}", "/jobs/downstream-koji-builds", "/jobs/bodhi-updates", "/aliases" })
        {
            foreach (var table in (await host.PageAsync(path)).QuerySelectorAll("table"))
            {
                var columns = table.QuerySelectorAll("thead th").Select(cell => cell.TextContent).ToList();
                foreach (var cells in table.QuerySelectorAll("tbody tr").Where(_ => columns.Count > 2).Select(row => row.Children))
                {
                    Assert.Equal(columns.Count, cells.Length);
                    Assert.All(Enumerable.Range(1, columns.Count - 1), at =>
                        Assert.StartsWith(cells[at].GetAttribute("data-label") ?? "(nothing)", columns[at], StringComparison.Ordinal));
                }
            }
        }
    }

    [Fact]
    public async Task Pages_can_be_found_by_their_landmarks_headings_and_captions()
    {
        await host.Rows.ReleaseAsync();
        var page = await host.PageAsync("/");

        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        Assert.Single(page.QuerySelectorAll("main"));
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.NotEmpty(page.QuerySelectorAll("nav[aria-label]"));
        Assert.All(page.QuerySelectorAll("table"), table => Assert.NotNull(table.QuerySelector("caption")));
        Assert.NotNull(page.QuerySelector("meta[name=viewport]"));
    }
}
