using System.Diagnostics;
using System.Text;

namespace Packit.PackageConfig.Tests;

/// <summary>Whatever stands in a repository: one clear problem, at once, without growing memory.</summary>
public sealed class BadInputTests
{
    public static TheoryData<string, byte[], string> Files => new()
    {
        { "10 MB", Encoding.ASCII.GetBytes(new string('a', 10 * 1024 * 1024)), ProblemCodes.TooLarge },
        { "NUL", "jobs:\0 []"u8.ToArray(), ProblemCodes.ControlCharacter },
        { "an escape sequence", "jobs: \u001b[31m"u8.ToArray(), ProblemCodes.ControlCharacter },
        { "latin-1", [(byte)'a', (byte)':', (byte)' ', 0xe9, 0x0a], ProblemCodes.NotUtf8 },
        { "UTF-16", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("jobs: []")).ToArray(), ProblemCodes.NotUtf8 },
        { "a program", [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0], ProblemCodes.ControlCharacter },
        { "a merge conflict", "jobs:\n<<<<<<< HEAD\n- a\n=======\n- b\n>>>>>>> x\n"u8.ToArray(), ProblemCodes.MergeConflict },
        { "a list at the top", "- job: tests\n"u8.ToArray(), ProblemCodes.WrongType },
        { "a word at the top", "hello"u8.ToArray(), ProblemCodes.WrongType },
        { "two documents", "jobs: []\n---\njobs: []\n"u8.ToArray(), ProblemCodes.SeveralDocuments },
        { "broken indentation", "jobs:\n  - job: tests\n trigger: x\n"u8.ToArray(), ProblemCodes.Syntax },
        { "an open quote", "jobs: 'abc\n"u8.ToArray(), ProblemCodes.Syntax },
        { "a tag that builds objects", "jobs: !!python/object/apply:os.system [ls]\n"u8.ToArray(), ProblemCodes.Tag },
        { "a harmless tag", "jobs: !!str abc\n"u8.ToArray(), ProblemCodes.Tag },
        { "an unknown alias", "jobs: *nothing\n"u8.ToArray(), ProblemCodes.BadAlias },
        { "an alias in its own anchor", "jobs: &a [*a]\n"u8.ToArray(), ProblemCodes.BadAlias },
        { "a merge of a list of words", "<<: [a, b]\n"u8.ToArray(), ProblemCodes.BadAlias },
        { "a mapping as key", "{a: b}: c\n"u8.ToArray(), ProblemCodes.WrongType },
        { "deep flow", Encoding.ASCII.GetBytes(new string('[', 60_000)), ProblemCodes.TooDeep },
        { "deep mappings", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 200).Select(i => new string(' ', i) + "a:\n"))), ProblemCodes.TooDeep },
        { "many values", Encoding.ASCII.GetBytes("_: [" + string.Concat(Enumerable.Repeat("1,", 20_000)) + "]"), ProblemCodes.TooManyNodes },
        { "many aliases", Encoding.ASCII.GetBytes("_: [&a 1," + string.Concat(Enumerable.Repeat("*a,", 200)) + "]"), ProblemCodes.TooManyAliases },
        { "an alias bomb", Bomb(), ProblemCodes.TooManyNodes },
        { "depth by alias", DepthByAlias(), ProblemCodes.TooDeep },
    };

    [Theory]
    [MemberData(nameof(Files), DisableDiscoveryEnumeration = true)]
    public void It_has_one_clear_problem_in_milliseconds(string what, byte[] bytes, string code)
    {
        Yaml.Read(bytes);
        var memory = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        var reading = Yaml.Read(bytes);
        watch.Stop();

        // Milliseconds on a quiet machine; the bound leaves room for one that runs six builds at once.
        memory = GC.GetAllocatedBytesForCurrentThread() - memory;
        var problem = Assert.Single(reading.Problems);
        Assert.Null(reading.Config);
        Assert.Equal((code, ConfigSeverity.Error), (problem.Code, problem.Severity));
        Assert.True(watch.ElapsedMilliseconds < 2000, $"{what}: {watch.ElapsedMilliseconds} ms");
        Assert.True(memory < 30_000_000, $"{what}: {memory} bytes");
    }

    /// <summary>The parser underneath throws, or gives events that do not fit together, on each of these.</summary>
    [Theory]
    [InlineData("- :")]
    [InlineData(" : p")]
    [InlineData(": [\nj")]
    [InlineData(": {r\n\"")]
    [InlineData("...\nF")]
    public void What_confuses_the_parser_is_an_error_of_the_file(string yaml) => Assert.Equal(ProblemCodes.Syntax, Yaml.Problem(yaml).Code);

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n")]
    [InlineData("~")]
    [InlineData("\ufeff---\n...\n")]
    public void An_empty_file_is_an_empty_mapping(string yaml) => Assert.True(Yaml.Read(yaml).IsValid);

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_are_no_problem() =>
        Assert.Equal("v{version}", Yaml.Config("\ufeffupstream_tag_template: v{version}\r\njobs: []\r\n").Packages["hello"].UpstreamTagTemplate);

    [Fact]
    public void Names_with_escapes_and_of_any_length_do_not_reach_a_terminal()
    {
        var reading = Yaml.Read("\"\\e[31mred\": 1\n" + new string('x', 1000) + ": 1");
        Assert.Equal(2, reading.Problems.Count);
        Assert.All(reading.Problems, p => Assert.True(p.Message.Length < 600 && !p.Message.Any(char.IsControl)));
    }

    [Fact]
    public void Thousands_of_wrong_keys_give_a_list_that_can_still_be_read()
    {
        var reading = Yaml.Read(string.Concat(Enumerable.Range(0, 4000).Select(i => $"wrong{i}: 1\n")));
        Assert.InRange(reading.Problems.Count, 100, 200);
    }

    /// <summary>Cut and twisted files from real life: never an exception, never a result without a reason.</summary>
    [Fact]
    public void No_cut_of_a_real_file_makes_the_reader_throw()
    {
        foreach (var config in Corpus.Configs())
        {
            for (var length = 1; length < config.Bytes.Length; length += 389)
            {
                var twisted = config.Bytes.AsSpan(0, length).ToArray();
                twisted[length / 2] = (byte)"{}[]:-&*!|>'\"%@`\t"[length % 17];
                var reading = Yaml.Read(twisted);
                Assert.True(reading.IsValid || reading.Problems.Any(p => p.Severity == ConfigSeverity.Error));
            }
        }
    }

    private static byte[] Bomb()
    {
        var text = new StringBuilder("_:\n- &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
        {
            text.Append($"- &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static byte[] DepthByAlias()
    {
        var text = new StringBuilder("_:\n- &a0 [x]\n");
        for (var i = 1; i < 60; i++)
        {
            text.Append($"- &a{i} [*a{i - 1}]\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
