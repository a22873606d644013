namespace Packit.Service.Tests.Documents;

public sealed class SecurityDocumentTests
{
    private const string Path = "docs/security.md";
    private const string WriteVariable = "PACKIT_WRITE_DOCUMENTS";
    private const string Begin = "<!-- From here to the next such line the text is made from the source by SecurityDocumentTests. -->\n\n";
    private const string End = "\n<!-- Here it ends. -->\n";

    [Fact]
    public async Task The_document_says_who_may_what()
    {
        var file = System.IO.Path.Combine(ConfigurationDocumentTests.Root(), Path);
        var present = await File.ReadAllTextAsync(file);
        var begin = present.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var wanted = present[..begin] + SecurityDocument.Tables() + present[present.IndexOf(End, begin, StringComparison.Ordinal)..];
        if (Environment.GetEnvironmentVariable(WriteVariable) is not null)
        {
            await File.WriteAllTextAsync(file, wanted);
        }

        Assert.True(
            wanted == await File.ReadAllTextAsync(file),
            $"{Path} is not what the rules say. Write it anew: {WriteVariable}=1 dotnet test tests/Packit.Service.Tests --filter SecurityDocument");
    }
}
