using Microsoft.EntityFrameworkCore;
using Packit.Automation.KojiBuild;
using Packit.Automation.Storage;
using Packit.TestSupport;

namespace Packit.Automation.Tests.KojiBuild;

/// <summary>The right to make the one build of an NVR, at the very moment in which its holder gives it back.</summary>
public sealed class NvrClaimTests(PostgresServer server)
{
    private const string Nvr = "hello-1.1-1.fc43";

    private const string Config = """
        jobs:
        - job: koji_build
          trigger: commit
          dist_git_branches: [fedora-all]
          allowed_committers: [maint]
        """;

    [Fact]
    public async Task A_claim_that_its_holder_gives_back_at_that_moment_is_really_taken()
    {
        await using var story = await BuildStory.BeginAsync(server, Config, provider: DatabaseProvider.PostgreSql);
        await story.PushAsync("1.1");
        await story.PushAsync("1.1", "rawhide");
        var builds = await story.BuildsAsync();
        var rows = story.Get<KojiBuildRows>();
        Assert.Null(await rows.ClaimAsync(builds[0].Id, Nvr, CancellationToken.None));
        await AfterTheFirstLookAsync(story, $"DELETE FROM nvr_claims WHERE target_id = {builds[0].Id}");

        Assert.Null(await rows.ClaimAsync(builds[1].Id, Nvr, CancellationToken.None));

        await using var database = story.Get<IPackitDbFactory>().Create();
        Assert.Equal(builds[1].Id, (await database.NvrClaims.AsNoTracking().SingleAsync()).TargetId);
    }

    [Fact]
    public async Task A_claim_whose_holder_ends_at_that_moment_is_taken_over()
    {
        await using var story = await BuildStory.BeginAsync(server, Config, provider: DatabaseProvider.PostgreSql);
        await story.PushAsync("1.1");
        await story.PushAsync("1.1", "rawhide");
        var builds = await story.BuildsAsync();
        var rows = story.Get<KojiBuildRows>();
        Assert.Null(await rows.ClaimAsync(builds[0].Id, Nvr, CancellationToken.None));
        await AfterTheFirstLookAsync(story, $"UPDATE koji_build_targets SET status = 'error' WHERE id = {builds[0].Id}");

        Assert.Null(await rows.ClaimAsync(builds[1].Id, Nvr, CancellationToken.None));

        await using var database = story.Get<IPackitDbFactory>().Create();
        Assert.Equal(builds[1].Id, (await database.NvrClaims.AsNoTracking().SingleAsync()).TargetId);
    }

    // The statement that takes over what has ended is the first look; right after it, the database does this.
    private static async Task AfterTheFirstLookAsync(BuildStory story, string sql)
    {
        await using var database = story.Get<IPackitDbFactory>().Create();
#pragma warning disable EF1002 // The texts are those of this file.
        await database.Database.ExecuteSqlRawAsync($"""
            CREATE FUNCTION meanwhile() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {sql}; RETURN NULL; END $$;
            CREATE TRIGGER meanwhile AFTER UPDATE ON nvr_claims FOR EACH STATEMENT EXECUTE FUNCTION meanwhile();
            """);
#pragma warning restore EF1002
    }
}
