using System.Collections.Frozen;

namespace Packit.Specfile;

/// <summary>
/// What a builder's rpm defines before it reads a spec, as far as versions, sources and conditions use it: the platform is a
/// 64-bit x86 Linux, as on Fedora's builders.
/// </summary>
internal static class StandardMacros
{
    private static readonly FrozenDictionary<string, MacroEntry> Entries = Build().ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, MacroEntry>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Entries.GetAlternateLookup<ReadOnlySpan<char>>();

    public static MacroEntry? Find(ReadOnlySpan<char> name) => Lookup.TryGetValue(name, out var entry) ? entry : null;

    private static Dictionary<string, MacroEntry> Build()
    {
        var entries = new Dictionary<string, MacroEntry>(StringComparer.Ordinal);

        void Plain(string name, string body) => entries[name] = new MacroEntry(null, body);
        void Parametric(string name, string options, string body) => entries[name] = new MacroEntry(options, body);

        foreach (var (name, body) in Paths)
        {
            Plain(name, body);
        }

        Plain("nil", "");
        Plain("_arch", "x86_64");
        Plain("_build_arch", "x86_64");
        Plain("_host_cpu", "x86_64");
        Plain("_target_cpu", "x86_64");
        Plain("_target_platform", "x86_64-redhat-linux");
        Plain("_os", "linux");
        Plain("_build_os", "linux");
        Plain("_host_os", "linux");
        Plain("_target_os", "linux");
        Plain("_vendor", "redhat");
        Plain("_host", "x86_64-redhat-linux-gnu");
        Plain("__isa_name", "x86");
        Plain("__isa_bits", "64");
        Plain("_isa", "(x86-64)");
        Plain("ix86", "i386 i486 i586 i686 pentium3 pentium4 athlon geode");
        Plain("x86_64", "x86_64 x86_64_v2 x86_64_v3 x86_64_v4 amd64 em64t");
        Plain("arm", "armv3l armv4b armv4l armv4tl armv5tl armv5tel armv5tejl armv6l armv6hl armv7l armv7hl armv7hnl armv8l armv8hl armv8hnl armv8hcnl");
        Plain("arm64", "aarch64");
        Plain("power64", "ppc64 ppc64p7 ppc64le");
        Plain("riscv", "riscv32 riscv64 riscv128");

        // Build conditions and tests, as rpm 4.18 and newer define them.
        Parametric("bcond", "", "%[ (%2) ? \"%{expand:%%{!?_without_%{1}:%%global with_%{1} 1}}\" : \"%{expand:%%{?_with_%{1}:%%global with_%{1} 1}}\" ]");
        Parametric("bcond_with", "", "%{bcond %{1} 0}");
        Parametric("bcond_without", "", "%{bcond %{1} 1}");
        Parametric("with", "", "%{expand:%%{?with_%{1}:1}%%{!?with_%{1}:0}}");
        Parametric("without", "", "%{expand:%%{?with_%{1}:0}%%{!?with_%{1}:1}}");
        Parametric("defined", "", "%{expand:%%{?%{1}:1}%%{!?%{1}:0}}");
        Parametric("undefined", "", "%{expand:%%{?%{1}:0}%%{!?%{1}:1}}");

        // Fedora's forms of a version for the names of tags and files.
        Parametric("version_no_tilde", "", "%{gsub %{?2}%{!?2:%{version}} ~ %{?1}%{!?1:-}}");

        // Where Fedora's language macros put a release's archive.
        Parametric(
            "pypi_source",
            "",
            "https://files.pythonhosted.org/packages/source/%{sub %{?1}%{!?1:%{?srcname}%{!?srcname:%{?pypi_name}%{!?pypi_name:%{name}}}} 1 1}"
            + "/%{?1}%{!?1:%{?srcname}%{!?srcname:%{?pypi_name}%{!?pypi_name:%{name}}}}"
            + "/%{?1}%{!?1:%{?srcname}%{!?srcname:%{?pypi_name}%{!?pypi_name:%{name}}}}-%{?2}%{!?2:%{gsub %{version} ~ %{quote:}}}.%{?3}%{!?3:tar.gz}");
        Parametric(
            "crates_source",
            "",
            "https://crates.io/api/v1/crates/%{?1}%{!?1:%{crate}}/%{?2}%{!?2:%{?crate_version}%{!?crate_version:%{version_no_tilde}}}"
            + "/download#/%{?1}%{!?1:%{crate}}-%{?2}%{!?2:%{?crate_version}%{!?crate_version:%{version_no_tilde}}}.crate");
        return entries;
    }

    private static (string Name, string Body)[] Paths =>
    [
        ("_prefix", "/usr"),
        ("_exec_prefix", "%{_prefix}"),
        ("_bindir", "%{_exec_prefix}/bin"),
        ("_sbindir", "%{_exec_prefix}/sbin"),
        ("_libexecdir", "%{_exec_prefix}/libexec"),
        ("_datarootdir", "%{_prefix}/share"),
        ("_datadir", "%{_datarootdir}"),
        ("_sysconfdir", "/etc"),
        ("_localstatedir", "/var"),
        ("_sharedstatedir", "/var/lib"),
        ("_rundir", "/run"),
        ("_lib", "lib64"),
        ("_libdir", "%{_exec_prefix}/%{_lib}"),
        ("_includedir", "%{_prefix}/include"),
        ("_infodir", "%{_datarootdir}/info"),
        ("_mandir", "%{_datarootdir}/man"),
        ("_docdir", "%{_datadir}/doc"),
        ("_defaultdocdir", "%{_datadir}/doc"),
        ("_topdir", "/builddir/build"),
        ("_builddir", "%{_topdir}/BUILD"),
        ("_sourcedir", "%{_topdir}/SOURCES"),
        ("_specdir", "%{_topdir}/SPECS"),
        ("_srcrpmdir", "%{_topdir}/SRPMS"),
        ("_rpmdir", "%{_topdir}/RPMS"),
        ("_buildrootdir", "%{_topdir}/BUILDROOT"),
        ("_tmppath", "/var/tmp"),
        ("_rpmconfigdir", "/usr/lib/rpm"),
        ("_usr", "/usr"),
        ("_var", "/var"),
    ];
}
