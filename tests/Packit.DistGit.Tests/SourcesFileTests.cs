using System.Text;

namespace Packit.DistGit.Tests;

public class SourcesFileTests
{
    private static readonly string HashA = new('a', 128);
    private static readonly string HashB = new('b', 128);

    [Fact]
    public void Both_styles_are_read_and_the_new_one_is_written_back_unchanged()
    {
        var text = $"SHA512 (foo-1.0.tar.gz) = {HashA}\nSHA512 (foo-1.0.tar.gz.asc) = {HashB}\n";
        var file = Parse(text);
        Assert.Equal([SourceEntry.Sha512("foo-1.0.tar.gz", HashA), SourceEntry.Sha512("foo-1.0.tar.gz.asc", HashB)], file.Entries);
        Assert.Equal(text, Encoding.UTF8.GetString(file.ToBytes()));

        var old = Parse($"{new string('c', 32)}  foo-0.1.tar.gz\r\n\n");
        Assert.Equal(new SourceEntry("foo-0.1.tar.gz", "MD5", new string('c', 32)), Assert.Single(old.Entries));
    }

    [Fact]
    public void The_hash_type_is_read_in_any_case_and_exact_repetitions_are_dropped()
    {
        var file = Parse($"sha512 (a) = {HashA.ToUpperInvariant()}\nSHA512 (a) = {HashA}\n");
        Assert.Equal($"SHA512 (a) = {HashA}\n", Encoding.UTF8.GetString(file.ToBytes()));
    }

    [Theory]
    [InlineData("foo-1.0.tar.gz", "form")]
    [InlineData("SHA512 (a b) = 00", "name")]
    [InlineData("SHA512 (a) = 00", "128 hexadecimal digits")]
    [InlineData("CRC32 (a) = 00000000", "unknown")]
    [InlineData("SHA512 (../a) = 00", "name")]
    public void A_malformed_line_is_named(string line, string reason)
    {
        Assert.False(SourcesFile.TryParse(Encoding.UTF8.GetBytes($"SHA512 (a) = {HashA}\n{line}\n"), out var file, out var problem));
        Assert.StartsWith("Line 2 of the file 'sources' cannot be read", problem, StringComparison.Ordinal);
        Assert.Contains(reason, problem, StringComparison.Ordinal);
        Assert.Empty(file.Entries);
    }

    [Fact]
    public void A_name_is_found_as_a_whole_and_not_as_part_of_another()
    {
        var file = Parse($"SHA512 (libfoo-1.0.tar.gz) = {HashA}\n");
        Assert.Null(file.Find("foo-1.0.tar.gz"));
        Assert.Equal(HashA, file.Find("libfoo-1.0.tar.gz")?.Hash);
    }

    [Fact]
    public void An_entry_is_replaced_in_its_place_and_a_new_one_comes_last()
    {
        var file = Parse($"SHA512 (a) = {HashA}\nSHA512 (b) = {HashA}\n").With(SourceEntry.Sha512("a", HashB)).With(SourceEntry.Sha512("c", HashB));
        Assert.Equal(["a", "b", "c"], file.Entries.Select(static entry => entry.FileName));
        Assert.Equal(HashB, file.Entries[0].Hash);
    }

    [Fact]
    public void Hash_types_are_not_mixed()
    {
        var old = Parse($"{new string('c', 32)}  a\n");
        Assert.False(old.Accepts(SourceEntry.Sha512Type));
        var refused = Assert.Throws<ArgumentException>(() => old.With(SourceEntry.Sha512("b", HashB)));
        Assert.Contains("uploaded anew", refused.Message, StringComparison.Ordinal);
        Assert.Equal("b", Assert.Single(SourcesFile.Of([SourceEntry.Sha512("b", HashB), SourceEntry.Sha512("b", HashB)]).Entries).FileName);
    }

    [Theory]
    [InlineData(null, "/foo-1.0.tar.gz\n")]
    [InlineData("", "/foo-1.0.tar.gz\n")]
    [InlineData("*.rpm", "*.rpm\n/foo-1.0.tar.gz\n")]
    [InlineData("/foo-*.tar.gz\n", "/foo-*.tar.gz\n")]
    [InlineData("foo-[0-9].?.tar.gz\n", "foo-[0-9].?.tar.gz\n")]
    [InlineData("/foo-1.0.tar.gz", "/foo-1.0.tar.gz")]
    [InlineData("/foo-1.0.tar.gz.asc\n", "/foo-1.0.tar.gz.asc\n/foo-1.0.tar.gz\n")]
    [InlineData("/foo-[!1]*\n", "/foo-[!1]*\n/foo-1.0.tar.gz\n")]
    public void An_archive_is_ignored_once(string? before, string after) =>
        Assert.Equal(after, Encoding.UTF8.GetString(GitIgnoreFile.WithArchives(before is null ? null : Encoding.UTF8.GetBytes(before), ["foo-1.0.tar.gz"])));

    [Fact]
    public void Bytes_that_are_no_text_survive_in_gitignore()
    {
        byte[] odd = [0xff, 0xfe, (byte)'\n'];
        Assert.Equal([.. odd, .. "/a\n"u8], GitIgnoreFile.WithArchives(odd, ["a", "a"]));
    }

    private static SourcesFile Parse(string text) =>
        SourcesFile.TryParse(Encoding.UTF8.GetBytes(text), out var file, out var problem) ? file : throw new InvalidOperationException(problem);
}
