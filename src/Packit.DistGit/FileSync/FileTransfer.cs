namespace Packit.DistGit;

/// <summary>The carrying out of one item: what one call of rsync would do.</summary>
internal sealed class FileTransfer
{
    /// <summary>The file that lists the archives; syncing touches it only when an item names it.</summary>
    private const string SourcesName = "sources";

    private readonly FileSyncItem _item;
    private readonly IReadOnlyList<SyncSource> _sources;
    private readonly RsyncFilter _filter;
    private readonly UpstreamFiles _upstream;
    private readonly DistGitFiles _target;
    private readonly string? _spec;
    private readonly List<string> _notes;
    private readonly string _dest;
    private readonly bool _intoDirectory;

    private FileTransfer(
        FileSyncItem item, SyncPath dest, IReadOnlyList<SyncSource> sources, RsyncFilter filter,
        UpstreamFiles upstream, DistGitFiles target, string? spec, List<string> notes)
    {
        _item = item;
        _sources = sources;
        _filter = filter;
        _upstream = upstream;
        _target = target;
        _spec = spec;
        _notes = notes;
        _dest = dest.Path;
        // rsync takes the destination for a file's new name only when there is one file and no directory of that name.
        _intoDirectory = dest.IsContent || sources.Count > 1 || sources[0].Directory is not null || target.HasDirectory(dest.Path);
    }

    /// <summary>Checks an item and finds its files.</summary>
    /// <returns>Null when there is nothing to do, or a problem.</returns>
    public static FileTransfer? Begin(
        FileSyncItem item, UpstreamFiles upstream, DistGitFiles target, string? spec, List<string> notes, out string? problem)
    {
        if (SyncPath.Parse("", item.Dest) is not { } dest || (dest.Path.Length > 0 && !GitName.IsPath(dest.Path)))
        {
            problem = FileSync.Illegal(item.Dest, "dist-git");
            return null;
        }

        if (RsyncFilter.Parse(item.Filters, out var bad) is not { } filter)
        {
            problem = $"Sync files: {bad}.";
            return null;
        }

        var sources = new List<SyncSource>();
        foreach (var text in item.Src)
        {
            if (SyncPath.Parse(upstream.Root, text) is not { } path)
            {
                problem = FileSync.Illegal(text, "upstream");
                return null;
            }

            var found = upstream.Find(path);
            if (found.Count == 0 && !upstream.IsSpec(path.Path))
            {
                notes.Add($"{GitName.Clip(text)} is not in the upstream repository, so it is not synced.");
            }

            sources.AddRange(found);
        }

        problem = null;
        if (sources.Count == 0)
        {
            return null;
        }

        var transfer = new FileTransfer(item, dest, sources, filter, upstream, target, spec, notes);
        problem = transfer.Problem();
        return transfer;
    }

    /// <summary>Carries it out.</summary>
    /// <returns>What stands in the way; null when all went well.</returns>
    public string? Run()
    {
        var arriving = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in _sources)
        {
            foreach (var (relative, entry) in source.Files.Where(file => !_filter.Hides(file.Relative)))
            {
                // Of two files of the same name rsync takes the first.
                if (arriving.Add(relative) && !Put(source, relative, entry, out var path))
                {
                    return $"Sync files: {path} is a directory in the dist-git repository, so the file {entry.Path} cannot take its place; set `delete: true` to have it replaced.";
                }
            }
        }

        if (_item.Delete)
        {
            foreach (var directory in _sources.Select(static source => source.Directory).OfType<string>().Where(TakesPart))
            {
                Delete(directory, arriving);
            }
        }

        return null;
    }

    private string? Problem()
    {
        if (_intoDirectory && _target.HasFile(_dest))
        {
            return $"Sync files: {_dest} is a file in the dist-git repository, so nothing can be copied into it.";
        }

        if (_target.FileAbove(_dest) is { } file)
        {
            return $"Sync files: {file} is a file in the dist-git repository, so there can be no {_dest}.";
        }

        var parent = SyncPath.Parent(_dest);
        return _item.MkPath || _target.HasDirectory(_intoDirectory && _target.HasDirectory(_dest) ? _dest : parent)
            ? null
            : $"Sync files: the directory {parent} does not exist in the dist-git repository; set `mkpath: true` to have it made.";
    }

    /// <returns>False when a directory is in the way that may not be replaced.</returns>
    private bool Put(SyncSource source, string relative, GitTreeEntry entry, out string path)
    {
        path = _intoDirectory ? SyncPath.Join(_dest, relative) : _dest;
        if (_upstream.IsSpec(entry.Path) || IsSpec(path))
        {
            // Merged elsewhere.
            return true;
        }

        if (path == SourcesName && !(source.IsNamed && source.Directory is null))
        {
            _notes.Add($"{path} is not overwritten: it lists the archives. Name it in files_to_sync to have it synced.");
        }
        else if (_upstream.Resolve(entry) is not { } file)
        {
            _notes.Add($"{entry.Path} is not synced: {(entry.Kind == GitEntryKind.Submodule ? "it is a submodule" : "its link leads to no file of the repository")}.");
        }
        else
        {
            var inTheWay = _target.Under(path);
            if (inTheWay.Count > 0 && (!_item.Delete || inTheWay.Exists(IsKept)))
            {
                return false;
            }

            inTheWay.ForEach(_target.Delete);
            _target.Put(path, file);
        }

        return true;
    }

    private void Delete(string directory, HashSet<string> arriving)
    {
        var root = SyncPath.Join(_dest, directory);
        foreach (var path in _target.Under(root))
        {
            if (!arriving.Contains(Relative(path)) && !IsKept(path))
            {
                _target.Delete(path);
            }
        }
    }

    private string Relative(string path) => _dest.Length == 0 ? path : path[(_dest.Length + 1)..];

    // The directory in the way of a file under a new name is the destination itself, and that case ended before.
    private bool IsKept(string path) => path == SourcesName || IsSpec(path) || _filter.Protects(Relative(path));

    private bool TakesPart(string directory) => directory.Length == 0 || !_filter.HidesDirectory(directory);

    private bool IsSpec(string path) => _spec is not null && path == _spec;
}
