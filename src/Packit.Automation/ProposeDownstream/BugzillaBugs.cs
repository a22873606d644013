using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Packit.Automation.Settings;
using Packit.Http;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Tickets of release monitoring in Bugzilla: product Fedora, status NEW, summary <c>package-version is available</c>.</summary>
public sealed partial class BugzillaBugs : IResolvedBugs, IDisposable
{
    private const int AnswerCap = 1024 * 1024;
    private const string Monitoring = "upstream-release-monitoring@fedoraproject.org";
    private const string MonitoringName = "Upstream Release Monitoring";

    private readonly HttpClient? _http;
    private readonly ILogger<BugzillaBugs> _logger;

    public BugzillaBugs(IOptions<BugzillaOptions> options, TimeProvider time, ILogger<BugzillaBugs> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _logger = logger;
        if (options.Value.Url is { Length: > 0 } url)
        {
            _http = HttpClients.Create(new HttpClientSettings { Timeout = TimeSpan.FromSeconds(10) }, time);
            _http.BaseAddress = new Uri(url.EndsWith('/') ? url : url + "/");
        }
    }

    public async Task<IReadOnlyList<string>> FindAsync(string package, string? version, CancellationToken cancellationToken)
    {
        if (_http is null || version is null)
        {
            return [];
        }

        try
        {
            using var answer = await _http.GetAsync(Query(package), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                LogNoAnswer(package, $"HTTP {(int)answer.StatusCode}");
                return [];
            }

            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            var bytes = await BodyReader.ReadAsync(body, AnswerCap, cancellationToken) ?? [];
            var found = JsonSerializer.Deserialize(bytes, BugzillaJson.Default.BugList)?.Bugs ?? [];
            return [.. found.OfType<Bug>().Where(bug => IsFor(bug, package, version)).Take(1)
                .Select(bug => string.Create(CultureInfo.InvariantCulture, $"rhbz#{bug.Id}"))];
        }
        catch (Exception trouble) when (trouble is HttpRequestException or JsonException or IOException
            || (trouble is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogNoAnswer(package, trouble.Message);
            return [];
        }
    }

    public void Dispose() => _http?.Dispose();

    // Names and versions both hold dashes, so the summary is compared and not taken apart.
    private static bool IsFor(Bug bug, string package, string version) =>
        (bug.Creator == Monitoring || bug.CreatorDetail?.RealName == MonitoringName)
        && bug.Summary?.StartsWith($"{package}-{version} is available", StringComparison.Ordinal) == true;

    private static string Query(string package) =>
        "rest/bug?product=Fedora&status=NEW&summary=is%20available&include_fields=id,summary,creator,creator_detail&limit=50&component="
        + Uri.EscapeDataString(package);

    [LoggerMessage(EventId = 4301, Level = LogLevel.Warning, Message = "Bugzilla gave no tickets of {Package}; the update names none: {Reason}")]
    private partial void LogNoAnswer(string package, string reason);

    internal sealed record BugList([property: JsonPropertyName("bugs")] IReadOnlyList<Bug?>? Bugs);

    internal sealed record Bug(
        [property: JsonPropertyName("id")] int Id,
        [property: JsonPropertyName("summary")] string? Summary,
        [property: JsonPropertyName("creator")] string? Creator = null,
        [property: JsonPropertyName("creator_detail")] Person? CreatorDetail = null);

    internal sealed record Person([property: JsonPropertyName("real_name")] string? RealName = null);
}

[JsonSerializable(typeof(BugzillaBugs.BugList))]
internal sealed partial class BugzillaJson : JsonSerializerContext;
