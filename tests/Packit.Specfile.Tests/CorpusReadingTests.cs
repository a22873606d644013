using System.Text.Json;

namespace Packit.Specfile.Tests;

/// <summary>Real specs are read as the established library and rpm read them, except where a reason is written down here.</summary>
public sealed class CorpusReadingTests
{
    private const string RunsShell = "The library runs the shell or Lua of the spec; we do not.";
    private const string FedoraMacro = "The library had to substitute a macro of Fedora's packages by a constant.";
    private const string NewerRpm = "Debian's rpm lacks %{sub} and the like; we read the value as Fedora's rpm does.";
    private const string KnownHere = "A macro of Fedora's packages that plain rpm leaves as it stands is known to us.";

    private const string Snapshot = "The library's rpm lacks Fedora's forge macros, which put the date and the commit of a snapshot before the dist tag; the date is the archive's.";

    /// <summary>Values where we differ on purpose: spec and field.</summary>
    private static readonly Dictionary<(string Spec, string Field), string> Differences = new()
    {
        [("389ds__389-ds-base__389-ds-base.in.spec", "release")] = FedoraMacro,
        [("389ds__389-ds-base__robdb.spec", "release")] = FedoraMacro,
        [("LecrisUT__fmf-jinja__fmf-jinja.spec", "release")] = FedoraMacro,
        [("fedora-riscv__cachelib__cachelib.spec", "release")] = FedoraMacro,
        [("fedora-riscv__cachelib__cachelib.spec", "version")] = RunsShell,
        [("fedora-riscv__golang-github-yuin-goldmark__golang-github-yuin-goldmark.spec", "name")] = KnownHere,
        [("fedora-riscv__golang-github-yuin-goldmark__golang-github-yuin-goldmark.spec", "release")] = FedoraMacro,
        [("terrapkg__packages__latte-dock-nightly.spec", "version")] = RunsShell,
        [("terrapkg__packages__latte-dock-nightly.spec", "release")] = Snapshot,
        [("terrapkg__packages__vala-panel-appmenu.spec", "release")] = Snapshot,
        [("terrapkg__packages__mesa-freeworld.spec", "version")] = RunsShell,
        [("terrapkg__packages__rust-extest.spec", "release")] = FedoraMacro,
        [("terrapkg__packages__terra-gnome-shell-extension-pop-shell.spec", "version")] = RunsShell,
        [("terrapkg__packages__terra-gnome-shell-extension-pop-shell.spec", "Source0")] = RunsShell,
        [("terrapkg__packages__terra-mesa.spec", "version")] = RunsShell,
        [("fedora-riscv__nss__at-8e7a0b3ff9__nss.spec", "Source0")] = RunsShell,
        [("fedora-riscv__nss__nss.spec", "Source0")] = RunsShell,
        [("fedora-riscv__nss__nss.spec", "Source100")] = RunsShell,
        [("LecrisUT__fedora-cp2k__cp2k.spec", "Source0")] = NewerRpm,
        [("LecrisUT__fedora-cp2k__cp2k.spec", "Source1")] = NewerRpm,
        [("terrapkg__packages__sipa-fonts.spec", "Source0")] = NewerRpm,
    };

    [Fact]
    public void Every_spec_that_the_library_loads_says_the_same_to_us()
    {
        var seen = new HashSet<(string, string)>();
        Assert.All(Corpus.Specs(), spec =>
        {
            if (Corpus.Expected(spec.Name) is not { } expected || expected.GetProperty("loads").ValueKind != JsonValueKind.True)
            {
                return;
            }

            var reading = SpecFile.Parse(spec.Bytes).Read(Corpus.Macros);
            foreach (var (field, wanted, found) in Fields(expected, reading))
            {
                if (wanted != found)
                {
                    Assert.True(Differences.ContainsKey((spec.Name, field)), $"{field}: expected '{wanted}', found '{found}'");
                    seen.Add((spec.Name, field));
                }
            }
        });
        Assert.Equal(Differences.Keys.Order(), seen.Order());
    }

    [Fact]
    public void Every_spec_that_rpm_itself_loads_says_the_same_to_us()
    {
        var compared = 0;
        Assert.All(Corpus.Specs(), spec =>
        {
            if (Corpus.Expected(spec.Name) is not { } expected
                || !expected.TryGetProperty("rpmspec", out var rpm)
                || rpm.GetProperty("rc").GetInt32() != 0
                || rpm.GetProperty("stdout").GetString()!.Split('\n')[0].Split(' ') is not [var name, var epoch, var version, var release])
            {
                return;
            }

            compared++;
            var reading = SpecFile.Parse(spec.Bytes).Read(Corpus.Macros);
            foreach (var (field, wanted, found) in new[]
            {
                ("name", name, Text(reading.Name)), ("epoch", epoch, Text(reading.Epoch) ?? "0"),
                ("version", version, Text(reading.Version)), ("release", release, Text(reading.Release)),
            })
            {
                Assert.True(
                    wanted == found || Differences.ContainsKey((spec.Name, field)),
                    $"{field}: rpm says '{wanted}', we say '{found}'");
            }
        });
        Assert.True(compared > 100, $"only {compared} specs were compared");
    }

    private static IEnumerable<(string Field, string? Wanted, string? Found)> Fields(JsonElement expected, SpecReading reading)
    {
        yield return ("name", Text(expected, "expanded_name"), Text(reading.Name));
        yield return ("version", Text(expected, "expanded_version"), Text(reading.Version));
        yield return ("release", Text(expected, "expanded_raw_release"), Text(reading.Release));
        yield return ("epoch", Text(expected, "expanded_epoch"), Text(reading.Epoch));
        yield return ("raw version", Text(expected, "raw_version"), reading.RawVersion);
        yield return ("raw release", Text(expected, "raw_release"), reading.RawRelease);
        yield return ("autorelease", expected.GetProperty("has_autorelease").ToString(), reading.UsesAutorelease.ToString());
        yield return ("autochangelog", expected.GetProperty("has_autochangelog").ToString(), reading.UsesAutochangelog.ToString());
        foreach (var (kind, wanted, found) in new[] { ("Source", "sources", reading.Sources), ("Patch", "patches", reading.Patches) })
        {
            var list = expected.GetProperty(wanted).EnumerateArray().ToList();
            yield return ($"number of {wanted}", $"{list.Count}", $"{found.Count}");
            foreach (var (theirs, ours) in list.Zip(found))
            {
                yield return ($"{kind} as written", Text(theirs, "location"), ours.RawLocation);
                yield return ($"{kind} number", theirs.GetProperty("number").ToString(), $"{ours.Number}");
                yield return ($"{kind}{ours.Number} applies", theirs.GetProperty("valid").ToString(), ours.IsValid.ToString());

                // Archives that only Fedora's macros locate are no URL to plain rpm; everything about them is said elsewhere.
                if (Text(theirs, "expanded_location") is { } location && !IsOfFedora(location))
                {
                    yield return ($"{kind}{ours.Number}", location, Text(ours.Location));
                    if (ours.Location is SpecValue.Known { Text: var known } && known == location)
                    {
                        yield return ($"{kind}{ours.Number} file", Text(theirs, "filename"), ours.FileName ?? "");
                        yield return ($"{kind}{ours.Number} remote", theirs.GetProperty("remote").ToString(), ours.IsUrl.ToString());
                    }
                }
            }
        }
    }

    private static bool IsOfFedora(string location) =>
        new[] { "crates_source", "pypi_source", "gosource", "forgesource", "version_no_tilde" }.Any(macro => location.Contains(macro, StringComparison.Ordinal));

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Text(SpecValue value) => value switch
    {
        SpecValue.Known known => known.Text,
        SpecValue.Unknown unknown => unknown.Partial,
        _ => null,
    };
}
