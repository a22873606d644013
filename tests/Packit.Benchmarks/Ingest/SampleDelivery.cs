using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Packit.Benchmarks.Ingest;

/// <summary>A release delivery of a given size, shaped as GitHub's are: short keys, many URLs, one long text.</summary>
internal static class SampleDelivery
{
    public const string Secret = "benchmark secret, known to both sides";

    public static byte[] Body(int size)
    {
        var random = new Random(1);
        var notes = new StringBuilder();
        byte[] body;
        do
        {
            notes.Append("* Fix issue #").Append(random.Next(100_000)).Append(" in module ").Append(Convert.ToHexStringLower(Bytes(random, 6)))
                .Append(", reported by @user").Append(random.Next(10_000)).Append('\n');
            body = JsonSerializer.SerializeToUtf8Bytes(new
            {
                action = "published",
                release = new
                {
                    url = "https://api.github.com/repos/acme/widget/releases/1261438", id = 1261438, tag_name = "v1.2.3", draft = false, prerelease = false,
                    assets = Enumerable.Range(0, 12).Select(i => new
                    {
                        url = $"https://api.github.com/repos/acme/widget/releases/assets/{random.Next()}", name = $"widget-1.2.3-{i}.tar.gz",
                        node_id = Convert.ToBase64String(Bytes(random, 24)), size = random.Next(),
                    }),
                    body = notes.ToString(),
                },
                repository = new { id = 186853002, full_name = "acme/widget", html_url = "https://github.com/acme/widget" },
                installation = new { id = 2311213 },
            });
        }
        while (body.Length < size);
        return body;
    }

    public static string Signature(byte[] body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body));

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
