using Packit.Automation.Nvr;
using Packit.Automation.Settings;
using Packit.DistGit;
using Packit.Sandbox;
using Packit.Specfile;
using Packit.TestSupport;

namespace Packit.Automation.Tests.Nvr;

public sealed class NvrReaderTests(PostgresServer server)
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory]
    [InlineData("Release: 3%{?dist}", "hello-1.0-3.fc43")]
    [InlineData("Release: %autorelease", "hello-1.0-1.fc43")]
    [InlineData("Release: %{autorelease}", "hello-1.0-1.fc43")]
    [InlineData("Release: %autorelease -b 4", "hello-1.0-4.fc43")]
    [InlineData("Release: %autorelease -p -e rc1 -s 20260101git1234abc", "hello-1.0-0.1.rc1.20260101git1234abc.fc43")]
    [InlineData("Release: %autorelease -n", "hello-1.0-1")]
    [InlineData("%global baserelease 7\nRelease: %{baserelease}%{?dist}.1", "hello-1.0-7.fc43.1")]
    public async Task A_commit_is_built_as_its_spec_says(string release, string nvr)
    {
        await using var story = await ForgeStory.BeginAsync(server);
        await story.World.CreatePackageAsync("hello", ["rawhide", "f43"], Spec("1.0", release));

        var known = Assert.IsType<NvrReading.Known>(await ReadAsync(story, "f43"));

        Assert.Equal(nvr, known.Nvr);
    }

    [Fact]
    public async Task Commits_since_the_version_changed_count_also_those_that_lie_deeper_than_the_first_look()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        var package = await story.World.CreatePackageAsync("hello", ["rawhide"], Spec("0.9", "Release: %autorelease"));
        await package.PushCommitAsync("rawhide", Spec("1.0", "Release: %autorelease"), "Update to 1.0", ct: Ct);
        for (var i = 0; i < 104; i++)
        {
            await package.PushCommitAsync("rawhide", new FileSet { [$"patch{i}"] = $"{i}\n" }, $"Patch {i}", ct: Ct);
        }

        var known = Assert.IsType<NvrReading.Known>(await ReadAsync(story, "rawhide"));

        Assert.Equal("hello-1.0-105.fc45", known.Nvr);
    }

    [Fact]
    public async Task A_release_that_only_code_could_tell_stays_unknown_and_says_where()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        await story.World.CreatePackageAsync("hello", ["rawhide"], Spec("1.0", "Release: %(date +%%s)"));

        var unknown = Assert.IsType<NvrReading.Unknown>(await ReadAsync(story, "rawhide"));

        Assert.Contains("Release of hello.spec", unknown.Reason, StringComparison.Ordinal);
        Assert.Contains("date", unknown.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_branch_without_a_spec_says_so()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        await story.World.CreatePackageAsync("hello", ["rawhide"], new FileSet { ["dead.package"] = "Retired\n" });

        var unknown = Assert.IsType<NvrReading.Unknown>(await ReadAsync(story, "rawhide"));

        Assert.Contains("no file hello.spec", unknown.Reason, StringComparison.Ordinal);
    }

    private static async Task<NvrReading> ReadAsync(ForgeStory story, string branch)
    {
        var folder = Directory.CreateTempSubdirectory("packit-nvr-");
        try
        {
            await using var repository = await GitRepository.CreateAsync(story.Get<GitProgram>(), folder.FullName, Ct);
            var remote = story.Get<DistGitAddresses>().Main("hello");
            var want = new GitWant.Branch(branch);
            var fetched = await repository.FetchAsync(remote, [want], FetchDepth.Tip, withoutLargeBlobs: false, Ct);
            return await NvrReader.ReadAsync(
                repository, remote, "hello", branch, fetched[want]!, MacroContext.ForDistGitBranch(branch, rawhide: 45), Ct);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static FileSet Spec(string version, string release) => new()
    {
        ["hello.spec"] = $"""
            Name: hello
            Version: {version}
            {release}
            Summary: Says hello

            %description
            Hello.

            %changelog
            %autochangelog
            """,
    };
}
