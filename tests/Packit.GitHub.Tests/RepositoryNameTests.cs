namespace Packit.GitHub.Tests;

public class RepositoryNameTests
{
    [Theory]
    [InlineData("octo/hello")]
    [InlineData("Some-Org/.github")]
    [InlineData("user_company/a.b_c-d")]
    public void Names_that_github_gives_are_read(string text)
    {
        Assert.True(RepositoryName.TryParse(text, out var name));
        Assert.Equal(text, name.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("octo")]
    [InlineData("octo/")]
    [InlineData("/hello")]
    [InlineData("octo/hello/x")]
    [InlineData("octo/..")]
    [InlineData("-octo/hello")]
    [InlineData("oc to/hello")]
    [InlineData("octo/hel%2Flo")]
    [InlineData("octo/héllo")]
    [InlineData("octo/hello\n")]
    public void Other_texts_are_not(string? text) => Assert.False(RepositoryName.TryParse(text, out _));

    [Fact]
    public void Case_does_not_matter()
    {
        var one = new RepositoryName("Octo", "Hello");
        var other = new RepositoryName("octo", "hELLO");
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
    }

    [Fact]
    public void A_name_outside_the_grammar_cannot_be_made() => Assert.Throws<ArgumentException>(() => new RepositoryName("octo", "../x"));
}
