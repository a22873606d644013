using System.Text;
using Packit.Automation.BodhiUpdate;
using Packit.Koji;
using Packit.PackageConfig;

namespace Packit.Automation.Tests.BodhiUpdate;

public sealed class BodhiUpdatePlanTests
{
    [Fact]
    public void An_update_is_an_enhancement_without_more()
    {
        var plan = Plan("");

        Assert.Equal(["hello-1.1-1.fc43"], plan.Builds);
        Assert.Equal(("enhancement", "Automatic update for hello-1.1-1.fc43."), (plan.Type, plan.Notes));
        Assert.Empty(plan.Bugs);
        Assert.Empty(plan.Extra);
        Assert.Empty(plan.Ignored);
    }

    [Fact]
    public void The_config_may_set_the_type_and_what_else_bodhi_knows()
    {
        var plan = Plan("{type: security, severity: high, autokarma: false, stable_karma: 2, bugs: [1234567, '2345678, 3456789']}");

        Assert.Equal("security", plan.Type);
        Assert.Equal([1234567L, 2345678L, 3456789L], plan.Bugs);
        Assert.Equal(
            [("autokarma", new ConfigBool(false)), ("severity", new ConfigText("high")), ("stable_karma", new ConfigInteger(2))],
            plan.Extra.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => (field.Key, field.Value)));
    }

    [Fact]
    public void What_the_update_is_made_of_is_not_the_configs_to_say()
    {
        var plan = Plan("{builds: [evil-1-1.fc43], from_tag: f43-build-side-1, edited: FEDORA-2026-0123456789, notes: Mine, csrf_token: x, suggest: reboot}");

        Assert.Equal(["hello-1.1-1.fc43"], plan.Builds);
        Assert.Equal(["suggest"], plan.Extra.Keys);
        Assert.Equal(["builds", "csrf_token", "edited", "from_tag", "notes"], plan.Ignored);
    }

    [Fact]
    public void Bugs_of_changelog_and_config_come_together()
    {
        var news = new ChangelogEntry(new DateTimeOffset(2026, 3, 3, 12, 0, 0, TimeSpan.Zero), "Ann", "- Update (Resolves: rhbz#1234567)");

        Assert.Equal([1234567L, 2345678L], Plan("{bugs: 2345678}", news).Bugs);
    }

    private static BodhiUpdatePlan Plan(string extra, params ChangelogEntry[] news)
    {
        var reading = PackageConfigReader.Read(
            Encoding.UTF8.GetBytes(
                "specfile_path: hello.spec\njobs:\n- job: bodhi_update\n  trigger: commit\n" + (extra.Length > 0 ? $"  bodhi_extra_params: {extra}\n" : "")),
            new ConfigSource { RepositoryName = "hello" });
        Assert.True(reading.IsValid, string.Join('\n', reading.Problems));
        return BodhiUpdatePlan.For([new UpdatedBuild("hello-1.1-1.fc43", "hello", news)], reading.Config!.Views[0].Settings);
    }
}
