using System.Security.Cryptography;
using System.Text.Json;

namespace Packit.Specfile.Tests;

/// <summary>The edits of real specs give the bytes that the established library gives, except where a reason is written down here.</summary>
public sealed class CorpusEditTests
{
    /// <summary>Specs where we differ on purpose.</summary>
    private static readonly Dictionary<string, string> Differences = new(StringComparer.Ordinal)
    {
        ["eurolinux-enterprise-linux-sources__java-1.7.0-openjdk__java-1.7.0-openjdk.spec"] =
            "The name of the package is built from the version's macros; the library renames it to java-99.9-openjdk, we refuse.",
        ["fedora-riscv__java-1.8.0-openjdk-portable__java-1.8.0-openjdk-portable.spec"] =
            "The name of the package is built from the version's macros; the library renames it to java-99-openjdk-portable, we refuse.",
    };

    [Theory]
    [InlineData("edit_a", "99.9.9", "99.9.9")]
    [InlineData("edit_b", "99.9.9rc1", "99.9.9~rc1")]
    public void Every_spec_of_the_corpus_is_edited_to_the_expected_bytes(string edit, string version, string written)
    {
        Assert.All(Corpus.Specs(), spec =>
        {
            var result = Update(spec.Bytes, version).Apply();
            if (result is SpecUpdateResult.Edited proven)
            {
                Assert.Equal(new SpecValue.Known(written), proven.After.Version);
            }

            if (Corpus.Expected(spec.Name) is not { } expected || !expected.GetProperty(edit).GetProperty("ok").GetBoolean())
            {
                return;
            }

            if (Differences.TryGetValue(spec.Name, out _))
            {
                Assert.Equal(SpecProblems.UnintendedChange, Assert.IsType<SpecUpdateResult.Refused>(result).Code);
                return;
            }

            var edited = Assert.IsType<SpecUpdateResult.Edited>(result);
            Assert.Equal(expected.GetProperty(edit).GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(edited.Bytes)));
        });
    }

    [Fact]
    public void What_the_library_cannot_load_is_edited_or_refused_with_a_place_and_a_code()
    {
        var counts = (Edited: 0, Refused: 0);
        Assert.All(Corpus.Specs().Where(static spec => Corpus.Expected(spec.Name) is not { } e || e.GetProperty("loads").ValueKind == JsonValueKind.Null), spec =>
        {
            switch (Update(spec.Bytes, "99.9.9").Apply())
            {
                case SpecUpdateResult.Edited edited:
                    Assert.Equal(new SpecValue.Known("99.9.9"), edited.After.Version);
                    counts.Edited++;
                    break;
                case SpecUpdateResult.Refused refused:
                    Assert.StartsWith("SPEC_", refused.Code, StringComparison.Ordinal);
                    Assert.NotEmpty(refused.Message);
                    counts.Refused++;
                    break;
            }
        });
        Assert.True(counts.Edited > counts.Refused, $"{counts.Edited} edited, {counts.Refused} refused");
    }

    [Fact]
    public void An_edit_of_a_real_spec_is_repeated_without_effect_and_forgets_the_version_before()
    {
        Assert.All(Corpus.Specs(), static spec =>
        {
            if (Update(spec.Bytes, "99.9.9").Apply() is not SpecUpdateResult.Edited first)
            {
                return;
            }

            var again = Assert.IsType<SpecUpdateResult.Edited>(Update(first.Bytes, "99.9.9").Apply());
            Assert.Equal(first.Bytes, again.Bytes);

            // Another version of the same shape, straight away or after the first one: the same, but for the entry of the first one in between.
            var straight = Assert.IsType<SpecUpdateResult.Edited>(Update(spec.Bytes, "100.1.2").Apply());
            var after = Assert.IsType<SpecUpdateResult.Edited>(Update(first.Bytes, "100.1.2").Apply());
            Assert.Equal(straight.After.Version, after.After.Version);
            Assert.Equal(straight.After.Release, after.After.Release);
            Assert.Equal(straight.After.Sources.Select(static source => source.Location.TextOrNull), after.After.Sources.Select(static source => source.Location.TextOrNull));
        });
    }

    private static SpecUpdate Update(byte[] spec, string version) => new()
    {
        DistGitSpec = spec,
        UpstreamSpec = spec,
        Version = version,
        Macros = Corpus.Macros,
        Author = "Packit <hello@packit.dev>",
        Date = new DateOnly(2026, 1, 15),
    };
}
