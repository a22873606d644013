using System.Text;
using Packit.Sandbox.Git;
using Packit.Sandbox.Lookaside;
using Packit.Sandbox.Pagure;
using Packit.Specfile;

namespace Packit.Sandbox.Koji;

/// <summary>Checks a source out of the sandbox's dist-git and reads name, version, release and changelog from its spec.</summary>
internal sealed class SourceReader(PagureStandIn pagure, LookasideStandIn lookaside)
{
    private static readonly string[] FedoraHosts = ["src.fedoraproject.org", "pkgs.fedoraproject.org"];
    private static readonly string[] Schemes = ["git", "git+http", "git+https", "git+rsync", "git+ssh"];

    /// <summary>Looks at a source.</summary>
    /// <param name="source">The SCM URL as it was asked for.</param>
    /// <param name="scratch">Forks and commits beside the branches are allowed.</param>
    /// <param name="release">The release's root tag, such as <c>f43</c>: it decides what <c>%dist</c> is.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<SourceReading> ReadAsync(string source, bool scratch, string release, CancellationToken ct)
    {
        int at = source.IndexOf("://", StringComparison.Ordinal);
        if (at < 0 || !Schemes.Contains(source[..at]))
        {
            return Bad(HubFault.Build($"Invalid source specification: {source}"));
        }

        if (!Uri.TryCreate("http" + source[at..], UriKind.Absolute, out var uri) || uri.Fragment.Length < 2)
        {
            return Bad(HubFault.Generic($"Unable to parse SCM URL: {source} . Could not find the fragment element."));
        }

        string[] path = uri.AbsolutePath.TrimStart('/').Split('/');
        bool isFork = path is ["forks", _, _, _];
        if ((uri.Authority != pagure.Address.Authority && !FedoraHosts.Contains(uri.Host)) || (!isFork && path.Length != 2) || (isFork && !scratch))
        {
            return Bad(HubFault.Build($"{uri.Authority}:{uri.AbsolutePath} is not in the list of allowed SCMs"));
        }

        string url = source[(source[..at].IndexOf('+', StringComparison.Ordinal) + 1)..source.IndexOf('#', StringComparison.Ordinal)];
        string wanted = uri.Fragment[1..];
        string name = path[^1].EndsWith(".git", StringComparison.Ordinal) ? path[^1][..^4] : path[^1];
        if (pagure.Find(path[^2], name, isFork ? path[1] : null) is not { } project)
        {
            return Failure($"git clone -n {url} /var/lib/mock/root/chroot_tmpdir/scmroot/{name}", LogTexts.NoRepository(url));
        }

        var git = pagure.GitOf(project);
        if (await git.ResolveAsync(wanted, ct) is not { } commit)
        {
            return Failure($"git reset --hard {wanted}", LogTexts.NoCommit(url, wanted));
        }

        var branches = await git.RunAsync(ct, "for-each-ref", "--format=%(refname)", "--contains", commit, "refs/heads/");
        if (!scratch && branches.Lines.Length == 0)
        {
            return new SourceReading.Failed(1004, "policy violation (scm)", "checkout.log", LogTexts.Checkout(url, commit));
        }

        if (await MissingArchiveAsync(git, commit, project, ct) is { } archive)
        {
            return new SourceReading.Failed(
                1005, "Error running sources command \"fedpkg sources\", see checkout.log for details", "checkout.log", LogTexts.NoArchive(url, commit, archive));
        }

        string resolved = source[..(source.IndexOf('#', StringComparison.Ordinal) + 1)] + commit;
        return await ReadSpecAsync(git, commit, name, release, resolved, LogTexts.Checkout(url, commit), ct);
    }

    private static SourceReading.Failed Bad(HubFault fault) => new(fault.Code, fault.Message, "checkout.log", "");

    private static SourceReading.Failed Failure(string command, string log) =>
        new(1005, $"Error running GIT command \"{command}\", see checkout.log for details", "checkout.log", log);

    /// <summary>The first file of <c>sources</c> that nobody uploaded, as <c>fedpkg sources</c> would find out.</summary>
    private async Task<string?> MissingArchiveAsync(BareRepository git, string commit, Project project, CancellationToken ct)
    {
        string text = await git.ReadAsync(commit, "sources", ct) is { } bytes ? Encoding.UTF8.GetString(bytes) : "";
        foreach (string line in text.Split('\n').Where(line => line.StartsWith("SHA512 (", StringComparison.Ordinal)))
        {
            int end = line.IndexOf(") = ", StringComparison.Ordinal);
            if (end > 0 && !File.Exists(lookaside.FileOf($"{project.Namespace}/{project.Name}", line[8..end], "sha512", line[(end + 4)..].Trim())))
            {
                return line[8..end];
            }
        }

        return null;
    }

    private static async Task<SourceReading> ReadSpecAsync(
        BareRepository git, string commit, string package, string release, string resolved, string checkout, CancellationToken ct)
    {
        string? file = (await git.ListAsync(commit, "", recursive: false, ct))?.Select(entry => entry.Path).FirstOrDefault(path => path.EndsWith(".spec", StringComparison.Ordinal));
        if (file is null || await git.ReadAsync(commit, file, ct) is not { } bytes)
        {
            return new SourceReading.Failed(1005, "No spec file found", "checkout.log", checkout);
        }

        var macros = MacroContext.ForDistGitBranch(release);
        var spec = SpecFile.Parse(bytes);
        var reading = spec.Read(macros);
        if (reading is not { Name: SpecValue.Known { Text: var name }, Version: SpecValue.Known { Text: var version } }
            || (!reading.UsesAutorelease && reading.Release is not SpecValue.Known))
        {
            return new SourceReading.Failed(
                1005, "error building srpm, mock exited with status 1; see build.log or root.log for more information", "build.log",
                LogTexts.BadSpec(package, $"name {reading.Name}, version {reading.Version}, release {reading.Release}"));
        }

        var history = reading.UsesAutorelease || reading.UsesAutochangelog ? await AutoRelease.ReadAsync(git, commit, file, macros, ct) : null;
        string dist = macros.Macros.GetValueOrDefault("dist") ?? "";
        return new SourceReading.Found(
            name,
            version,
            reading.UsesAutorelease ? history![0].Release + dist : reading.Release.TextOrNull!,
            int.TryParse(reading.Epoch.TextOrNull, out int epoch) ? epoch : null,
            spec.Tags.Any(tag => tag.Name.Equals("BuildArch", StringComparison.OrdinalIgnoreCase) && tag.Value.Trim() == "noarch"),
            reading.UsesAutochangelog ? AutoRelease.Changelog(history!) : SpecChangelog.Read(spec),
            resolved,
            checkout);
    }
}
