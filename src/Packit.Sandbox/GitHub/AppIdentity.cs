using System.Security.Cryptography;

namespace Packit.Sandbox.GitHub;

/// <summary>The App that is registered in the world: its id, name and key.</summary>
internal sealed class AppIdentity(string folder, string slug, long id = AppIdentity.FirstId)
{
    public const long FirstId = 4242;

    /// <summary>Making a key takes longer than starting a world: the worlds of one process share theirs.</summary>
    private static readonly Lazy<string> ProcessKey = new(NewKey);

    private readonly Lazy<string> _key = new(() => id == FirstId
        ? ReadOrLeave(Path.Combine(folder, "app.pem"), () => ProcessKey.Value)
        : ReadOrLeave(Path.Combine(folder, $"{slug}.pem"), NewKey));

    public long Id { get; } = id;

    public string ClientId { get; } = id == FirstId ? "Iv23sandbox" : "Iv23" + slug;

    public string Slug { get; } = slug;

    public string BotLogin => Slug + "[bot]";

    /// <summary>The key that an earlier start left in the folder, or a new one; made when it is asked for first.</summary>
    public string PrivateKeyPem => _key.Value;

    private static string NewKey()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportRSAPrivateKeyPem();
    }

    private static string ReadOrLeave(string file, Func<string> make)
    {
        if (!File.Exists(file))
        {
            File.WriteAllText(file, make());
        }

        return File.ReadAllText(file);
    }
}
