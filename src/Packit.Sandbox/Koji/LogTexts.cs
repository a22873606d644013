namespace Packit.Sandbox.Koji;

/// <summary>What builders write into their logs, shortened to what a reader looks for.</summary>
internal static class LogTexts
{
    /// <summary><c>checkout.log</c> of a source that was found.</summary>
    public static string Checkout(string url, string commit) => $"""
        $ git clone -n {url} /var/lib/mock/root/chroot_tmpdir/scmroot/source
        Cloning into '/var/lib/mock/root/chroot_tmpdir/scmroot/source'...
        $ git reset --hard {commit}
        HEAD is now at {commit[..Math.Min(7, commit.Length)]}
        $ fedpkg sources

        """;

    public static string NoRepository(string url) => $"""
        $ git clone -n {url} /var/lib/mock/root/chroot_tmpdir/scmroot/source
        Cloning into '/var/lib/mock/root/chroot_tmpdir/scmroot/source'...
        remote: Not Found
        fatal: repository '{url}/' not found

        """;

    public static string NoCommit(string url, string commit) => $"""
        $ git clone -n {url} /var/lib/mock/root/chroot_tmpdir/scmroot/source
        Cloning into '/var/lib/mock/root/chroot_tmpdir/scmroot/source'...
        $ git reset --hard {commit}
        fatal: Could not parse object '{commit}'.

        """;

    public static string NoArchive(string url, string commit, string file) => Checkout(url, commit) + $"""
        Downloading {file} from the lookaside cache
        Could not execute sources: {file}: 404 Not Found

        """;

    public static string BadSpec(string name, string reason) => $"""
        Building target platforms: noarch
        error: line 1: {name}.spec: {reason}
        Child return code was: 1

        """;

    public static string Running(string nvr, string arch) => $"""
        Mock Version: 6.3
        Start: rpmbuild {nvr}.src.rpm
        ENTER ['do_with_status'](['bash', '--login', '-c', '/usr/bin/rpmbuild -bb --noclean --target {arch} --nodeps /builddir/build/SPECS/package.spec'])
        Building target platforms: {arch}
        Building for target {arch}
        Executing(%prep): /bin/sh -e /var/tmp/rpm-tmp.prep
        + exit 0
        Executing(%build): /bin/sh -e /var/tmp/rpm-tmp.build

        """;

    public static string Succeeded(string nvr, string arch) => $"""
        + exit 0
        Processing files: {nvr}.{arch}
        Wrote: /builddir/build/RPMS/{nvr}.{arch}.rpm
        Finish: rpmbuild {nvr}.src.rpm
        Child return code was: 0

        """;

    public static string Failed(string log) => $"""
        {log.TrimEnd('\n')}
        RPM build errors:
        error: Bad exit status from /var/tmp/rpm-tmp.build (%build)
            Bad exit status from /var/tmp/rpm-tmp.build (%build)
        Child return code was: 1
        EXCEPTION: [Error('Command failed: \n # bash --login -c /usr/bin/rpmbuild -bb', 1)]

        """;
}
