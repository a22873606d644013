using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Packit.Automation.Settings;
using Packit.Automation.Workspaces;

namespace Packit.Automation.Tests.Workspaces;

public sealed class ProcessFolderTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("packit-process-folder-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void What_a_killed_process_left_is_swept_and_what_a_living_one_uses_is_not()
    {
        using var living = Folder();
        File.WriteAllText(Path.Combine(living.Path, "archive"), "used");
        var dead = Path.Combine(_root.FullName, "process-1-dead");
        Directory.CreateDirectory(Path.Combine(dead, "run-7", "git"));
        File.WriteAllText(dead + ".lock", "");

        using var next = Folder();
        Assert.Equal(1, next.Sweep());

        Assert.False(Directory.Exists(dead));
        Assert.False(File.Exists(dead + ".lock"));
        Assert.Equal("used", File.ReadAllText(Path.Combine(living.Path, "archive")));
        Assert.Equal(0, next.Sweep());
    }

    [Fact]
    public void A_process_that_ends_takes_its_folder_with_it()
    {
        var folder = Folder();
        File.WriteAllText(Path.Combine(folder.Path, "archive"), "used");

        folder.Dispose();

        Assert.Empty(_root.GetFileSystemInfos());
    }

    private ProcessFolder Folder() =>
        new(Options.Create(new ServiceOptions { WorkFolder = _root.FullName }), NullLogger<ProcessFolder>.Instance);
}
