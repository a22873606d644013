namespace Packit.Sandbox.Lookaside;

/// <summary>The lookaside cache: files of a package under their hash, in the layout of the real one.</summary>
public sealed class LookasideStandIn
{
    internal LookasideStandIn(string folder, LookasideLogin login, Func<string, bool> packageExists)
    {
        Folder = folder;
        Login = login;
        PackageExists = packageExists;
        Directory.CreateDirectory(folder);
    }

    /// <summary>Where it listens, with a trailing slash.</summary>
    public Uri Address { get; internal set; } = new("http://127.0.0.1/");

    /// <summary>What <see cref="LookasideLogin.Token"/> wants to see.</summary>
    public string Token { get; } = "sandbox-lookaside-token";

    internal string Folder { get; }

    internal LookasideLogin Login { get; }

    /// <summary>Whether dist-git has the package.</summary>
    internal Func<string, bool> PackageExists { get; }

    /// <summary>The files of a package such as <c>hello</c> or <c>rpms/hello</c>, by name.</summary>
    public IReadOnlyList<LookasideFile> Files(string package)
    {
        ArgumentNullException.ThrowIfNull(package);
        string name = package.Contains('/', StringComparison.Ordinal) ? package : "rpms/" + package;
        string root = Path.Combine(Folder, name);
        if (!Directory.Exists(root))
        {
            return [];
        }

        return [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file =>
        {
            string[] parts = Path.GetRelativePath(root, file).Split('/');
            return new LookasideFile(name, parts[0], parts[1], parts[2], new FileInfo(file).Length, file);
        })];
    }

    /// <summary>Puts a file there as if somebody had uploaded it before.</summary>
    /// <returns>Its SHA-512 in hex.</returns>
    public string Put(string package, string fileName, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(package);
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA512.HashData(content));
        string name = package.Contains('/', StringComparison.Ordinal) ? package : "rpms/" + package;
        string file = FileOf(name, fileName, "sha512", hash);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
        return hash;
    }

    internal string FileOf(string package, string fileName, string hashType, string hash) =>
        Path.Combine(Folder, package, fileName, hashType, hash, fileName);
}
