namespace Packit.Sandbox;

/// <summary>The files of the demo's project and package.</summary>
internal static class DemoFiles
{
    public const string CommonChangelog = """
        * Tue Mar 03 2026 Demo Maintainer <demo-maintainer@fedora.example> - 1.0.0-1
        - Initial package
        """;

    public const string OlderChangelog = """
        * Thu Apr 02 2026 Demo Maintainer <demo-maintainer@fedora.example> - 1.0.0-2
        - Rebuild for the older toolchain

        * Tue Mar 03 2026 Demo Maintainer <demo-maintainer@fedora.example> - 1.0.0-1
        - Initial package
        """;

    private const string FirstSource = """
        #include <stdio.h>

        int main(void)
        {
            fputs("Hello, Fedora!", stdout);
            return 0;
        }
        """;

    private const string NextSource = """
        #include <stdio.h>

        int main(int argc, char **argv)
        {
            printf("Hello, %s!\n", argc > 1 ? argv[1] : "Fedora");
            return 0;
        }
        """;

    private const string Makefile = """
        PREFIX ?= /usr/local
        CFLAGS ?= -O2

        hello-fedora: src/hello.c
        	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $<

        install: hello-fedora
        	install -Dpm0755 hello-fedora $(DESTDIR)$(PREFIX)/bin/hello-fedora
        """;

    /// <summary>What the next release changes.</summary>
    public static FileSet NextVersion => new() { ["src/hello.c"] = Lines(NextSource), ["NEWS"] = "1.1.0\n- greets by name\n\n1.0.0\n- first release\n" };

    /// <summary>The upstream repository. Its spec is the template for the package, without a history of its own.</summary>
    public static FileSet Upstream(Uri url) => new()
    {
        [".packit.yaml"] = PackitYaml(url),
        ["hello-fedora.spec"] = Spec(url, "1.0.0", release: 1, changelog: ""),
        ["src/hello.c"] = Lines(FirstSource),
        ["Makefile"] = Lines(Makefile),
        ["LICENSE"] = "MIT\n",
        ["NEWS"] = "1.0.0\n- first release\n",
        ["README.md"] = "# hello-fedora\n\nGreets Fedora.\n",
    };

    /// <summary>A branch of the package. Its configuration names the project, by which the packagers agree to its releases.</summary>
    public static FileSet Package(Uri url, string archive, string hash, string changelog) => new()
    {
        [".packit.yaml"] = PackitYaml(url),
        ["hello-fedora.spec"] = Spec(url, "1.0.0", changelog == OlderChangelog ? 2 : 1, Lines(changelog)),
        ["sources"] = $"SHA512 ({archive}) = {hash}\n",
        [".gitignore"] = $"/{archive}\n",
    };

    private static string PackitYaml(Uri url) => Lines($$"""
        # How releases of this project get into Fedora.
        specfile_path: hello-fedora.spec
        upstream_package_name: hello-fedora
        downstream_package_name: hello-fedora
        upstream_project_url: {{url}}
        upstream_tag_template: v{version}

        jobs:
          - job: propose_downstream
            trigger: release
            dist_git_branches:
              - fedora-all

          - job: koji_build
            trigger: commit
            dist_git_branches:
              - fedora-all

          - job: bodhi_update
            trigger: commit
            dist_git_branches:
              - fedora-branched
        """);

    private static string Spec(Uri url, string version, int release, string changelog) => Lines($$"""
        Name:           hello-fedora
        Version:        {{version}}
        Release:        {{release}}%{?dist}
        Summary:        Greets Fedora

        License:        MIT
        URL:            {{url}}
        Source0:        %{url}/archive/v%{version}/%{name}-%{version}.tar.gz

        BuildRequires:  gcc
        BuildRequires:  make

        %description
        A greeting that travels from an upstream release into every branch of Fedora.

        %prep
        %autosetup

        %build
        %make_build

        %install
        %make_install PREFIX=%{_prefix}

        %files
        %license LICENSE
        %doc README.md NEWS
        %{_bindir}/hello-fedora

        %changelog
        """) + changelog;

    private static string Lines(string text) => text.ReplaceLineEndings("\n") + "\n";
}
