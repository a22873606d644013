namespace Packit.Koji.Tests.Calls;

public class ScmUrlTests
{
    private const string Sha = "6fab2957e2eaddd5b043556eafbf51aca5d677ea";

    [Fact]
    public void A_commit_in_dist_git_is_written_as_the_hub_takes_it()
    {
        var url = ScmUrl.Of(new Uri("https://src.fedoraproject.org/rpms/rust-foo.git"), Sha.ToUpperInvariant());
        Assert.Equal($"git+https://src.fedoraproject.org/rpms/rust-foo.git#{Sha}", url.ToString());
        Assert.Equal(("rust-foo", Sha, "git+https"), (url.Name, url.Commit, url.Scheme));
        Assert.Equal(new Uri("https://src.fedoraproject.org/rpms/rust-foo.git"), url.Repository);
        Assert.True(ScmUrl.TryParse(url.ToString(), out var again));
        Assert.Equal(url, again);
    }

    [Theory]
    [InlineData("git+https://src.fedoraproject.org/rpms/gtk%2B.git#" + Sha, "gtk+", Sha)]
    [InlineData("git+https://src.fedoraproject.org/rpms/libsigc++20#rawhide", "libsigc++20", null)]
    [InlineData("git+https://src.fedoraproject.org/rpms/x.git?#" + Sha, "x", Sha)]
    [InlineData("git://pkgs.example.org:9418/x.git#v1.0", "x", null)]
    [InlineData("git+ssh://me@pkgs.example.org/rpms/x#refs/heads/main", "x", null)]
    public void Sources_of_others_are_read_and_written_back_the_same(string text, string name, string? commit)
    {
        Assert.True(ScmUrl.TryParse(text, out var url));
        Assert.Equal((name, commit, text), (url.Name, url.Commit, url.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("cli-build/1795328074.39/x-1-1.src.rpm")]
    [InlineData("https://src.fedoraproject.org/rpms/x.git#" + Sha)]
    [InlineData("git+https://src.fedoraproject.org/rpms/x.git")]
    [InlineData("git+https://src.fedoraproject.org/rpms/x.git#")]
    [InlineData("git+https://src.fedoraproject.org/#" + Sha)]
    [InlineData("git+https:///rpms/x.git#" + Sha)]
    [InlineData("git+file:///rpms/x.git#" + Sha)]
    [InlineData("svn+https://src.fedoraproject.org/x#" + Sha)]
    [InlineData("git+https://user:pass@src.fedoraproject.org/x#" + Sha)]
    [InlineData("git+https://src.fedoraproject.org/x#--upload-pack=evil")]
    [InlineData("git+https://src.fedoraproject.org/x y#" + Sha)]
    [InlineData("git+https://src.fedoraproject.org/x$(id)#" + Sha)]
    [InlineData("git+https://src.fedoraproject.org/rpms/../x#" + Sha)]
    [InlineData("git+https://src.fedoraproject.org/x#a b")]
    [InlineData("git+https://src.fedoraproject.org/x#a#b")]
    public void What_is_no_source_in_git_is_none(string? text) => Assert.False(ScmUrl.TryParse(text, out _));

    [Theory]
    [InlineData("https://src.fedoraproject.org/rpms/x.git", "rawhide")]
    [InlineData("https://src.fedoraproject.org/rpms/x.git", "6fab295")]
    [InlineData("file:///etc/passwd", Sha)]
    [InlineData("https://a:b@src.fedoraproject.org/rpms/x.git", Sha)]
    public void Only_a_whole_commit_of_a_repository_is_built(string repository, string commit) =>
        Assert.Throws<ArgumentException>(() => ScmUrl.Of(new Uri(repository), commit));
}
