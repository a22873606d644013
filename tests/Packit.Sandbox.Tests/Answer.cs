using System.Text;
using System.Text.Json.Nodes;

namespace Packit.Sandbox.Tests;

/// <summary>What a server answered.</summary>
public sealed record Answer(int Status, byte[] Bytes, IReadOnlyDictionary<string, string> Headers)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonNode Json => JsonNode.Parse(Bytes)!;

    public string Message => Json["message"]!.ToString();
}
