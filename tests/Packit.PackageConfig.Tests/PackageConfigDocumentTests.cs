namespace Packit.PackageConfig.Tests;

public sealed class PackageConfigDocumentTests
{
    private const string Path = "docs/package-config.md";
    private const string WriteVariable = "PACKIT_WRITE_DOCUMENTS";
    private const string Marker = "<!-- From here on the text is made from the source by PackageConfigDocumentTests. -->\n\n";

    [Fact]
    public async Task The_document_names_the_keys_that_are_read()
    {
        var file = System.IO.Path.Combine(Root(), Path);
        var present = await File.ReadAllTextAsync(file);
        var written = present[..(present.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length)];
        var wanted = written + PackageConfigDocument.Tables();
        if (Environment.GetEnvironmentVariable(WriteVariable) is not null)
        {
            await File.WriteAllTextAsync(file, wanted);
        }

        Assert.True(
            wanted == await File.ReadAllTextAsync(file),
            $"{Path} is not what the keys say. Write it anew: {WriteVariable}=1 dotnet test tests/Packit.PackageConfig.Tests --filter PackageConfigDocument");
    }

    [Fact]
    public void The_examples_of_the_document_are_valid()
    {
        var document = File.ReadAllText(System.IO.Path.Combine(Root(), Path)).ReplaceLineEndings("\n");
        var examples = document.Split("```yaml\n").Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)]).ToList();

        Assert.True(examples.Count >= 3);
        Assert.All(examples, example => Assert.Empty(Yaml.Read(example).Problems));
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(directory.FullName, "Packit.Service.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return directory.FullName;
    }
}
