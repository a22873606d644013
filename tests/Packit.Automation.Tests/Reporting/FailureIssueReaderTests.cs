using Packit.Automation.Reporting;
using Packit.Automation.Reporting.Texts;

namespace Packit.Automation.Tests.Reporting;

public sealed class FailureIssueReaderTests
{
    private const string Sentence = "Packit failed on creating pull-requests in dist-git (https://src.fedoraproject.org/rpms/hello.git):\n\n";

    [Theory]
    [InlineData("propose-downstream", "v1.2.3")]
    [InlineData("propose-downstream", "release--<1> & more")]
    [InlineData("koji-build", "hello")]
    [InlineData("koji-build-trigger", "hello")]
    [InlineData("bodhi-update", "hello")]
    public void An_issue_of_this_service_is_known_by_its_hidden_line(string kind, string subject)
    {
        var read = FailureIssueReader.Read("Any title", $"Text.\n\n{FailureIssueTexts.Marker(kind, subject)}\n");

        Assert.Equal((kind, subject), (read?.Kind, read?.Subject));
    }

    [Theory]
    [InlineData("[packit] Propose downstream failed for release v1.2.3", "propose-downstream", "v1.2.3")]
    [InlineData("[packit] Fedora Koji build failed to be triggered", "koji-build", "hello")]
    [InlineData("[packit] Fedora Bodhi update failed to be created", "bodhi-update", "hello")]
    public void An_issue_of_the_established_service_is_known_by_its_title(string title, string kind, string subject)
    {
        var read = FailureIssueReader.Read(title, Sentence + "| dist-git branch | error |\n| --- | --- |\n| `f43` | x |\n| `f42` | y |\n");

        Assert.Equal((kind, subject), (read?.Kind, read?.Subject));
        Assert.Equal(["f43", "f42"], read!.Branches);
    }

    [Fact]
    public void Branches_stand_in_tables_of_both_forms_each_once()
    {
        var read = FailureIssueReader.Read(
            "[packit] Fedora Koji build failed to be triggered",
            Sentence + "<table><tr><th>dist-git branch</th><th>error</th></tr><tr><td><code>f43</code></td><td>See</td></tr><tr><td><code>epel9</code></td><td>See</td></tr>\n"
            + "<tr><td><code>rawhide</code></td><td>x</td></tr>\n</table>\n| `f43` | x |\nand | `f99` | in a sentence\n<tr><td><code>a b</code></td><td>");

        Assert.Equal(["f43", "epel9", "rawhide"], read!.Branches);
    }

    [Theory]
    [InlineData("Something else", Sentence)]
    [InlineData("[packit] Fedora Koji build failed to be triggered", "No address here.")]
    [InlineData("[packit] Fedora Koji build failed to be triggered", "in dist-git (https://src.fedoraproject.org/rpms/a b.git):")]
    [InlineData("[packit] Fedora Koji build failed to be triggered", "in dist-git (")]
    [InlineData("Any", "<!-- packit-service: something v1 -->")]
    [InlineData("Any", "<!-- packit-service: koji-build")]
    public void What_is_about_something_else_is_not_read(string title, string body) => Assert.Null(FailureIssueReader.Read(title, body));
}
