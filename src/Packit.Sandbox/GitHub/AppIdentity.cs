using System.Security.Cryptography;

namespace Packit.Sandbox.GitHub;

/// <summary>The App that is registered in the world: its id, name and key.</summary>
internal sealed record AppIdentity(long Id, string ClientId, string Slug, string PrivateKeyPem)
{
    /// <summary>Making a key takes longer than starting a world: the worlds of one process share theirs.</summary>
    private static readonly Lazy<string> ProcessKey = new(() =>
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportRSAPrivateKeyPem();
    });

    public string BotLogin => Slug + "[bot]";

    /// <summary>Reads the key that an earlier start left in the folder, or leaves one.</summary>
    public static AppIdentity In(string folder, string slug)
    {
        string file = Path.Combine(folder, "app.pem");
        if (!File.Exists(file))
        {
            File.WriteAllText(file, ProcessKey.Value);
        }

        return new AppIdentity(4242, "Iv23sandbox", slug, File.ReadAllText(file));
    }
}
