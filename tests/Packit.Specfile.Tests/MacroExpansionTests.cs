using System.Text;

namespace Packit.Specfile.Tests;

public sealed class MacroExpansionTests
{
    private const string Definitions = """
        %global one 1
        %global empty %{nil}
        %define undefinedbody %{nosuch}
        %define call(a:b) [%1|%2|%{-a}|%{-a*}|%{?-b:B}|%#|%*|%**|%0]
        %define multi first\
        second
        %define braces { in braces }
        Name: demo
        Version: 2.5
        Source1: http://h/second.tgz
        """;

    [Theory]
    [InlineData("%one %{one} %{?one} %?one", "1 1 1 1")]
    [InlineData("%{?nosuch}%{!?nosuch:none}%{?one:%{one}x}%{!?one:no}", "none1x")]
    [InlineData("100%% %%{one} %%%one", "100% %{one} %1")]
    [InlineData("%{name}-%{VERSION}", "demo-2.5")]
    [InlineData("%{call -a x -b one two}", "[one|two|-a x|x|B|2|one two|-a x -b one two|call]")]
    [InlineData("%{call %{quote:a b} c}", "[a b|c||||2|a b c|a b c|call]")]
    [InlineData("%multi", "first\nsecond")]
    [InlineData("<%braces>", "< in braces >")]
    [InlineData("%{expand:%%{one}}", "1")]
    [InlineData("%{lower:ABC}%{upper:abc}%{len:abcd}", "abcABC4")]
    [InlineData("%{sub abcdef 2 3}%{sub abcdef -2}%{gsub a.b - ~}%{rep ab 3}%{reverse:abc}", "bcefa.bababab" + "cba")]
    [InlineData("%{basename:/a/b.c} %{dirname:/a/b.c} %{suffix:/a/b.c.gz} %{shrink:  a   b } %{url2path:http://h/y/z}", "b.c /a gz a b /y/z")]
    [InlineData("%[1 + 2 * 3]%[(1+2)*3] %[ \"a\" == \"b\" ? 1 : 2 ] %{expr: 3 > 2}", "79 2 1")]
    [InlineData("%[v\"1.0~rc1\" < v\"1.0\"] %[!0 && 1] %[0 || \"x\"]", "1 1 x")]
    [InlineData("%[%{one} ? \"yes\" : \"%{nosuch}\"]", "yes")]
    [InlineData("%{defined name}%{defined nosuch}%{undefined nosuch}%{with x}%{without x}", "10101")]
    [InlineData("a%dnl b", "a")]
    [InlineData("%{} %{?} 5% %, %", "%{} %{?} 5% %, %")]
    [InlineData("%{_libdir}", "/usr/lib64")]
    [InlineData("%{verbose}%{verbose:loud}%{shescape:it's}%{macrobody:undefinedbody}", "0'it'\\''s'%{nosuch}")]
    [InlineData("%{span:%{one} %{one}}%{u2p:http://h}%{url2path:a/b}", "1 1/a/b")]
    [InlineData("%{expand:%%{sub %{name} 1 2}}%{quote:a  b}%{S:1}", "dea  b/builddir/build/SOURCES/second.tgz")]
    public void Macros_expand_as_rpm_expands_them(string text, string expected)
    {
        Assert.Equal(new SpecValue.Known(expected), Expand(text));
    }

    [Theory]
    [InlineData("%(c=0123456789; echo ${c:0:7})", "0123456")]
    [InlineData("%(c=%{version}; echo ${c//./_})", "2_5")]
    [InlineData("%(v=%{version}; echo ${v%%%%.*})", "2")]
    [InlineData("%(v=%{version}; echo ${v##*.})", "5")]
    [InlineData("%(v=a-b-c; echo ${v%%-b*})", "a")]
    [InlineData("%(v=jdk8u402-b05; echo ${v#*-x})", "jdk8u402-b05")]
    [InlineData("%(v=%{name}; echo ${v^^})", "DEMO")]
    [InlineData("%(echo %{version} | cut -d. -f1)", "2")]
    [InlineData("%(echo 1.2.3.4 | cut -d '.' -f 1-2,4)", "1.2.4")]
    [InlineData("%(echo 0123456789 | cut -c 1-7)", "0123456")]
    [InlineData("%(echo 1-2-3 | sed 's/-/~/g')", "1~2~3")]
    [InlineData("%(echo 1.2.3 | sed -e 's/\\./_/')", "1_2.3")]
    [InlineData("%(echo %{version} | tr . _)", "2_5")]
    [InlineData("%(echo %{version} | tr -d . | tr 2 3)", "35")]
    public void The_usual_ways_to_cut_a_text_are_understood_without_a_shell(string text, string expected)
    {
        Assert.Equal(new SpecValue.Known(expected), Expand(text));
    }

    [Theory]
    [InlineData("%(c=0123; echo ${c:0:7} $(id))")]
    [InlineData("%(c=0123; id; echo ${c:0:7})")]
    [InlineData("%(c=0123; echo ${d:0:7})")]
    [InlineData("%(c=`id`; echo ${c:0:7})")]
    [InlineData("%(echo 1 | sed 's/[0-9]/x/')")]
    [InlineData("%(echo 1 | sed 's/1/id/e')")]
    [InlineData("%(echo 1 | sh)")]
    [InlineData("%(echo 1 | cut -f1 > /tmp/x)")]
    [InlineData("%(echo 1 > /tmp/x | cut -c1)")]
    [InlineData("%(echo)")]
    public void Any_other_script_stays_unknown(string text)
    {
        Assert.StartsWith("needs a shell", Assert.IsType<SpecValue.Unknown>(Expand(text)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_macro_that_a_Lua_script_defines_needs_Lua()
    {
        var spec = Parse("%{lua:\nrpm.define(\"snap 1\")\n}\nName: x\nVersion: %{snap}\n");

        Assert.StartsWith("needs Lua", Assert.IsType<SpecValue.Unknown>(spec.Read(MacroContext.Empty).Version).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%call one", "[one|%2||||1|one|one|call]")]
    [InlineData("%{call:one two}", "[one two|%2||||1|one two|one two|call]")]
    [InlineData("%{nosuch:%{one}}-%nosuch", "%{nosuch:1}-%nosuch")]
    public void Macros_that_nobody_defines_stay_as_written(string text, string expected)
    {
        Assert.Equal(expected, Assert.IsType<SpecValue.Unknown>(Expand(text)).Partial);
    }

    [Theory]
    [InlineData("%(date +%%Y)", "needs a shell: %(date +%%Y)")]
    [InlineData("%{lua:print(1)}", "needs Lua: %{lua:print(1)}")]
    [InlineData("%{load:/etc/passwd}", "needs a file of the build machine: %{load:/etc/passwd}")]
    [InlineData("%{uncompress:x}", "needs a file of the build machine: %{uncompress:x}")]
    [InlineData("%{exists:/etc/passwd}", "needs a file of the build machine: %{exists:/etc/passwd}")]
    [InlineData("%{getenv:HOME}", "needs the build machine: %{getenv:HOME}")]
    [InlineData("%{upper:%(id)}", "needs a shell: %(id)")]
    [InlineData("%[%(id) + 1]", "needs a shell: %(id)")]
    [InlineData("%{nosuch}", "the macro %nosuch is not known here")]
    [InlineData("%undefinedbody", "the macro %nosuch is not known here")]
    [InlineData("%[1/0]", "the expression divides by zero: 1/0")]
    [InlineData("%[1 + \"a\"]", "the expression adds values of different kinds: 1 + \"a\"")]
    [InlineData("%[bare]", "the expression cannot be evaluated: bare")]
    public void What_only_a_run_could_tell_is_unknown_with_its_reason(string text, string reason)
    {
        Assert.Equal(reason, Assert.IsType<SpecValue.Unknown>(Expand(text)).Reason);
    }

    [Fact]
    public void Unknown_text_travels_through_definitions_with_the_line_it_came_from()
    {
        var spec = Parse("%global snap %(git describe)\n%global full 1.0.%{snap}\nName: x\nVersion: %{full}\n");

        var unknown = Assert.IsType<SpecValue.Unknown>(spec.Read(MacroContext.Empty).Version);
        Assert.Equal(("needs a shell: %(git describe)", 1, "%global snap %(git describe)"), (unknown.Reason, unknown.Line, unknown.LineText));
        Assert.Equal("1.0.%(git describe)", unknown.Partial);
    }

    [Theory]
    [InlineData("%define a %{a}\n", "%a")]
    [InlineData("%define a %{b}\n%define b %{a}\n", "%a")]
    [InlineData("%define a(x) %{a %*}\n", "%{a 1}")]
    [InlineData("%define a %{expand:%%{a}}\n", "%a")]
    public void A_macro_that_needs_itself_is_unknown(string definitions, string text)
    {
        Assert.IsType<SpecValue.Unknown>(Parse(definitions).Expand(text, MacroContext.Empty));
    }

    [Fact]
    public void A_macro_that_doubles_itself_many_times_ends_soon()
    {
        var bomb = new StringBuilder("%define m0 xxxxxxxxxx\n");
        for (var i = 1; i < 60; i++)
        {
            bomb.Append(System.Globalization.CultureInfo.InvariantCulture, $"%define m{i} %{{m{i - 1}}}%{{m{i - 1}}}\n");
        }

        Assert.IsType<SpecValue.Unknown>(Parse(bomb.ToString()).Expand("%m59", MacroContext.Empty));
    }

    [Theory]
    [InlineData("%{a", "}", 200_000)]
    [InlineData("%{?a:", "}", 200_000)]
    [InlineData("%[(", ")]", 100_000)]
    [InlineData("%[((((((((((((((((((((((((((((((", "))))))))))))))))))))))))))))))]", 20_000)]
    [InlineData("%[!", "]", 100_000)]
    [InlineData("%[1 ? ", " : 0]", 100_000)]
    [InlineData("%(", ")", 100_000)]
    [InlineData("%{expand:", "}", 100_000)]
    [InlineData("%{global a b}", "", 200_000)]
    [InlineData("%{upper:", "%(x)}", 50_000)]
    [InlineData("%{name}%(x)", "", 100_000)]
    public void Text_that_is_nested_or_repeated_beyond_reason_does_no_harm(string open, string close, int times)
    {
        var line = string.Concat(Enumerable.Repeat(open, times).Concat(Enumerable.Repeat(close, times)));
        var bytes = Encoding.UTF8.GetBytes($"Name: x\nRelease: 1\nSummary: {line}\n%if {line}\n%endif\nVersion: 1\n");
        var spec = SpecFile.Parse(bytes);

        Assert.Equal(new SpecValue.Known("x"), spec.Read(MacroContext.Empty).Name);
        Assert.Equal(bytes, spec.ToBytes());
        Assert.NotNull(new SpecUpdate
        {
            UpstreamSpec = Encoding.UTF8.GetBytes($"Name: x\nVersion: {line}\nRelease: 1\n"), Version = "2", Author = "A", Date = new DateOnly(2026, 1, 1),
        }.Apply());
    }

    [Fact]
    public void A_version_built_from_very_many_macros_is_edited_or_refused()
    {
        var chain = new StringBuilder("%global m0 1\n");
        for (var i = 1; i < 50_000; i++)
        {
            chain.Append(System.Globalization.CultureInfo.InvariantCulture, $"%define m{i} %{{m{i - 1}}}\n");
        }

        var spec = Encoding.UTF8.GetBytes(chain + "Name: x\nVersion: %{m49999}\nRelease: 1\n");
        var update = new SpecUpdate { UpstreamSpec = spec, Version = "2", Author = "A", Date = new DateOnly(2026, 1, 1) };

        Assert.IsType<SpecUpdateResult.Edited>(update.Apply());
    }

    [Fact]
    public void The_context_adds_macros_and_takes_them_away()
    {
        var spec = Parse("Name: x%{?fedora}%{?dist}%{?_libdir}\n");
        var context = MacroContext.Empty.With("fedora", "43").With("_libdir", null);

        Assert.Equal(new SpecValue.Known("x43"), spec.Read(context).Name);
        Assert.Equal(new SpecValue.Known("x/usr/lib64"), spec.Read(context.With("fedora", null).With("_libdir", "/usr/lib64")).Name);
    }

    [Theory]
    [InlineData("rawhide", "45 .fc45")]
    [InlineData("main", "45 .fc45")]
    [InlineData("f43", "43 .fc43")]
    [InlineData("epel9", "r9 e9 .el9")]
    [InlineData("epel10.1", "r10 e10 .el10_1")]
    [InlineData("epel9-next", "r9 e9 .el9.next")]
    [InlineData("c10s", "r10 .el10")]
    [InlineData("feature", "")]
    [InlineData("f43.1", "")]
    [InlineData("f", "")]
    public void A_branch_brings_the_macros_of_its_distribution(string branch, string expected)
    {
        var spec = Parse("Name: %{?fedora:%{fedora} }%{?rhel:r%{rhel} }%{?epel:e%{epel} }%{?dist}\n");

        Assert.Equal(expected, spec.Read(MacroContext.ForDistGitBranch(branch)).Name.TextOrNull ?? "");
    }

    [Fact]
    public void Definitions_are_taken_as_rpm_takes_them_on_its_command_line()
    {
        Assert.True(MacroContext.Empty.TryDefine("fedora 40", out var context));
        Assert.Equal("40", context.Macros["fedora"]);
        Assert.False(MacroContext.Empty.TryDefine("fedora", out _));
        Assert.False(MacroContext.Empty.TryDefine("4x 40", out _));
        Assert.Throws<ArgumentException>(static () => MacroContext.Empty.With("a b", "1"));
    }

    private static SpecValue Expand(string text) => Parse(Definitions).Expand(text, MacroContext.Empty);

    private static SpecFile Parse(string text) => SpecFile.Parse(Encoding.UTF8.GetBytes(text));
}
