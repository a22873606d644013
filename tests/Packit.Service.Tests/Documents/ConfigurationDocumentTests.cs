namespace Packit.Service.Tests.Documents;

public sealed class ConfigurationDocumentTests
{
    private const string Path = "docs/configuration.md";
    private const string WriteVariable = "PACKIT_WRITE_DOCUMENTS";
    private const string Marker = "<!-- From here on the text is made from the source by ConfigurationDocumentTests. -->\n\n";

    [Fact]
    public async Task The_document_says_what_the_options_are()
    {
        var file = System.IO.Path.Combine(Root(), Path);
        var present = await File.ReadAllTextAsync(file);
        var written = present[..(present.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length)];
        var wanted = written + ConfigurationDocument.Tables();
        if (Environment.GetEnvironmentVariable(WriteVariable) is not null)
        {
            await File.WriteAllTextAsync(file, wanted);
        }

        Assert.True(
            wanted == await File.ReadAllTextAsync(file),
            $"{Path} is not what the options say. Write it anew: {WriteVariable}=1 dotnet test tests/Packit.Service.Tests --filter ConfigurationDocument");
    }

    internal static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(directory.FullName, "Packit.Service.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return directory.FullName;
    }
}
