using System.Globalization;
using System.Text;

namespace Packit.Sandbox.Koji;

/// <summary>What tasks leave behind, in Koji's layout: <c>work/tasks/ID mod 10000/ID/FILE</c>, the modulo without leading zeros.</summary>
internal sealed class LogFiles(string folder)
{
    /// <summary>The folder that is served as <c>work</c>.</summary>
    public string Folder { get; } = folder;

    public static string PathOf(int task, string name) => string.Create(CultureInfo.InvariantCulture, $"tasks/{task % 10000}/{task}/{name}");

    public void Write(int task, string name, string text)
    {
        string file = Path.Combine(Folder, PathOf(task, name));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    public IReadOnlyList<FileInfo> Of(int task)
    {
        var own = new DirectoryInfo(Path.Combine(Folder, PathOf(task, "")));
        return own.Exists ? [.. own.EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal)] : [];
    }

    /// <summary>The path of a file on disk; null when the task has none of that name.</summary>
    public string? Find(int task, string name) => Of(task).FirstOrDefault(file => file.Name == name)?.FullName;
}
