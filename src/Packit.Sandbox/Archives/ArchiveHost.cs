using System.Collections.Concurrent;

namespace Packit.Sandbox.Archives;

/// <summary>An upstream's own download host: files that appear, vanish and change as a story wants.</summary>
public sealed class ArchiveHost
{
    private readonly string _folder;
    private readonly ConcurrentDictionary<string, Uri> _redirects = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _endless = new(StringComparer.Ordinal);

    internal ArchiveHost(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
    }

    /// <summary>Where it listens, with a trailing slash.</summary>
    public Uri Address { get; internal set; } = new("http://127.0.0.1/");

    /// <summary>Puts a file there, or other bytes under its name.</summary>
    /// <returns>Its address.</returns>
    public Uri Publish(string path, byte[] bytes)
    {
        string file = FileOf(path) ?? throw new ArgumentException($"{path} leads out of the host's folder.", nameof(path));
        Withdraw(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
        return new Uri(Address, path);
    }

    /// <summary>Puts other bytes under a name that is there: what an upstream must never do.</summary>
    public Uri Replace(string path, byte[] bytes) =>
        Read(path) is null ? throw new InvalidOperationException($"There is no {path} to replace.") : Publish(path, bytes);

    /// <summary>Answers a path with a redirect.</summary>
    /// <returns>The address that redirects.</returns>
    public Uri Redirect(string path, Uri target)
    {
        _redirects[path] = target;
        return new Uri(Address, path);
    }

    /// <summary>Answers a path with bytes that never end.</summary>
    public Uri PublishEndless(string path)
    {
        _endless[path] = true;
        return new Uri(Address, path);
    }

    /// <summary>Takes away whatever is under a path: it is 404 from now on.</summary>
    public void Withdraw(string path)
    {
        _redirects.TryRemove(path, out _);
        _endless.TryRemove(path, out _);
        if (FileOf(path) is { } file && File.Exists(file))
        {
            File.Delete(file);
        }
    }

    /// <summary>The bytes under a path, or null.</summary>
    public byte[]? Read(string path) => FileOf(path) is { } file && File.Exists(file) ? File.ReadAllBytes(file) : null;

    internal Uri? RedirectOf(string path) => _redirects.GetValueOrDefault(path);

    internal bool IsEndless(string path) => _endless.ContainsKey(path);

    /// <summary>The file of a path; null when the path leads out of the folder.</summary>
    internal string? FileOf(string path)
    {
        string file = Path.GetFullPath(Path.Combine(_folder, path.TrimStart('/')));
        return file.StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? file : null;
    }
}
