using Packit.Automation.Reporting.Texts;
using Packit.DistGit;
using Packit.Specfile;

namespace Packit.Automation.Nvr;

/// <summary>
/// Tells what a commit in dist-git would be built as, as <c>fedpkg verrel</c> does, without running anything of the spec: macros are expanded
/// statically, and the number of <c>%autorelease</c> is counted from the history.
/// </summary>
public static class NvrReader
{
    private const int SpecCap = 8 * 1024 * 1024;

    /// <summary>Enough history for nearly every version of a package; only what lies deeper needs all of it.</summary>
    private static readonly FetchDepth[] Depths = [new(100), FetchDepth.Full];

    /// <summary>Reads name, version and release of a commit.</summary>
    /// <param name="repository">Where the commit was fetched to.</param>
    /// <param name="remote">Where more of the history can be had, when <c>%autorelease</c> needs it.</param>
    /// <param name="package">Name of the package, and of its spec.</param>
    /// <param name="branch">The dist-git branch that the commit is on.</param>
    /// <param name="commit">Full sha.</param>
    /// <param name="macros">The macros of the branch's builders (<see cref="MacroContext.ForDistGitBranch"/>).</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="GitException">Dist-git cannot be read.</exception>
    public static async Task<NvrReading> ReadAsync(
        GitRepository repository, GitRemote remote, string package, string branch, string commit, MacroContext macros, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(macros);
        var specName = $"{package}.spec";
        if (await repository.FindFileAsync(commit, specName, cancellationToken) is not { } oid)
        {
            return new NvrReading.Unknown(KojiBuildTexts.NoSpec(specName, commit));
        }

        var spec = await repository.ReadAsync(oid, SpecCap, cancellationToken);
        var reading = SpecFile.Parse(spec).Read(macros);
        if (reading.UsesAutorelease)
        {
            var number = await ReleaseNumberAsync(repository, remote, specName, branch, commit, macros, cancellationToken);
            reading = AutoreleaseSpec.Read(spec, number, macros);
        }

        return Of(reading, specName);
    }

    private static NvrReading Of(SpecReading reading, string specName)
    {
        foreach (var (tag, value) in new[] { ("Name", reading.Name), ("Version", reading.Version), ("Release", reading.Release) })
        {
            switch (value)
            {
                case SpecValue.Absent:
                    return new NvrReading.Unknown(KojiBuildTexts.NoSpecTag(specName, tag));
                case SpecValue.Unknown unknown:
                    return new NvrReading.Unknown(KojiBuildTexts.SpecTagUnknown(tag, specName, unknown.Reason));
            }
        }

        return new NvrReading.Known(reading.Name.TextOrNull!, reading.Version.TextOrNull!, reading.Release.TextOrNull!, reading.Epoch.TextOrNull);
    }

    private static async Task<int> ReleaseNumberAsync(
        GitRepository repository, GitRemote remote, string specName, string branch, string commit, MacroContext macros, CancellationToken cancellationToken)
    {
        // Many commits hold the same spec, and specs are long.
        var versions = new Dictionary<string, string?>(StringComparer.Ordinal);
        for (var step = 0; ; step++)
        {
            await repository.FetchAsync(remote, [new GitWant.Branch(branch)], Depths[step], withoutLargeBlobs: false, cancellationToken);
            try
            {
                return await new PackageHistory(ReadCommitAsync).ReleaseNumberAsync(commit, cancellationToken);
            }
            catch (GitException ends) when (ends.Kind == GitFailure.NotFound && step < Depths.Length - 1)
            {
                // The version is older than what was fetched.
            }
        }

        async Task<HistoryCommit> ReadCommitAsync(string sha, CancellationToken token)
        {
            var facts = await repository.CommitAsync(sha, token);
            var bump = MagicComments.BumpRelease(facts.Message);
            if (await repository.FindFileAsync(sha, specName, token) is not { } oid)
            {
                return new HistoryCommit(facts.Parents, HasSpec: false, Version: null, bump);
            }

            if (!versions.TryGetValue(oid, out var version))
            {
                var spec = await repository.ReadAsync(oid, SpecCap, token);
                versions[oid] = version = AutoreleaseSpec.EpochVersion(AutoreleaseSpec.Read(spec, number: 1, macros));
            }

            return new HistoryCommit(facts.Parents, HasSpec: true, version, bump);
        }
    }
}
