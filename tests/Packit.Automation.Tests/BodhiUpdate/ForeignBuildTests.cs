using System.Globalization;
using System.Text;
using Packit.Automation.Intake;
using Packit.Automation.Storage;
using Packit.Automation.Tests.KojiBuild;
using Packit.Sandbox;
using Packit.Sandbox.Hosting;
using Packit.TestSupport;

namespace Packit.Automation.Tests.BodhiUpdate;

/// <summary>Builds of packages that nobody here cares for: all of Fedora's come by.</summary>
public sealed class ForeignBuildTests(PostgresServer server)
{
    private const string Config = "jobs:\n- job: koji_build\n  trigger: commit\n  dist_git_branches: [f43]\n  allowed_committers: [maint]\n";

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Only_a_build_for_a_branch_with_updates_is_left_to_be_read_and_those_of_ours(DatabaseProvider provider)
    {
        await using var story = await BuildStory.BeginAsync(server, Config, provider: provider);
        await story.PushAsync("1.1");
        await story.WorkAsync();
        var ours = Assert.Single(await story.BuildsAsync());
        var asked = story.World.Requests.Count(Servers.Pagure);

        var outcomes = await SiftAsync(
            story,
            Build(story, 900_001, "one-1-1.fc45", "rawhide"),
            Build(story, 900_002, "two-1-1.fc43", "f43-build-side-1"),
            Build(story, 900_003, "three-1-1.fc43", "f43-candidate"),
            Build(story, 900_004, "four-1-1.fc43", "f43-candidate", state: 3),
            Build(story, ours.TaskId!.Value, "else-1-1.fc45", "rawhide"),
            Build(story, 900_005, ours.Nvr!, "rawhide"));

        Assert.Equal([true, true, false, true, false, false], outcomes.Select(one => one.Outcome is DeliveryOutcome.Handled));
        Assert.Equal(asked, story.World.Requests.Count(Servers.Pagure));
    }

    [Fact]
    public async Task A_package_without_config_costs_one_look_up_for_a_commit()
    {
        await using var story = await BuildStory.BeginAsync(server, Config);
        var package = await story.World.CreatePackageAsync("other", ["rawhide", "f43"], new FileSet { ["other.spec"] = "Name: other\n" });
        var commit = package.Branches["f43"];
        await story.ReadAsync(await StoreAsync(story, 900_001, Build(story, 900_001, "other-1-1.fc43", "f43-candidate", commit: commit)));
        var asked = story.World.Requests.Count(Servers.Pagure);

        var again = await story.ReadAsync(await StoreAsync(story, 900_002, Build(story, 900_002, "other-1-1.fc43", "f43-candidate", commit: commit)));

        Assert.Equal("other has no package config.", again.Text);
        Assert.Equal(asked, story.World.Requests.Count(Servers.Pagure));
    }

    private static async Task<IReadOnlyList<ClaimedDelivery>> SiftAsync(BuildStory story, params byte[][] bodies)
    {
        var reader = story.Get<IDeliveryReader>();
        List<ClaimedDelivery> glanced = [];
        foreach (var (index, body) in bodies.Index())
        {
            glanced.Add(reader.Glance(new ClaimedDelivery(await StoreAsync(story, index, body))));
        }

        Assert.All(glanced, one => Assert.Null(one.Outcome));
        return await reader.SiftAsync(glanced, CancellationToken.None);
    }

    private static Task<InboxDelivery> StoreAsync(BuildStory story, long id, byte[] body) => story.StoreAsync(
        id.ToString(CultureInfo.InvariantCulture), "org.fedoraproject.prod.buildsys.build.state.change", body);

    private static byte[] Build(BuildStory story, long task, string nvr, string target, int state = 1, string? commit = null)
    {
        var parts = nvr.Split('-');
        var request = $$"""["git+{{story.World.DistGit}}rpms/{{parts[0]}}.git#{{commit ?? new string('c', 40)}}","{{target}}",{}]""";
        return Encoding.UTF8.GetBytes($$"""
            {"instance":"primary","attribute":"state","old":0,"new":{{state}},"build_id":{{task}},"task_id":{{task}},"name":"{{parts[0]}}",
             "version":"{{parts[1]}}","release":"{{parts[2]}}","epoch":null,"owner":"jdoe","request":{{request}},
             "task":{"id":{{task}},"method":"build","state":2,"arch":"noarch","owner":"jdoe","request":{{request}}} }
            """);
    }
}
