using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Packit.Specfile.Tests;

public sealed class SpecFileTests
{
    private const string Sample = """
        %global commit 0123abc
        %define pair() \
        Name: inside \
        end
        #global rc 2
        # The name.
        Name:           sample
        %if 0%{?rhel}
        Version:        1.0
        %else
        Version:        2.0
        %endif
        %{?with_extra:Source1: extra.tar.gz}

        %description -l de
        Text.

        %files
        %changelog
        * Fri Jun 11 2021 A <a@b.c> - 2.0-1
        - first
          continued

        * Thu Jun 10 2021 A <a@b.c> - 1.0-1
        - older
        """;

    private static readonly Gen<string> Pieces = Gen.Elements(
        "Name: x\n", "Version: 1.0\n", "Release: 1%{?dist}\n", "Source0: https://h/%{name}-%{version}.tgz\n", "%if 0\n", "%if %{with x}\n", "%else\n",
        "%elif 1\n", "%endif\n", "%changelog\n", "* Fri Jun 11 2021 A - 1\n", "- x\n", "%{", "}", "%(", ")", "%[", "]", "%global a %{a}%{a}\n",
        "%define a(b:) %{-b*}%{a}\n", "%{a}", "%a -b\n", "\\\n", "%%", "%", "%{?a:%{b}}", "%{!?a:", "%{lua:", "%{expand:%%{a}}", "\r\n", "\0", "é", "%description\n",
        "%[1/0]", "%[1 ? 2 : %{a}]", "%{sub abc 2}", "%{rep x 999999999}", "%undefine a\n", "%include /etc/passwd\n", "%{load:/etc/passwd}", "#global a 1\n", "%dnl %global a 1\n",
        "%{S:0}", "%sourcelist\nx\n", "%bcond_with x\n", "\n", " ", "\"", "(((((((((((((");

    [Fact]
    public void Any_bytes_come_back_as_they_were()
    {
        Prop.ForAll<byte[]>(static bytes => SpecFile.Parse(bytes).ToBytes().AsSpan().SequenceEqual(bytes)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Every_spec_of_the_corpus_comes_back_as_it_was()
    {
        Assert.All(Corpus.Specs(), static spec => Assert.Equal(spec.Bytes, SpecFile.Parse(spec.Bytes).ToBytes()));
    }

    [Fact]
    public void No_text_made_of_spec_fragments_makes_reading_or_editing_fail()
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(600);
        Prop.ForAll(Pieces.ListOf().Select(string.Concat).ToArbitrary(), static text =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var spec = SpecFile.Parse(bytes);
            _ = spec.Read(Corpus.Macros);
            _ = spec.Changelog().Count();
            var update = new SpecUpdate { UpstreamSpec = bytes, Version = "9.9", Author = "A <a@b.c>", Date = new DateOnly(2026, 1, 15) };
            return spec.ToBytes().AsSpan().SequenceEqual(bytes)
                && (update.Apply() is not SpecUpdateResult.Edited edited || edited.After.Version == new SpecValue.Known("9.9"));
        }).Check(config);
    }

    [Fact]
    public void The_sections_carry_their_name_arguments_and_place()
    {
        var spec = Parse(Sample);

        Assert.Equal(
            [
                new SpecSection("preamble", "", 0, 1, 14),
                new SpecSection("description", "-l de", 15, 16, 2),
                new SpecSection("files", "", 18, 19, 0),
                new SpecSection("changelog", "", 19, 20, 6),
            ],
            spec.Sections);
    }

    [Fact]
    public void Tags_are_found_in_every_branch_and_inside_a_conditional_macro_but_not_in_the_body_of_a_definition()
    {
        Assert.Equal(
            [("Name", "sample", 7), ("Version", "1.0", 9), ("Version", "2.0", 11), ("Source1", "extra.tar.gz", 13)],
            Parse(Sample).Tags.Select(static tag => (tag.Name, tag.Value, tag.Line)));
    }

    [Fact]
    public void Macro_definitions_are_found_with_their_whole_body_also_when_commented_out()
    {
        var definitions = Parse(Sample).MacroDefinitions;

        Assert.Equal(["commit", "pair", "rc"], definitions.Select(static d => d.Name));
        Assert.Equal("\\\nName: inside \\\nend", definitions[1].Body);
        Assert.Equal("", definitions[1].Options);
        Assert.Equal((true, false), (definitions[2].IsCommentedOut, definitions[0].IsCommentedOut));
        Assert.Equal((true, false), (definitions[0].IsGlobal, definitions[1].IsGlobal));
    }

    [Fact]
    public void Changelog_entries_keep_their_lines()
    {
        Assert.Equal(
            [
                new ChangelogEntry("* Fri Jun 11 2021 A <a@b.c> - 2.0-1", "- first\n  continued", 20),
                new ChangelogEntry("* Thu Jun 10 2021 A <a@b.c> - 1.0-1", "- older", 24),
            ],
            Parse(Sample).Changelog());
    }

    [Fact]
    public void A_section_name_inside_a_macro_body_begins_no_section()
    {
        var spec = Parse("%global block %{expand:\n%files sub\n}\nName: x\n%files\n");

        Assert.Equal(["preamble", "files"], spec.Sections.Select(static section => section.Name));
    }

    [Fact]
    public void A_bracket_that_is_never_closed_does_not_swallow_the_rest()
    {
        var spec = Parse("Name: x\n# %{ oops\nVersion: 1\n%files\n");

        Assert.Equal(["preamble", "files"], spec.Sections.Select(static section => section.Name));
        Assert.Equal(new SpecValue.Known("1"), spec.Read(MacroContext.Empty).Version);
    }

    [Fact]
    public void A_file_beyond_the_limits_is_kept_but_not_read()
    {
        var bytes = Encoding.ASCII.GetBytes(new string('\n', SpecFile.MaximumLines + 1));
        var spec = SpecFile.Parse(bytes);

        Assert.Equal(SpecProblems.TooLarge, spec.Problem?.Code);
        Assert.Equal(bytes, spec.ToBytes());
        Assert.IsType<SpecValue.Unknown>(spec.Read(MacroContext.Empty).Version);
    }

    [Fact]
    public void Lines_are_shown_as_UTF_8()
    {
        Assert.Equal("# Žluť", Parse("Name: x\n# Žluť\n").Line(2));
    }

    private static SpecFile Parse(string text) => SpecFile.Parse(Encoding.UTF8.GetBytes(text));
}
