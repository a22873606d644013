using System.Text;
using Packit.Automation.Intake;
using Packit.Automation.Storage;
using Packit.Automation.Tests.KojiBuild;
using Packit.Sandbox;
using Packit.Sandbox.Hosting;
using Packit.TestSupport;

namespace Packit.Automation.Tests.BodhiUpdate;

/// <summary>From a complete build to an update, and to its end.</summary>
public sealed class BodhiUpdateTests(PostgresServer server)
{
    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_complete_build_becomes_an_update_that_is_followed_until_it_is_stable(DatabaseProvider provider)
    {
        await using var story = await UpdateSteps.BeginAsync(server, provider: provider);

        await story.CompleteAsync();

        var made = story.Made();
        Assert.Equal(("enhancement", "F43", "packit"), (made.Type, made.Release, made.User));
        Assert.Equal([UpdateSteps.Nvr], made.Builds);
        Assert.StartsWith($"Automatic update for {UpdateSteps.Nvr}.", made.Notes, StringComparison.Ordinal);
        var update = await story.UpdateAsync();
        Assert.Equal((BodhiUpdateStatus.Success, BodhiUpdateStatus.Success, made.Alias, made.Url), (update.Status, update.Reported, update.Alias, update.WebUrl));
        Assert.Equal((Assert.Single(await story.BuildsAsync()).Id, BodhiUpdateState.Pending, "testing"), (update.BuildTargetId, update.UpdateState, update.UpdateRequest));
        Assert.NotNull(update.UpdateCreationTime);

        story.World.Bodhi.PushToTesting(made.Alias);
        await story.HearAndWorkAsync();
        Assert.Equal(BodhiUpdateState.Testing, (await story.UpdateAsync()).UpdateState);
        story.World.Bodhi.PushToStable(made.Alias);
        await story.HearAndWorkAsync();
        var stable = await story.UpdateAsync();
        Assert.Equal((BodhiUpdateState.Stable, null), (stable.UpdateState, stable.NextCheckAt));
        Assert.NotNull(stable.StableTime);
    }

    [Fact]
    public async Task Where_no_message_tells_bodhi_is_asked()
    {
        await using var story = await UpdateSteps.BeginAsync(server);
        await story.CompleteAsync();
        story.World.Bus.Loses = _ => true;
        story.World.Bodhi.Unpush(story.Made().Alias);
        await story.HearAndWorkAsync();
        Assert.Equal(BodhiUpdateState.Pending, (await story.UpdateAsync()).UpdateState);

        story.Time.Advance(TimeSpan.FromMinutes(11));
        await story.SweepAsync();

        var unpushed = await story.UpdateAsync();
        Assert.Equal((BodhiUpdateState.Unpushed, null), (unpushed.UpdateState, unpushed.NextCheckAt));
    }

    [Fact]
    public async Task A_build_of_rawhide_gets_none_and_it_is_told_why()
    {
        await using var story = await UpdateSteps.BeginAsync(server);

        await story.CompleteAsync(branch: "rawhide");

        Assert.Empty(await story.UpdatesAsync());
        Assert.Contains(await story.ReasonsAsync(), reason => reason.StartsWith("Bodhi itself makes the updates of rawhide", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_others_build_gets_one_only_when_the_config_allows_them()
    {
        await using var story = await UpdateSteps.BeginAsync(server);
        await story.BuildByHandAsync("jdoe");
        Assert.Empty(await story.UpdatesAsync());
        Assert.Contains("jdoe built it and is not in 'allowed_builders': packit.", await story.ReasonsAsync());

        await using var allowing = await UpdateSteps.BeginAsync(server, UpdateSteps.Jobs + "  allowed_builders: [jdoe]\n");
        await allowing.BuildByHandAsync("jdoe");
        Assert.Equal([UpdateSteps.Nvr], allowing.Made().Builds);
        var update = await allowing.UpdateAsync();
        Assert.Equal((BodhiUpdateStatus.Success, null, "jdoe"), (update.Status, update.BuildTargetId, update.Group.RequestedBy));
        Assert.Equal(ProjectEventType.KojiBuild, update.Group.ProjectEvent.Type);
    }

    [Fact]
    public async Task Builds_that_no_update_can_come_of_cost_no_look_up()
    {
        await using var story = await UpdateSteps.BeginAsync(server);
        foreach (var name in new[] { Servers.Pagure, Servers.Koji, Servers.Bodhi })
        {
            story.World.Faults.Add(new Fault { Server = name, Times = int.MaxValue, Kind = new FaultKind.Status(500) });
        }

        story.Koji.AddForeignBuild("world-1-1.fc44", "jdoe", "rawhide");
        story.Koji.AddForeignBuild("world-1-1.fc43", "jdoe", "f43-build-side-1");
        story.Koji.AddForeignBuild("world-2-1.fc43", "jdoe", "f43-candidate", "git+https://elsewhere.example/rpms/world.git#" + new string('a', 40));

        Assert.All(await story.HearAsync(), outcome => Assert.IsType<DeliveryOutcome.Handled>(outcome));
        Assert.Empty(await story.ReasonsAsync());
    }

    [Fact]
    public async Task A_build_that_has_the_name_of_another_package_gets_no_update()
    {
        await using var story = await UpdateSteps.BeginAsync(server);

        await story.BuildByHandAsync(story.World.ServiceUser, "bash-1.1-1.fc43");

        Assert.Empty(await story.UpdatesAsync());
    }

    [Fact]
    public async Task A_build_that_is_complete_before_its_lost_answer_is_found_is_ours_all_the_same()
    {
        await using var story = await UpdateSteps.BeginAsync(server);
        story.World.Faults.Add(new Fault { Server = Servers.Koji, Call = "build", Kind = new FaultKind.EffectThenCut() });
        await story.PushAsync("1.1");
        await story.WorkAsync();

        await story.Koji.FinishAsync(story.Asked[^1].Id);
        var early = await story.HearAsync();

        Assert.Single(early.OfType<DeliveryOutcome.Later>());
        Assert.Empty(await story.UpdatesAsync());
        story.Time.Advance(TimeSpan.FromMinutes(1));
        await story.WorkAsync();
        story.Time.Advance(TimeSpan.FromMinutes(2));
        await story.SweepAsync();
        story.Time.Advance(TimeSpan.FromMinutes(2));
        await story.SweepAsync();
        var update = await story.UpdateAsync();
        Assert.Equal((BodhiUpdateStatus.Success, (await story.BuildAsync()).Id), (update.Status, update.BuildTargetId!.Value));
    }

    [Fact]
    public async Task A_message_that_lies_starts_nothing()
    {
        await using var story = await UpdateSteps.BeginAsync(server);
        await story.BuildByHandAsync("jdoe");
        var message = story.World.Bus.History.Last(message => message.Topic.EndsWith("build.state.change", StringComparison.Ordinal));

        var outcome = await story.ReadAsync(await story.StoreAsync(
            "a lie", message.Topic, Encoding.UTF8.GetBytes(message.Body.Replace("\"jdoe\"", "\"packit\"", StringComparison.Ordinal))));

        Assert.Equal($"Koji says something else about {UpdateSteps.Nvr} than the message.", outcome.Text);
        Assert.Empty(await story.UpdatesAsync());
    }

    [Fact]
    public async Task A_message_that_is_told_again_under_another_name_makes_no_second_update()
    {
        await using var story = await UpdateSteps.BeginAsync(server);
        await story.CompleteAsync();
        var message = story.World.Bus.History.Last(message => message.Topic.EndsWith("build.state.change", StringComparison.Ordinal));

        await story.ReadAsync(await story.StoreAsync("again", message.Topic, Encoding.UTF8.GetBytes(message.Body)));
        await story.WorkAsync();

        Assert.Equal(story.Made().Alias, (await story.UpdateAsync()).Alias);
    }

    [Fact]
    public async Task An_update_is_made_also_when_the_message_of_its_build_is_lost()
    {
        await using var story = await UpdateSteps.BeginAsync(server);
        await story.PushAsync("1.1");
        await story.WorkAsync();
        story.World.Bus.Loses = message => message.Topic.Contains("buildsys", StringComparison.Ordinal);
        await story.Koji.FinishAsync(story.Asked[^1].Id);
        for (var round = 0; round < 4; round++)
        {
            story.Time.Advance(TimeSpan.FromMinutes(2));
            await story.HearAsync();
            await story.SweepAsync();
        }

        Assert.Equal((BodhiUpdateStatus.Success, story.Made().Alias), ((await story.UpdateAsync()).Status, (await story.UpdateAsync()).Alias));
    }

    [Fact]
    public async Task The_changelog_since_the_stable_build_is_told_with_its_bugs()
    {
        await using var story = await UpdateSteps.BeginAsync(server);
        await BuildAsync(story, Spec("1.0", "- The first one (resolves rhbz#7654321)"));
        var first = story.Made();
        Assert.Equal(("Automatic update for hello-1.0-1.fc43.", 7654321), (first.Notes, Assert.Single(first.Bugs)));
        story.World.Bodhi.PushToTesting(first.Alias);
        story.World.Bodhi.PushToStable(first.Alias);

        await BuildAsync(story, Spec("1.1", "- Update to 1.1\n- Resolves: rhbz#1234567", "- The first one (resolves rhbz#7654321)"));

        var made = story.World.Bodhi.Updates[^1];
        Assert.Equal([1234567], made.Bugs);
        Assert.Contains("##### **Changelog for hello**\n\n```\n* ", made.Notes, StringComparison.Ordinal);
        Assert.Contains("- Resolves: rhbz#1234567", made.Notes, StringComparison.Ordinal);
        Assert.DoesNotContain("The first one", made.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_config_says_what_kind_of_update_it_is()
    {
        await using var story = await UpdateSteps.BeginAsync(
            server, UpdateSteps.Jobs + "  bodhi_extra_params: {type: security, severity: urgent, stable_karma: 5, notes: Mine}\n");

        await story.CompleteAsync();

        var made = story.Made();
        Assert.Equal(("security", "urgent", 5), (made.Type, made.Severity, made.StableKarma));
        Assert.Contains("'bodhi_extra_params' cannot set notes", (await story.UpdateAsync()).Message, StringComparison.Ordinal);
    }

    private static async Task BuildAsync(BuildStory story, FileSet files)
    {
        await story.Package.PushCommitAsync("f43", files, "Update", pusher: "maint");
        await story.HearAndWorkAsync();
        await story.Koji.FinishAsync(story.Asked[^1].Id);
        await story.HearAndWorkAsync();
    }

    private static FileSet Spec(string version, params string[] entries) => new()
    {
        ["hello.spec"] = $$"""
            Name: hello
            Version: {{version}}
            Release: 1%{?dist}
            Summary: Says hello
            License: MIT

            %description
            Hello.

            %changelog
            {{string.Join("\n\n", entries.Select((entry, index) => $"* Tue Mar {3 + (7 * (entries.Length - index)):00} 2026 Ann <ann@example.org> - {entries.Length - index}\n{entry}"))}}
            """.ReplaceLineEndings("\n"),
    };
}
