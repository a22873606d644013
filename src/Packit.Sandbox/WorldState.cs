using System.Text.Json;
using Packit.Sandbox.Bodhi;
using Packit.Sandbox.Fasjson;
using Packit.Sandbox.GitHub;
using Packit.Sandbox.Identity;
using Packit.Sandbox.Koji;
using Packit.Sandbox.Pagure;

namespace Packit.Sandbox;

/// <summary>What is written to <c>state.json</c>: everything that is not in the repositories and file folders themselves.</summary>
internal sealed class WorldState
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    public GitHubState GitHub { get; init; } = new();

    public PagureState Pagure { get; init; } = new();

    public BodhiState Bodhi { get; init; } = new();

    public IdentityState Identity { get; init; } = new();

    public FasjsonState Fasjson { get; init; } = new();

    public KojiState Koji { get; init; } = new();

    /// <summary>The ports of the last start, by server: taken again when they are free, since specs and archives name them.</summary>
    public Dictionary<string, int> Ports { get; init; } = [];

    public static WorldState Load(string file) =>
        File.Exists(file) ? JsonSerializer.Deserialize<WorldState>(File.ReadAllBytes(file), Format) ?? new WorldState() : new WorldState();

    /// <summary>Writes a new file and puts it in the place of the old one.</summary>
    public void Save(string file)
    {
        byte[] json;

        // Koji asks dist-git while it holds its own gate, so its gate comes first.
        lock (Koji.Gate)
        {
            lock (GitHub.Gate)
            {
                lock (Pagure.Gate)
                {
                    lock (Bodhi.Gate)
                    {
                        lock (Identity.Gate)
                        {
                            lock (Fasjson.Gate)
                            {
                                json = JsonSerializer.SerializeToUtf8Bytes(this, Format);
                            }
                        }
                    }
                }
            }
        }

        File.WriteAllBytes(file + ".new", json);
        File.Move(file + ".new", file, overwrite: true);
    }
}
