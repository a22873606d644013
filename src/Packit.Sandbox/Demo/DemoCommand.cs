using System.CommandLine;

namespace Packit.Sandbox.Demo;

/// <summary>The demo's command line.</summary>
internal static class DemoCommand
{
    public static Task<int> RunAsync(string[] arguments)
    {
        var data = new Option<DirectoryInfo?>("--data")
        {
            Description = "Keep world and database in this folder, and go on from what is there. Without it a temporary folder is used and removed.",
        };
        var once = new Option<bool>("--once") { Description = "End when the release is done instead of waiting for Ctrl+C." };
        var json = new Option<bool>("--json") { Description = "Print one JSON document at the end and nothing else." };
        var port = new Option<int?>("--port") { Description = "Port of the dashboard; a free one when not given." };
        var command = new RootCommand(
            "Fedora's release chain on this machine: a demo project publishes a release, and the service brings it to dist-git.")
        {
            data, once, json, port,
        };
        command.SetAction((parsed, cancellationToken) => DemoRun.RunAsync(
            new DemoOptions(parsed.GetValue(data)?.FullName, parsed.GetValue(once) || parsed.GetValue(json), parsed.GetValue(json), parsed.GetValue(port)),
            cancellationToken));
        return command.Parse(arguments).InvokeAsync();
    }
}

/// <summary>What the user of the demo asked for.</summary>
/// <param name="Folder">Null for a temporary folder.</param>
/// <param name="Once">End when the release is done.</param>
/// <param name="Json">Print a JSON document instead of lines.</param>
/// <param name="Port">Null for a free port.</param>
internal sealed record DemoOptions(string? Folder, bool Once, bool Json, int? Port);
