using System.Text.Json;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Packit.Automation.Storage;
using Packit.Http;
using Packit.Service.Commands;

namespace Packit.Scenarios.Telling;

/// <summary>What people read about a delivery: on its page, and from the command line.</summary>
/// <param name="Page">The visible text of the page; null when there is none.</param>
/// <param name="Text">What the command writes.</param>
/// <param name="Json">What the command writes with <c>--json</c>; undefined when there is no such delivery.</param>
/// <param name="ExitCode">How the command ended.</param>
public sealed record Explained(string? Page, string Text, JsonElement Json, int ExitCode)
{
    public string Summary => Json.GetProperty("summary").GetString()!;

    public string? NextStep => Json.GetProperty("next_step").GetString();

    /// <summary>The reasons of the jobs that do not run.</summary>
    public IEnumerable<string> Against => Reasons("not_matched");

    /// <summary>The reasons of the jobs that run.</summary>
    public IEnumerable<string> For => Reasons("matched");

    /// <summary>What was looked at.</summary>
    public IEnumerable<string> LookedAt => Reasons("looked_at");

    /// <summary>What was started, each with its kind.</summary>
    public IEnumerable<(string Kind, string Name)> Results =>
        Json.GetProperty("results").EnumerateArray().Select(result => (result.GetProperty("kind").GetString()!, result.GetProperty("name").GetString()!));

    /// <summary>Reads all three about the newest delivery of a kind.</summary>
    public static async Task<Explained> NewestAsync(Story story, string eventType)
    {
        ArgumentNullException.ThrowIfNull(story);
        await using var database = story.Database();
        var newest = database.Deliveries.Where(row => row.EventType.EndsWith(eventType)).OrderByDescending(row => row.Id).Select(row => row.DeliveryId).First();
        return await OfAsync(story, newest);
    }

    /// <summary>Reads all three.</summary>
    public static async Task<Explained> OfAsync(Story story, string delivery)
    {
        ArgumentNullException.ThrowIfNull(story);
        var (_, text, error) = await RunAsync(story, "explain", delivery);
        var (code, json, _) = await RunAsync(story, "explain", delivery, "--json");
        return new Explained(await PageAsync(story, $"deliveries/{Uri.EscapeDataString(delivery)}"), text + error, code == 0 ? Document(json) : default, code);
    }

    /// <summary>The visible text of a page of the dashboard; null when there is none.</summary>
    public static async Task<string?> PageAsync(Story story, string path)
    {
        ArgumentNullException.ThrowIfNull(story);
        using var http = HttpClients.Create(new HttpClientSettings { Retries = 0, Timeout = TimeSpan.FromSeconds(20) }, TimeProvider.System);
        using var answer = await http.GetAsync(new Uri(story.Service.Address, path));
        if (answer.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }

        answer.EnsureSuccessStatusCode();
        using var document = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
        return string.Join(' ', document.QuerySelector("main")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private IEnumerable<string> Reasons(string list) =>
        Json.GetProperty(list).EnumerateArray().Select(decision => decision.GetProperty("reason").GetString()!);

    private static async Task<(int Code, string Output, string Error)> RunAsync(Story story, params string[] args)
    {
        var database = story.Service.Services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new
            {
                Database = new { Provider = database.Provider.ToString(), database.ConnectionString },
                Service = new { DashboardUrl = story.Service.Address.AbsoluteUri },
            }));
            await using var output = new StringWriter();
            await using var error = new StringWriter();
            var code = await CommandLineInterface.RunAsync([.. args, "--config", file], output, error);
            return (code, output.ToString(), error.ToString());
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static JsonElement Document(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }
}
