using Microsoft.Extensions.Logging.Abstractions;
using Packit.DistGit.Tests.Servers;

namespace Packit.DistGit.Tests;

/// <summary>A git server with an upstream and a dist-git repository, and a repository of ours to work in.</summary>
public abstract class GitStory : IAsyncLifetime
{
    protected static readonly GitIdentity Packit = new("Packit", "hello@packit.dev");
    protected static readonly DateTimeOffset Date = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    protected GitServer Server { get; private set; } = null!;

    protected TestRepository Upstream { get; private set; } = null!;

    protected TestRepository DistGit { get; private set; } = null!;

    protected GitProgram Program { get; private set; } = null!;

    protected GitRepository Repository { get; private set; } = null!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected virtual GitOptions Options => new() { AllowHttp = true, Timeout = TimeSpan.FromSeconds(20) };

    public async ValueTask InitializeAsync()
    {
        Server = await GitServer.StartAsync();
        Upstream = Server.Create("upstream");
        Upstream.Commit("rawhide", "First", ("hello.spec", "Name: hello\n"), ("docs/guide.md", "Read me\n"));
        Upstream.Git("-c", "user.name=a", "-c", "user.email=a@example.org", "tag", "-a", "-m", "1.0", "v1.0", "rawhide");
        DistGit = Server.Create("distgit");
        DistGit.Commit("rawhide", "Import", ("hello.spec", "Name: hello\nVersion: 0.9\n"), ("sources", ""));
        DistGit.Commit("rawhide", "Rebuild", ("tests/run", "!echo ok\n"));
        DistGit.Git("branch", "f43", "rawhide");
        Program = new GitProgram(Options, TimeProvider.System, NullLogger<GitProgram>.Instance);
        Repository = await GitRepository.CreateAsync(Program, Path.Combine(Server.Folder, "work"), Token);
    }

    public async ValueTask DisposeAsync()
    {
        await Repository.DisposeAsync();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task<string> FetchAsync(GitRemote remote, GitWant want) =>
        (await Repository.FetchAsync(remote, [want], FetchDepth.Tip, withoutLargeBlobs: false, Token))[want]
        ?? throw new InvalidOperationException($"{want} is missing.");

    protected static CommitDraft Draft(string parent, params TreeChange[] changes) => new()
    {
        Parent = parent,
        Message = "Update to 1.0 upstream release\n\nUpstream tag: v1.0",
        Author = Packit,
        Date = Date,
        Changes = changes,
    };

    protected static TreeChange.Put Put(string path, string content, bool executable = false) =>
        new(path, System.Text.Encoding.UTF8.GetBytes(content), executable);
}
