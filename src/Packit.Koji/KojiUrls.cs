namespace Packit.Koji;

/// <summary>Addresses for people: pages and log files. Koji: <c>koji/__init__.py</c>, class <c>PathInfo</c>.</summary>
public sealed class KojiUrls
{
    // Tasks are spread over this many folders; the number of the folder is not padded.
    private const int TaskFolders = 10_000;
    private readonly string _web;
    private readonly string _files;

    /// <param name="options">Where the pages and the files are.</param>
    public KojiUrls(KojiOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _web = options.WebUrl.AbsoluteUri.TrimEnd('/');
        _files = options.FilesUrl.AbsoluteUri.TrimEnd('/');
    }

    /// <summary>The page of a task.</summary>
    public Uri Task(int taskId) => new($"{_web}/taskinfo?taskID={taskId}");

    /// <summary>The page of a build.</summary>
    public Uri Build(int buildId) => new($"{_web}/buildinfo?buildID={buildId}");

    /// <summary>
    /// A file that a task left: <c>build.log</c>, <c>root.log</c>, <c>mock_output.log</c> of a <c>buildArch</c> task, <c>checkout.log</c> of
    /// the one that makes the source package. The logs belong to the child tasks, not to the <c>build</c> task.
    /// </summary>
    public Uri TaskFile(int taskId, string file) => new($"{_files}/work/tasks/{taskId % TaskFolders}/{taskId}/{Escape(file)}");

    /// <summary>A log of a finished build: <c>build.log</c>, <c>root.log</c>, <c>state.log</c>.</summary>
    public Uri BuildLog(KojiBuild build, string arch, string file)
    {
        ArgumentNullException.ThrowIfNull(build);
        return new Uri($"{_files}/packages/{Escape(build.Name)}/{Escape(build.Version)}/{Escape(build.Release)}/data/logs/{Escape(arch)}/{Escape(file)}");
    }

    private static string Escape(string segment) => Uri.EscapeDataString(segment);
}
