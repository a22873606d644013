using System.Diagnostics;

namespace Packit.DistGit.Tests;

/// <summary>Random items, carried out by rsync itself on real files and by our plan on trees: the results must be the same.</summary>
public sealed class FileSyncAgainstRsyncTests : IDisposable
{
    private static readonly string[] Names = ["a", "b", "c.patch", "d.md"];
    private static readonly string[] Rules =
    [
        "protect *.patch", "P /a", "P a/", "exclude *.md", "- /a/b", "- a/", "+ a/**", "- *", "include */", "hide b", "risk b", "-,s *.patch", "-,r a",
        "- a/*", "- **/b", "exclude a/***", "show a", "- [ab]", "- /*/a", "-! *.md", "+ /a", "H /b/", "- a/**/b", "P ?",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("packit-rsync-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_plan_does_what_rsync_does()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/rsync"), "rsync is not installed (Debian package rsync).");
        var stricter = 0;
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var (upstream, distGit) = (RandomFiles(random, 'u'), RandomFiles(random, 'd'));
            var item = new FileSyncItem(
                [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => RandomSource(random, upstream))],
                random.Next(4) == 0 ? "./" : RandomPath(random) + (random.Next(3) == 0 ? "/" : ""),
                random.Next(2) == 0,
                random.Next(2) == 0,
                [.. Enumerable.Range(0, random.Next(4)).Select(_ => Rules[random.Next(Rules.Length)])]);
            if (item.Src.All(static src => src == "missing"))
            {
                // rsync then stumbles over the destination; for us there is nothing to do.
                continue;
            }

            var expected = Rsync(item, upstream, distGit);
            var actual = Planned(item, upstream, new SortedDictionary<string, string>(distGit, StringComparer.Ordinal));
            if (actual == "refused" && expected != "refused")
            {
                // A file and a directory of the same name from two sources: refusing is safe.
                stricter++;
                continue;
            }

            Assert.True(expected == actual, $"""
                seed {seed}: src [{string.Join(", ", item.Src)}] dest {item.Dest} mkpath {item.MkPath} delete {item.Delete} filters [{string.Join(", ", item.Filters)}]
                upstream: {string.Join(" ", upstream.Keys)}
                dist-git: {string.Join(" ", distGit.Keys)}
                rsync:    {expected}
                plan:     {actual}
                """);
        }

        Assert.InRange(stricter, 0, 3);
    }

    private static string RandomPath(Random random) => string.Join('/', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Names[random.Next(Names.Length)]));

    // Something that exists, or a missing name at the root: rsync stumbles over a missing directory on the way, which our plan only notes.
    private static string RandomSource(Random random, SortedDictionary<string, string> upstream)
    {
        if (random.Next(20) == 0)
        {
            return "missing";
        }

        var path = upstream.Keys.ElementAt(random.Next(upstream.Count)).Split('/');
        var depth = random.Next(1, path.Length + 1);
        return string.Join('/', path[..depth]) + (depth < path.Length && random.Next(2) == 0 ? "/" : "");
    }

    private static SortedDictionary<string, string> RandomFiles(Random random, char side)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var count = random.Next(1, 9); count > 0; count--)
        {
            var path = RandomPath(random);
            if (!files.Keys.Any(other => other == path || other.StartsWith(path + "/", StringComparison.Ordinal) || path.StartsWith(other + "/", StringComparison.Ordinal)))
            {
                files[path] = side + path;
            }
        }

        return files;
    }

    private static string Planned(FileSyncItem item, SortedDictionary<string, string> upstream, SortedDictionary<string, string> distGit)
    {
        if (FileSync.Plan([item], Tree(upstream), "", Tree(distGit), null) is not FileSyncPlan.Possible plan)
        {
            return "refused";
        }

        var names = upstream.Values.Concat(distGit.Values).ToDictionary(Oid, static content => content);
        foreach (var change in plan.Changes)
        {
            distGit.Remove(change.Path);
            if (change is TreeChange.PutExisting put)
            {
                distGit[put.Path] = names[put.Oid];
            }
        }

        return Shown(distGit);
    }

    private static GitTree Tree(SortedDictionary<string, string> files) =>
        new(files.Select(static file => new GitTreeEntry(file.Key, GitEntryKind.File, Oid(file.Value))));

    private static string Oid(string content) => Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(content)).PadRight(40, '0');

    private static string Shown(IEnumerable<KeyValuePair<string, string>> files) => string.Join(" ", files.Select(static file => $"{file.Key}={file.Value}"));

    private string Rsync(FileSyncItem item, SortedDictionary<string, string> upstream, SortedDictionary<string, string> distGit)
    {
        var source = Write("up", upstream);
        var target = Write("down", distGit);
        List<string> arguments =
        [
            "--archive", "--ignore-missing-args", "--ignore-times", .. item.Delete ? (string[])["--delete"] : [], .. item.MkPath ? (string[])["--mkpath"] : [],
            .. item.Filters.SelectMany(static filter => (string[])["--filter", filter]), .. item.Src.Select(src => Path.Combine(source, src)),
            Path.Combine(target, item.Dest),
        ];
        using var rsync = Process.Start(new ProcessStartInfo("rsync", arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        rsync.StandardError.ReadToEnd();
        rsync.WaitForExit();
        return rsync.ExitCode != 0 ? "refused" : Shown(Directory.EnumerateFiles(target, "*", SearchOption.AllDirectories)
            .OrderBy(static path => path, StringComparer.Ordinal)
            .Select(path => KeyValuePair.Create(Path.GetRelativePath(target, path), File.ReadAllText(path))));
    }

    private string Write(string name, SortedDictionary<string, string> files)
    {
        var root = Path.Combine(_folder, name);
        if (Directory.Exists(root))
        {
            Directory.Delete(root, recursive: true);
        }

        Directory.CreateDirectory(root);
        foreach (var (path, content) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, path))!);
            File.WriteAllText(Path.Combine(root, path), content);
        }

        return root;
    }
}
