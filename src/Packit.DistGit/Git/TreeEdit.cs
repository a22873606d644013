namespace Packit.DistGit;

/// <summary>Makes the tree that results from changes on another tree; only the trees along changed paths are read and written.</summary>
internal sealed class TreeEdit(ObjectReader reader, ObjectWriter writer)
{
    private const int TreeCap = 16 * 1024 * 1024;

    /// <summary>Carries out changes in their order.</summary>
    /// <param name="tree">Name of the tree to start from.</param>
    /// <param name="changes">The changes; their paths are checked here.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Name of the resulting tree, written.</returns>
    public async Task<string> ApplyAsync(string tree, IReadOnlyList<TreeChange> changes, CancellationToken cancellationToken)
    {
        var root = new Directory(tree);
        foreach (var change in changes)
        {
            if (!GitName.IsPath(change.Path))
            {
                throw new GitException(GitFailure.Refused, $"'{GitName.Clip(change.Path)}' is not a path that may stand in a repository.");
            }

            await ApplyAsync(root, change, cancellationToken);
        }

        return Write(root) ?? writer.WriteTree([]);
    }

    private async Task ApplyAsync(Directory root, TreeChange change, CancellationToken cancellationToken)
    {
        var directory = root;
        var parts = change.Path.Split('/');
        foreach (var part in parts.AsMemory(0, parts.Length - 1).ToArray())
        {
            await LoadAsync(directory, cancellationToken);
            var name = TreeItem.NameOf(part);
            if (!directory.Children.TryGetValue(name, out var child))
            {
                if (change is TreeChange.Delete && !(directory.Items.GetValueOrDefault(name)?.IsDirectory ?? false))
                {
                    return;
                }

                child = new Directory(directory.Items.GetValueOrDefault(name) is { IsDirectory: true } there ? there.Oid : null);
                directory.Children[name] = child;
                directory.Items.Remove(name);
            }

            directory = child;
        }

        await LoadAsync(directory, cancellationToken);
        var last = TreeItem.NameOf(parts[^1]);
        directory.Items.Remove(last);
        directory.Children.Remove(last);
        var item = change switch
        {
            TreeChange.Put put => new TreeItem(
                TreeItem.ModeOf(put.Executable ? GitEntryKind.ExecutableFile : GitEntryKind.File), last, writer.WriteBlob(put.Content.Span)),
            TreeChange.PutExisting existing => new TreeItem(TreeItem.ModeOf(existing.Kind), last, GitName.Object(existing.Oid)),
            TreeChange.Delete => null,
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, "not a change"),
        };
        if (item is not null)
        {
            directory.Items[last] = item;
        }
    }

    private async Task LoadAsync(Directory directory, CancellationToken cancellationToken)
    {
        if (directory.Source is not { } source)
        {
            return;
        }

        var content = await reader.ReadAsync(source, "tree", TreeCap, cancellationToken)
            ?? throw new GitException(GitFailure.Unexpected, $"The tree {source} is not in the repository.");
        directory.Source = null;
        foreach (var item in TreeItem.Parse(content))
        {
            directory.Items[item.Name] = item;
        }
    }

    // git keeps no empty directories: one that lost everything vanishes from its parent.
    private string? Write(Directory directory)
    {
        if (directory.Source is { } untouched)
        {
            return untouched;
        }

        var items = directory.Items.Values.ToList();
        foreach (var (name, child) in directory.Children)
        {
            if (Write(child) is { } oid)
            {
                items.Add(new TreeItem(TreeItem.DirectoryMode, name, oid));
            }
        }

        return items.Count == 0 ? null : writer.WriteTree(items);
    }

    /// <summary>A directory that a change leads into.</summary>
    /// <param name="source">The tree it starts as; null for a new one.</param>
    private sealed class Directory(string? source)
    {
        public string? Source { get; set; } = source;

        public Dictionary<string, TreeItem> Items { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, Directory> Children { get; } = new(StringComparer.Ordinal);
    }
}
