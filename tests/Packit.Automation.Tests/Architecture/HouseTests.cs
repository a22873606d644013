using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Packit.Automation.Failures;
using Packit.PackageConfig;
using Packit.Specfile;

namespace Packit.Automation.Tests.Architecture;

/// <summary>The rules of the house that the compiler does not check.</summary>
public sealed class HouseTests
{
    private const int MostLines = 400;

    /// <summary>Who may know whom. A project that is not here has to be given its place first.</summary>
    private static readonly Dictionary<string, string[]> Knows = new()
    {
        ["Packit.Http"] = [],
        ["Packit.Specfile"] = [],
        ["Packit.PackageConfig"] = [],
        ["Packit.GitHub"] = ["Packit.Http"],
        ["Packit.Pagure"] = ["Packit.Http"],
        ["Packit.Bodhi"] = ["Packit.Http"],
        ["Packit.Koji"] = ["Packit.Http"],
        ["Packit.FedoraMessaging"] = ["Packit.Http"],
        ["Packit.Fasjson"] = ["Packit.Http"],
        ["Packit.DistGit"] = ["Packit.Http"],
        ["Packit.Automation"] =
        [
            "Packit.Http", "Packit.Specfile", "Packit.PackageConfig", "Packit.GitHub", "Packit.Pagure", "Packit.Bodhi", "Packit.Koji",
            "Packit.FedoraMessaging", "Packit.Fasjson", "Packit.DistGit",
        ],
        ["Packit.Service"] = ["Packit.Automation"],
        ["Packit.Sandbox"] = ["Packit.Service"],
    };

    private static readonly string Root = FindRoot();

    public static TheoryData<string> Projects() => [.. Directory.GetDirectories(Path.Combine(Root, "src"), "Packit.*").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_knows_only_whom_it_may_know(string project)
    {
        Assert.True(Knows.TryGetValue(project, out var allowed), $"{project} has no place in the house; give it one in {nameof(HouseTests)} and in docs/architecture.md.");
        var file = XDocument.Load(Path.Combine(Root, "src", project, project + ".csproj"));
        var known = file.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

        Assert.Empty(known.Except(allowed));
    }

    [Fact]
    public void No_source_file_is_too_long_to_be_read_in_one_go()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !IsMadeByTools(Path.GetRelativePath(Root, path))).ToList();

        Assert.True(files.Count > 100, "The source files were not found.");
        Assert.DoesNotContain(files.Select(path => (Path: Path.GetRelativePath(Root, path), Lines: File.ReadLines(path).Count())), file => file.Lines > MostLines);
    }

    [Fact]
    public void Every_code_of_a_failure_is_explained_once()
    {
        var explained = File.ReadLines(Path.Combine(Root, "docs", "errors.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1]).ToList();
        var codes = new[] { typeof(FailureCodes), typeof(SpecProblems), typeof(ProblemCodes) }
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => (string)field.GetRawConstantValue()!).ToList();

        Assert.True(codes.Count > 50, "The codes were not found.");
        Assert.Equal(codes.Order(StringComparer.Ordinal), explained.Order(StringComparer.Ordinal));
    }

    private static bool IsMadeByTools(string path) =>
        path.Split('/').Any(part => part is "obj" or "bin" or "Migrations");

    private static string FindRoot([CallerFilePath] string here = "")
    {
        // The tests may run from a copy of the build output; the place of this file is what the compiler saw.
        foreach (var start in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(here)! })
        {
            for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
            {
                if (File.Exists(Path.Combine(at.FullName, "Packit.Service.sln")))
                {
                    return at.FullName;
                }
            }
        }

        throw new DirectoryNotFoundException("No folder above the tests holds Packit.Service.sln.");
    }
}
