using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Packit.Specfile.Tests;

public sealed class SpecUpdatePropertyTests
{
    private static readonly string[] Shapes =
    [
        "Name: demo\nVersion: 1.0\nRelease: 3%{?dist}\n%changelog\n%autochangelog\n",
        "%global major 1\n%global minor 0\nName: demo\nVersion: %{major}.%{minor}\nRelease: %autorelease\n",
        "%global base 1.0\n#global pre rc1\nName: demo\nVersion: %{base}%{?pre:~%{pre}}\nRelease: 1%{?dist}\n",
        "Name: demo\n%if 0%{?fedora}\nVersion: 1.0\n%else\nVersion: 0.9\n%endif\nRelease: 1\n%files\n",
        "Name: demo\nVersion: %(git describe)\nRelease: 1\n",
    ];

    private static readonly Gen<string> Versions =
        from numbers in Gen.Choose(0, 999).NonEmptyListOf()
        from suffix in Gen.Elements("", "", "rc1", "~beta2", "-alpha", "^git1", ".post3", "a", "_1", "+x")
        select string.Join('.', numbers.Take(5)) + suffix;

    private static readonly Gen<(string Shape, string First, string Second)> Cases =
        from shape in Gen.Elements(Shapes)
        from first in Versions
        from second in Versions
        select (shape, first, second);

    [Fact]
    public void An_edit_gives_the_wanted_version_and_is_repeated_without_effect()
    {
        Prop.ForAll(Cases.ToArbitrary(), static it =>
        {
            var once = Edit(Encoding.UTF8.GetBytes(it.Shape), it.First);
            return once.After.Version == new SpecValue.Known(PrereleaseSuffix.Apply(it.First, null).Version)
                && Edit(once.Bytes, it.First).Bytes.AsSpan().SequenceEqual(once.Bytes);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_version_in_one_place_ends_the_same_whatever_it_was_before()
    {
        var cases = Cases.Where(static it => it.Shape == Shapes[0] || it.Shape == Shapes[3] || it.Shape == Shapes[4]).ToArbitrary();
        Prop.ForAll(cases, static it =>
        {
            var bytes = Encoding.UTF8.GetBytes(it.Shape);
            return Edit(Edit(bytes, it.First).Bytes, it.Second).Bytes.AsSpan().SequenceEqual(Edit(bytes, it.Second).Bytes);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_version_built_from_macros_reads_the_same_whatever_it_was_before()
    {
        Prop.ForAll(Cases.ToArbitrary(), static it =>
        {
            var bytes = Encoding.UTF8.GetBytes(it.Shape);
            return Edit(Edit(bytes, it.First).Bytes, it.Second).After.Version == Edit(bytes, it.Second).After.Version;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_changelog_text_stays_one_entry_and_no_macro()
    {
        var text = Gen.Elements("%", "*", "\n", "%%", "{", "x", "(", " ", "- ", "%prep", "name}", "\r\n", "é", "#").NonEmptyListOf().Select(string.Concat)
            .Where(static text => !string.IsNullOrWhiteSpace(text));
        Prop.ForAll(text.ToArbitrary(), static text =>
        {
            var spec = Encoding.UTF8.GetBytes("Name: demo\nVersion: 1\nRelease: 1\n%files\n%changelog\n");
            var edited = Assert.IsType<SpecUpdateResult.Edited>((Update(spec, "2") with { ChangelogText = text }).Apply());
            var after = SpecFile.Parse(edited.Bytes);
            return after.Sections.Count == 3
                && after.Changelog().Count() == 1
                && after.Expand(after.Changelog().First().Text, MacroContext.Empty) is SpecValue.Known;
        }).QuickCheckThrowOnFailure();
    }

    private static SpecUpdate Update(byte[] spec, string version) => new()
    {
        UpstreamSpec = spec,
        Version = version,
        Macros = MacroContext.ForDistGitBranch("rawhide"),
        Author = "Packit <hello@packit.dev>",
        Date = new DateOnly(2026, 1, 15),
    };

    private static SpecUpdateResult.Edited Edit(byte[] spec, string version) =>
        Assert.IsType<SpecUpdateResult.Edited>(Update(spec, version).Apply());
}
