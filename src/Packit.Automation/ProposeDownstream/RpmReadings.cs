using System.Collections.Immutable;
using System.Security.Cryptography;
using Packit.Specfile;

namespace Packit.Automation.ProposeDownstream;

/// <summary>What rpm answered about specs so far. Immutable; a spec is known by its content.</summary>
public sealed record RpmReadings
{
    private readonly ImmutableDictionary<string, SpecReading?> _answers;

    private RpmReadings(ImmutableDictionary<string, SpecReading?> answers) => _answers = answers;

    /// <summary>Nothing was asked yet.</summary>
    public static RpmReadings None { get; } = new(ImmutableDictionary<string, SpecReading?>.Empty);

    /// <summary>Whether rpm was asked about a spec, with or without success.</summary>
    public bool Knows(ReadOnlyMemory<byte> spec) => _answers.ContainsKey(Key(spec));

    /// <summary>What rpm says of a spec; null when nobody asked, or rpm could not tell.</summary>
    public SpecReading? Of(ReadOnlyMemory<byte> spec) => _answers.GetValueOrDefault(Key(spec));

    /// <summary>These answers and one more; null stands for a question without an answer.</summary>
    public RpmReadings With(ReadOnlyMemory<byte> spec, SpecReading? answer) => new(_answers.SetItem(Key(spec), answer));

    private static string Key(ReadOnlyMemory<byte> spec) => Convert.ToHexStringLower(SHA256.HashData(spec.Span));
}
