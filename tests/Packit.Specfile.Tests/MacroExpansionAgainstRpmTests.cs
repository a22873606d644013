using System.Text;
using FsCheck.Fluent;

namespace Packit.Specfile.Tests;

/// <summary>The same texts, expanded here and by rpm itself.</summary>
public sealed class MacroExpansionAgainstRpmTests
{
    private static readonly (string Name, string Body)[] Definitions =
    [
        ("one", "1"), ("text", "a.b-c"), ("empty", "%{nil}"), ("outer", "<%{one}%{?text:%{text}}>"), ("path", "/usr/share/x.tar.gz"), ("url", "https://h.org/a/b?c"),
        ("call()", "(%#|%1|%2|%*|%0)"), ("options(ab:)", "[%{-a}|%{-b}|%{-b*}|%{?-a:A}%{!?-a:N}|%*]"), ("nested()", "%{call %1 x}"),
    ];

    private static readonly string[] Pieces =
    [
        "%one", "%{one}", "%{?one}", "%{!?one}", "%{?one:yes}", "%{!?one:no}", "%{?nosuch:yes}", "%{!?nosuch:no}", "%{?!nosuch:x}", "%{!!?one:z}", "%%", "%%one", "%%{one}", "%{outer}",
        "%{empty}", "%{call a b}", "%{call:a b}", "%{call %{quote:a b} c}", "%{options -a x}", "%{options -b v x y}", "%{options -bv -a}", "%{nested q}", "%{expand:%%one}",
        "%{expand:%%{?text}}", "%{basename:%{path}}", "%{dirname:%{path}}", "%{suffix:%{path}}", "%{url2path:%{url}}", "%{u2p:%{url}}", "%{shrink:  a   b }", "%{quote:x y}", "%{shescape:it's}",
        "%{macrobody:outer}", "%[1+2*3]", "%[%{one}?\"t\":\"f\"]", "%[\"%{text}\"==\"a.b-c\"]", "%[!%{one}||0]", "%{expr:7/2}", "%{defined one}", "%{undefined one}", "%{with x}", "%{without x}",
        "%{verbose}", "%{verbose:loud}", "a", "-", " ", ".", "{", "}", "%{?one:%{?nosuch:a}%{!?nosuch:%{one}b}}", "%[v\"1.0~rc1\"<v\"1.0\"]", "%{one:x}", "%(", ")",
    ];

    [Fact]
    public Task Every_form_of_a_macro_is_expanded_as_rpm_does_it()
    {
        Rpm.Need();
        var texts = Pieces.Where(static piece => piece is not "%(" and not "{" and not "}").ToList();
        return CompareAsync(texts);
    }

    [Fact]
    public Task Random_texts_are_expanded_as_rpm_does_it()
    {
        Rpm.Need();
        // Open brackets make rpm say no more than that they are open, and a shell is not to be started.
        var whole = Pieces.Where(static piece => piece is not "%(" and not "{" and not "}").ToArray();
        return CompareAsync([.. Gen.Elements(whole).NonEmptyListOf().Select(static list => string.Concat(list.Take(6))).Sample(300, 300)]);
    }

    private static async Task CompareAsync(List<string> texts)
    {
        var spec = SpecFile.Parse(Encoding.UTF8.GetBytes(string.Concat(Definitions.Select(static macro => $"%define {macro.Name} {macro.Body}\n"))));
        var answers = await Rpm.ExpandAsync(Definitions, texts);

        Assert.Equal(texts.Count, answers.Count);
        Assert.All(texts.Zip(answers), pair =>
        {
            // Older rpm lets the signs be seen that keep a quoted text together.
            var theirs = pair.Second.Replace("\u001f", "", StringComparison.Ordinal);
            var ours = spec.Expand(pair.First, MacroContext.Empty) switch
            {
                SpecValue.Known known => known.Text,
                SpecValue.Unknown unknown => unknown.Partial,
                _ => "",
            };
            Assert.Equal((pair.First, theirs), (pair.First, ours));
        });
    }
}
