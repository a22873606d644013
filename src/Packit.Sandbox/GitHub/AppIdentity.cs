using System.Security.Cryptography;

namespace Packit.Sandbox.GitHub;

/// <summary>The App that is registered in the world: its id, name and key.</summary>
internal sealed class AppIdentity(string folder, string slug)
{
    /// <summary>Making a key takes longer than starting a world: the worlds of one process share theirs.</summary>
    private static readonly Lazy<string> ProcessKey = new(() =>
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportRSAPrivateKeyPem();
    });

    private readonly Lazy<string> _key = new(() => ReadOrLeave(Path.Combine(folder, "app.pem")));

    public long Id { get; } = 4242;

    public string ClientId { get; } = "Iv23sandbox";

    public string Slug { get; } = slug;

    public string BotLogin => Slug + "[bot]";

    /// <summary>The key that an earlier start left in the folder, or a new one; made when it is asked for first.</summary>
    public string PrivateKeyPem => _key.Value;

    private static string ReadOrLeave(string file)
    {
        if (!File.Exists(file))
        {
            File.WriteAllText(file, ProcessKey.Value);
        }

        return File.ReadAllText(file);
    }
}
