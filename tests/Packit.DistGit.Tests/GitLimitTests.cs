using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Packit.DistGit.Tests.Servers;

namespace Packit.DistGit.Tests;

public sealed class GitLimitTests : GitStory
{
    [Fact]
    public async Task A_server_that_says_nothing_is_given_up_and_no_process_stays()
    {
        Server.Stall = new TaskCompletionSource();
        await using var repository = await OpenAsync(Options with { Timeout = TimeSpan.FromMilliseconds(400) }, "slow");
        var failed = await Assert.ThrowsAsync<GitException>(() => FetchAsync(repository));
        Assert.Equal(GitFailure.Timeout, failed.Kind);
        Assert.Contains("longer than 0.4 seconds", failed.Message, StringComparison.Ordinal);
        AssertNoProcess(repository);

        Server.Stall.SetResult();
        Server.Stall = null;
        await using var again = await OpenAsync(Options, "slow");
        Assert.NotNull((await FetchAsync(again))[new GitWant.Branch("rawhide")]);
    }

    [Fact]
    public async Task A_cancelled_transfer_ends_with_all_its_processes()
    {
        Server.Stall = new TaskCompletionSource();
        using var cancel = new CancellationTokenSource();
        var fetching = Repository.FetchAsync(Server.Remote("distgit"), [new GitWant.Branch("rawhide")], FetchDepth.Tip, false, cancel.Token);
        await Server.Stalled.WaitAsync(Token);
        await cancel.CancelAsync();
        await Task.WhenAny(fetching);
        Assert.True(fetching.IsCanceled);
        AssertNoProcess(Repository);
    }

    [Fact]
    public async Task A_repository_that_grows_beyond_the_limit_is_stopped_while_it_arrives()
    {
        AddNoise(megabytes: 24);
        await using var repository = await OpenAsync(Options with { MaxBytes = 2 << 20 }, "small");
        var failed = await Assert.ThrowsAsync<GitException>(() => FetchAsync(repository));
        Assert.Equal(GitFailure.TooLarge, failed.Kind);
        Assert.Empty(Directory.EnumerateFiles(repository.Folder, "tmp_*", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateFiles(repository.Folder, "*.lock", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Nothing_of_the_environment_of_the_service_reaches_git()
    {
        Environment.SetEnvironmentVariable("PACKIT_TEST_TOKEN", "secret");
        var script = Path.Combine(Server.Folder, "shows-environment");
        await File.WriteAllTextAsync(script, "#!/bin/sh\nexec env\n", Token);
        TestRepository.AllowExecution(script);
        var program = new GitProgram(Options with { Program = script }, TimeProvider.System, NullLogger<GitProgram>.Instance);
        var names = (await program.VersionAsync(Token)).Split('\n').Select(static line => line.Split('=')[0]).ToList();
        Assert.DoesNotContain(names, static name =>
            !name.StartsWith("GIT_", StringComparison.Ordinal) && name is not ("PATH" or "HOME" or "LC_ALL" or "PWD" or "SHLVL" or "_"));
        Assert.Contains("GIT_CONFIG_NOSYSTEM", names);
    }

    [Fact]
    public async Task A_missing_git_is_told_with_what_to_do()
    {
        var program = new GitProgram(new GitOptions { Program = "no-such-git" }, TimeProvider.System, NullLogger<GitProgram>.Instance);
        var failed = await Assert.ThrowsAsync<GitException>(() => program.VersionAsync(Token));
        Assert.Contains("install git", failed.Message, StringComparison.Ordinal);
        Assert.StartsWith("git version 2.", await Program.VersionAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_cannot_work_are_named_all_at_once() =>
        Assert.Equal(4, new GitOptions { Program = "", Timeout = TimeSpan.Zero, MaxBytes = 1, UserAgent = "a\nb" }.Problems().Count());

    [Fact]
    public async Task Reading_goes_on_after_the_reading_process_died()
    {
        var tip = (await FetchAsync(Repository))[new GitWant.Branch("rawhide")]!;
        Assert.Equal("Rebuild", (await Repository.CommitAsync(tip, Token)).Title);
        foreach (var id in ProcessesOf(Repository))
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            process.Kill();
            await process.WaitForExitAsync(Token);
        }

        await Assert.ThrowsAsync<GitException>(() => Repository.CommitAsync(tip, Token));
        Assert.Equal("Rebuild", (await Repository.CommitAsync(tip, Token)).Title);
    }

    private Task<GitRepository> OpenAsync(GitOptions options, string name) => GitRepository.CreateAsync(
        new GitProgram(options, TimeProvider.System, NullLogger<GitProgram>.Instance), Path.Combine(Server.Folder, name), Token);

    private Task<FetchResult> FetchAsync(GitRepository repository) =>
        repository.FetchAsync(Server.Remote("distgit"), [new GitWant.Branch("rawhide")], FetchDepth.Tip, false, Token);

    // Random content does not compress, so what the server sends is as large as this.
    private void AddNoise(int megabytes)
    {
        var file = Path.Combine(Server.Folder, "noise");
        using (var stream = File.Create(file))
        {
            for (var count = 0; count < megabytes; count++)
            {
                stream.Write(RandomNumberGenerator.GetBytes(1 << 20));
            }
        }

        var blob = DistGit.Git("hash-object", "-w", file);
        var tree = TestGit.Run(DistGit.Path, System.Text.Encoding.ASCII.GetBytes($"100644 blob {blob}\tnoise\n"), ["mktree"]);
        var commit = DistGit.Git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit-tree", "-m", "Noise", tree);
        DistGit.Git("update-ref", "refs/heads/rawhide", commit);
    }

    // The kernel needs a moment to bury what was killed.
    private static void AssertNoProcess(GitRepository repository) =>
        Assert.True(SpinWait.SpinUntil(() => ProcessesOf(repository).Count == 0, TimeSpan.FromSeconds(2)), "A process of git is still alive.");

    /// <summary>Processes that work in a repository, found by their environment.</summary>
    private static List<int> ProcessesOf(GitRepository repository) =>
        [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(static name => name!.All(char.IsAsciiDigit))
            .Where(name => EnvironmentOf(name!).Contains($"GIT_DIR={repository.Folder}\0", StringComparison.Ordinal)).Select(static name => int.Parse(name!))];

    private static string EnvironmentOf(string process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/environ") + "\0";
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
