namespace Packit.Service.Tests.Documents;

public sealed class CommandsDocumentTests
{
    private const string Path = "docs/commands.md";
    private const string WriteVariable = "PACKIT_WRITE_DOCUMENTS";
    private const string Marker = "<!-- From here on the text is made from the source by CommandsDocumentTests. -->\n\n";

    [Fact]
    public async Task The_document_says_what_the_grammar_is()
    {
        var file = System.IO.Path.Combine(ConfigurationDocumentTests.Root(), Path);
        var present = await File.ReadAllTextAsync(file);
        var written = present[..(present.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length)];
        var wanted = written + CommandsDocument.Lists("/packit");
        if (Environment.GetEnvironmentVariable(WriteVariable) is not null)
        {
            await File.WriteAllTextAsync(file, wanted);
        }

        Assert.True(
            wanted == await File.ReadAllTextAsync(file),
            $"{Path} is not what the grammar says. Write it anew: {WriteVariable}=1 dotnet test tests/Packit.Service.Tests --filter CommandsDocument");
    }
}
