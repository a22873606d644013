using System.Diagnostics;
using System.Globalization;
using System.Text;
using Packit.PackageConfig;
using Packit.Specfile;

namespace Packit.Benchmarks.Editing;

/// <summary>Spec edits and config reading: time of one operation, warm.</summary>
internal sealed class EditingBenchmark : IBenchmark
{
    public string Verb => "editing";

    public string Usage => "editing                                               spec load + version + changelog + save by size, round trip alone, config reading";

    public Task<int> RunAsync(Arguments arguments)
    {
        Console.WriteLine("spec lines   round trip ms   edit ms");
        foreach (var lines in new[] { 300, 5_000, 60_000 })
        {
            var spec = Spec(lines);
            var rounds = Math.Max(5, 60_000 / lines);
            var trip = Time(rounds, () => SpecFile.Parse(spec).ToBytes());
            var edit = Time(rounds, () => Edit(spec));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{lines,10}   {trip,13:0.000}   {edit,7:0.000}"));
        }

        Console.WriteLine("config jobs   read ms");
        foreach (var jobs in new[] { 1, 10 })
        {
            var config = Config(jobs);
            var source = new ConfigSource { RepositoryName = "hello" };
            var read = Time(300, () => PackageConfigReader.Read(config, source));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{jobs,11}   {read,7:0.000}"));
        }

        return Task.FromResult(0);
    }

    private static SpecUpdateResult Edit(byte[] spec)
    {
        var result = new SpecUpdate
        {
            UpstreamSpec = spec, Version = "1.2.3", Author = "Packit <hello@packit.dev>", Date = new DateOnly(2026, 1, 15),
            Macros = MacroContext.ForDistGitBranch("f43"),
        }.Apply();
        return result as SpecUpdateResult.Edited ?? throw new InvalidOperationException($"The edit was refused: {result}");
    }

    /// <summary>The median of single calls, in milliseconds, after a warm-up of as many.</summary>
    private static double Time(int rounds, Func<object?> work)
    {
        List<double> times = [];
        for (var round = 0; round < 2 * rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            _ = work();
            if (round >= rounds)
            {
                times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
        }

        times.Sort();
        return times[times.Count / 2];
    }

    private static byte[] Spec(int lines)
    {
        var spec = new StringBuilder(
            "%global forgeurl https://example.org/hello\nName: hello\nVersion: 1.0.0\nRelease: 1%{?dist}\nSummary: Hello\nLicense: MIT\nURL: %{forgeurl}\nSource0: %{url}/%{name}-%{version}.tar.gz\n");
        var half = lines / 2;
        for (var package = 0; package < half / 6; package++)
        {
            spec.Append(CultureInfo.InvariantCulture, $"\n%package part{package}\nSummary: Part {package} of %{{name}}\nRequires: %{{name}}%{{?_isa}} = %{{version}}-%{{release}}\n%description part{package}\nA part.\n");
        }

        spec.Append("\n%description\nHello.\n\n%prep\n%autosetup\n\n%build\n%if 0%{?fedora}\n%make_build\n%endif\n\n%files\n%license LICENSE\n\n%changelog\n");
        for (var entry = 0; entry < half / 3; entry++)
        {
            spec.Append(CultureInfo.InvariantCulture, $"* Mon Jan 05 2026 A Packager <packager@fedora.example> - 1.0.0-{(half / 3) - entry}\n- Change {entry}\n\n");
        }

        return Encoding.UTF8.GetBytes(spec.ToString());
    }

    private static byte[] Config(int jobs)
    {
        var config = new StringBuilder("specfile_path: hello.spec\nupstream_package_name: hello\ndownstream_package_name: hello\nupstream_tag_template: v{version}\njobs:\n");
        for (var job = 0; job < jobs; job++)
        {
            config.Append(job % 2 == 0
                ? "- job: propose_downstream\n  trigger: release\n  dist_git_branches: [fedora-all, epel-9]\n"
                : "- job: koji_build\n  trigger: commit\n  dist_git_branches: [fedora-all]\n  allowed_pr_authors: [packit, all_committers]\n");
        }

        return Encoding.UTF8.GetBytes(config.ToString());
    }
}
