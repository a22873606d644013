using System.Globalization;

namespace Packit.Sandbox.Git;

/// <summary>A bare repository on disk. Reading refs costs no process, everything else one.</summary>
internal sealed class BareRepository(string folder)
{
    private const char FieldEnd = '\u001f';

    public string Folder { get; } = folder;

    public static async Task<BareRepository> InitAsync(string folder, string defaultBranch, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        await GitProgram.RunCheckedAsync(folder, ["init", "--quiet", "--bare", "--template=", "--initial-branch=" + defaultBranch], ct);
        return new BareRepository(folder);
    }

    public RefTable Refs() => RefTable.Read(Folder);

    /// <summary>Feeds a stream of commits and tags.</summary>
    /// <returns>The shas of the commits, in their order.</returns>
    public async Task<IReadOnlyList<string>> ImportAsync(FastImport import, CancellationToken ct) =>
        (await GitProgram.RunCheckedAsync(Folder, ["-c", "gc.auto=0", "fast-import", "--quiet"], ct, import.Bytes)).Lines;

    /// <summary>Commits on a branch, on top of what it holds; a branch that is not there is begun at the head of <paramref name="startBranch"/>.</summary>
    /// <returns>The new commit.</returns>
    public async Task<string> CommitAsync(
        string branch, string startBranch, FileSet files, string message, Person author, DateTimeOffset when, CancellationToken ct)
    {
        using var import = new FastImport();
        var refs = Refs();
        import.Commit("refs/heads/" + branch, refs.Branch(branch) ?? refs.Branch(startBranch), files, message, author, when);
        return (await ImportAsync(import, ct))[0];
    }

    public Task UpdateRefAsync(string reference, string sha, CancellationToken ct) =>
        GitProgram.RunCheckedAsync(Folder, ["update-ref", "--", reference, sha], ct);

    public Task DeleteRefAsync(string reference, CancellationToken ct) =>
        GitProgram.RunCheckedAsync(Folder, ["update-ref", "-d", "--", reference], ct);

    /// <summary>The commit that a revision names, or null.</summary>
    public async Task<string?> ResolveAsync(string revision, CancellationToken ct)
    {
        var refs = Refs();
        if (refs.Branch(revision) is { } head)
        {
            return head;
        }

        var output = await RunAsync(ct, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}");
        return output.ExitCode == 0 ? output.Text.Trim() : null;
    }

    /// <summary>The bytes of a file at a revision, or null.</summary>
    public async Task<byte[]?> ReadAsync(string revision, string path, CancellationToken ct)
    {
        var output = await RunAsync(ct, "cat-file", "blob", $"{revision}:{path}");
        return output.ExitCode == 0 ? output.Bytes : null;
    }

    /// <summary>The bytes of an object.</summary>
    public async Task<byte[]?> ReadObjectAsync(string type, string sha, CancellationToken ct)
    {
        var output = await RunAsync(ct, "cat-file", type, sha);
        return output.ExitCode == 0 ? output.Bytes : null;
    }

    /// <summary>The entries of a tree; null when the revision or folder is absent. An empty <paramref name="path"/> is the root.</summary>
    public async Task<IReadOnlyList<TreeEntry>?> ListAsync(string revision, string path, bool recursive, CancellationToken ct)
    {
        string tree = path.Length == 0 ? revision : $"{revision}:{path}";
        string[] options = recursive ? ["-r", "-t"] : [];
        var output = await RunAsync(ct, ["ls-tree", "-z", "--long", .. options, "--end-of-options", tree]);
        return output.ExitCode == 0
            ? [.. output.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(ParseEntry)]
            : null;
    }

    /// <summary>The entry of one path at a revision, or null.</summary>
    public async Task<TreeEntry?> FindAsync(string revision, string path, CancellationToken ct)
    {
        var output = await RunAsync(ct, "--literal-pathspecs", "ls-tree", "-z", "--long", "--end-of-options", revision, "--", path);
        return output.ExitCode != 0 || output.Bytes.Length == 0 ? null : ParseEntry(output.Text.TrimEnd('\0'));
    }

    /// <summary>The facts of one commit, or null.</summary>
    public async Task<CommitInfo?> InfoAsync(string revision, CancellationToken ct) =>
        await LogAsync(revision, 1, ct) is [var commit, ..] ? commit : null;

    /// <summary>Commits of a range such as <c>base..head</c>, newest first; empty when the range names nothing.</summary>
    public async Task<IReadOnlyList<CommitInfo>> LogAsync(string range, int limit, CancellationToken ct)
    {
        string format = string.Join(FieldEnd, "%H", "%T", "%P", "%an", "%ae", "%cn", "%ce", "%ct", "%B");
        var output = await RunAsync(ct, "log", "-z", "--max-count=" + limit, "--format=" + format, "--end-of-options", range, "--");
        return output.ExitCode == 0
            ? [.. output.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(ParseCommit)]
            : [];
    }

    /// <summary>The paths that a commit changes against its first parent: status letter and path.</summary>
    public async Task<IReadOnlyList<(char Status, string Path)>> ChangesAsync(string commit, CancellationToken ct) =>
        Changes(await RunAsync(ct, "diff-tree", "--root", "-r", "-m", "--first-parent", "--no-commit-id", "--no-renames", "--name-status", "-z", "--end-of-options", commit));

    /// <summary>The paths in which two commits differ: status letter and path.</summary>
    public async Task<IReadOnlyList<(char Status, string Path)>> ChangesAsync(string from, string to, CancellationToken ct) =>
        Changes(await RunAsync(ct, "diff-tree", "-r", "--no-renames", "--name-status", "-z", "--end-of-options", from, to));

    /// <summary>The commit from which two went different ways, or null.</summary>
    public async Task<string?> MergeBaseAsync(string first, string second, CancellationToken ct)
    {
        var output = await RunAsync(ct, "merge-base", "--end-of-options", first, second);
        return output.ExitCode == 0 ? output.Text.Trim() : null;
    }

    private static List<(char Status, string Path)> Changes(GitOutput output)
    {
        string[] fields = output.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        return [.. fields.Chunk(2).Select(pair => (pair[0][0], pair[1]))];
    }

    /// <summary>A compressed archive of a revision, the same bytes each time.</summary>
    public async Task<byte[]?> ArchiveAsync(string revision, string format, string prefix, CancellationToken ct)
    {
        var output = await RunAsync(ct, "archive", "--format=" + format, "--prefix=" + prefix, "--end-of-options", revision);
        return output.ExitCode == 0 ? output.Bytes : null;
    }

    /// <summary>The text of the difference that a branch brings, from the point where it left its base.</summary>
    public async Task<string> DiffAsync(string from, string to, CancellationToken ct) =>
        (await RunAsync(ct, "diff", "--no-ext-diff", "--no-color", "--end-of-options", $"{from}...{to}")).Text;

    /// <summary>Gets the objects of a commit from another repository of this machine.</summary>
    public Task TakeAsync(BareRepository other, string sha, CancellationToken ct) =>
        other.Folder == Folder
            ? Task.CompletedTask
            : GitProgram.RunCheckedAsync(
                Folder, ["-c", "gc.auto=0", "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", other.Folder, sha], ct);

    public Task<GitOutput> RunAsync(CancellationToken ct, params string[] arguments) => GitProgram.RunAsync(Folder, arguments, default, ct);

    private static TreeEntry ParseEntry(string text)
    {
        string[] parts = text.Split('\t', 2);
        string[] facts = parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new TreeEntry(facts[0], facts[1], facts[2], facts[3] == "-" ? null : long.Parse(facts[3], CultureInfo.InvariantCulture), parts[1]);
    }

    private static CommitInfo ParseCommit(string text)
    {
        string[] parts = text.Split(FieldEnd, 9);
        return new CommitInfo(
            parts[0], parts[1], parts[2].Split(' ', StringSplitOptions.RemoveEmptyEntries), new Person(parts[3], parts[4]), new Person(parts[5], parts[6]),
            DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[7], CultureInfo.InvariantCulture)), parts[8]);
    }
}
