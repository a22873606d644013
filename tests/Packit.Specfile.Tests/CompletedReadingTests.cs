using System.Text;

namespace Packit.Specfile.Tests;

/// <summary>What only rpm knows, filled into what is known without it.</summary>
public sealed class CompletedReadingTests
{
    [Fact]
    public void What_is_unknown_is_taken_from_rpm_and_what_is_known_stays()
    {
        var own = Read("Name: demo\nVersion: %(cat VERSION)\nRelease: %{lua:print(3)}%{?dist}\nSource0: https://h/%{name}-%{version}.tgz\nSource1: local.conf\n");
        Assert.StartsWith("needs a shell", own.Missing!.Reason, StringComparison.Ordinal);

        var completed = own.Completed(Read("Name: other\nVersion: 2.5\nRelease: 3.fc43\nSource0: https://h/demo-2.5.tgz\nSource1: other.conf\n"));

        Assert.Null(completed.Missing);
        Assert.Equal(("demo", "2.5", "3.fc43"), (completed.Name.TextOrNull, completed.Version.TextOrNull, completed.Release.TextOrNull));
        Assert.Equal(["https://h/demo-2.5.tgz", "local.conf"], completed.Sources.Select(static source => source.Location.TextOrNull));
        Assert.Equal(("demo-2.5.tgz", true, "https://h/%{name}-%{version}.tgz", 4), Facts(completed.Sources[0]));
        Assert.Equal("%(cat VERSION)", completed.RawVersion);
    }

    [Theory]
    [InlineData("%{?nosuch}%{pypi_source}")]
    [InlineData("%(date)")]
    [InlineData("1 2")]
    [InlineData("1\u0007")]
    public void An_answer_that_is_no_plain_value_is_not_taken(string answer)
    {
        var own = Read("Name: demo\nVersion: %(cat VERSION)\nRelease: 1\n");

        Assert.IsType<SpecValue.Unknown>(own.Completed(Read($"Name: demo\nVersion: {answer}\nRelease: 1\n")).Version);
    }

    [Fact]
    public void The_escapes_of_an_address_are_no_macros()
    {
        var own = Read("Name: demo\nVersion: 1\nRelease: 1\nSource0: %(cat URL)\n");
        var completed = own.Completed(Read("Name: demo\nVersion: 1\nRelease: 1\nSource0: https://h/a%20b.tgz\n"));

        Assert.Equal("https://h/a%20b.tgz", completed.Sources[0].Location.TextOrNull);
    }

    [Fact]
    public void Sources_under_a_condition_that_only_rpm_can_decide_are_uncertain_until_rpm_has_said()
    {
        var own = Read("Name: demo\nVersion: 1\nRelease: 1\n%if %(uname) == 1\nSource0: a.tgz\n%else\nSource0: b.tgz\n%endif\nSource1: c.tgz\n");
        Assert.Equal([true, true, false], own.Sources.Select(static source => source.IsUncertain));
        Assert.Equal((5, "depends on a condition that cannot be decided"), (own.Missing!.Line, own.Missing.Reason));

        var completed = own.Completed(Read("Name: demo\nVersion: 1\nRelease: 1\nSource0: a.tgz\nSource1: c.tgz\n"));

        Assert.Null(completed.Missing);
        Assert.Equal([("a.tgz", true), ("b.tgz", false), ("c.tgz", true)], completed.Sources.Select(static source => (source.RawLocation, source.IsValid)));
    }

    [Fact]
    public void Sources_that_code_writes_are_added_and_have_no_line()
    {
        var own = Read("Name: demo\nVersion: 1\nRelease: 1\nSource0: a.tgz\n%{lua: for i = 1, 2 do print(\"Source\" .. i .. \": \" .. i .. \".tgz\\n\") end}\n");
        Assert.Equal(5, own.Missing!.Line);

        var completed = own.Completed(Read("Name: demo\nVersion: 1\nRelease: 1\nSource0: a.tgz\nSource1: 1.tgz\nSource2: 2.tgz\n"));

        Assert.Equal([("a.tgz", 4), ("1.tgz", 0), ("2.tgz", 0)], completed.Sources.Select(static source => (source.RawLocation, source.Line)));
    }

    [Fact]
    public void An_included_file_may_hold_anything()
    {
        Assert.Equal("another file is included, which is not read", Read("Name: demo\nVersion: 1\nRelease: 1\n%include more\n").Missing!.Reason);
        Assert.Null(Read("Name: demo\nVersion: 1\nRelease: 1\n%global x %(date)\n%description\n%include more\n").Missing);
    }

    [Fact]
    public void An_update_says_what_rpm_is_to_be_asked_and_gets_further_with_the_answer()
    {
        var spec = Encoding.UTF8.GetBytes("Name: demo\nVersion: 2\nRelease: %(echo 4)%{?dist}\nEpoch: %(echo 1)\nSource0: %(cat URL)\n%changelog\n");
        var update = new SpecUpdate
        {
            DistGitSpec = Encoding.UTF8.GetBytes("Name: demo\nVersion: 1\nRelease: 3\n%changelog\n* Mon Jan 05 2026 A <a@b.c> - 1-3\n- x\n"),
            UpstreamSpec = spec, Version = "2", Author = "Packit <hello@packit.dev>", Date = new DateOnly(2026, 1, 15), Macros = MacroContext.ForDistGitBranch("f43"),
        };
        var refused = Assert.IsType<SpecUpdateResult.Refused>(update.Apply());
        Assert.Equal((SpecProblems.EpochComputed, "Epoch: %(echo 1)"), (refused.Code, refused.LineText));

        var question = refused.Question!.Value.ToArray();
        var answer = Read("Name: demo\nVersion: 2\nRelease: 4.fc43\nEpoch: 1\nSource0: https://h/x.tgz\n");
        var again = update with { RpmReading = asked => asked.Span.SequenceEqual(question) ? answer : null };
        var edited = Assert.IsType<SpecUpdateResult.Edited>(again.Apply());

        Assert.Equal("* Thu Jan 15 2026 Packit <hello@packit.dev> - 1:2-4", SpecFile.Parse(edited.Bytes).Changelog().First().Header);
        Assert.Equal("https://h/x.tgz", edited.After.Sources[0].Location.TextOrNull);
        Assert.Contains("Release: %(echo 4)%{?dist}\nEpoch: %(echo 1)\nSource0: %(cat URL)\n", Encoding.UTF8.GetString(edited.Bytes), StringComparison.Ordinal);
    }

    private static (string?, bool, string, int) Facts(SpecSource source) => (source.FileName, source.IsUrl, source.RawLocation, source.Line);

    private static SpecReading Read(string text) => SpecFile.Parse(Encoding.UTF8.GetBytes(text)).Read(MacroContext.ForDistGitBranch("f43"));
}
