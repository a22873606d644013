using Packit.Sandbox.Koji;

namespace Packit.Sandbox.Tests;

public sealed class KojiTagTests : KojiStory
{
    [Theory]
    [InlineData("rawhide", "f44-build", "f44-updates-candidate")]
    [InlineData("f43-candidate", "f43-build", "f43-updates-candidate")]
    [InlineData("epel9-candidate", "epel9-build", "epel9-testing-candidate")]
    [InlineData("epel10-candidate", "epel10.2-build", "epel10.2-testing-candidate")]
    [InlineData("epel10.1-candidate", "epel10.1-build", "epel10.1-testing-candidate")]
    public async Task Targets_lead_to_the_tags_of_their_release(string target, string build, string dest)
    {
        var answer = await AskAsync("getBuildTarget", target);

        Assert.Equal((target, build, dest), ((string)answer["name"]!, (string)answer["build_tag_name"]!, (string)answer["dest_tag_name"]!));
        Assert.Equal(answer["build_tag"], (await AskAsync("getTag", build))["id"]);
    }

    [Fact]
    public async Task An_unknown_target_is_nil_or_named_when_asked_strictly()
    {
        Assert.Null((await AskAsync("getBuildTarget", "nope")).Value);
        Assert.Equal("No such build target: 'nope'", (await AskAsync("getBuildTarget", "nope", KojiWire.Keywords(("strict", true)))).Fault);
        Assert.Equal("No such tagInfo: 'nope'", (await AskAsync("listTagged", "nope")).Fault);
    }

    [Fact]
    public async Task Tags_show_what_they_inherit()
    {
        World.Koji.AddForeignBuild("bash-5.2-1.fc43", "somebody", "f43-candidate");
        World.Koji.Tag("bash-5.2-1.fc43", "f43-updates");
        World.Koji.Untag("bash-5.2-1.fc43", "f43-updates-candidate");
        World.Koji.AddForeignBuild("bash-5.3-1.fc43", "somebody", "f43-candidate");

        var chain = await AskAsync("getFullInheritance", "f43-updates-candidate");
        var own = await AskAsync("listTagged", "f43-updates-candidate");
        var all = await AskAsync("listTagged", "f43-updates-candidate", KojiWire.Keywords(("inherit", true), ("package", "bash")));
        var latest = await AskAsync("listTagged", "f43-updates-candidate", KojiWire.Keywords(("inherit", true), ("latest", true)));

        Assert.Equal(["f43-updates", "f43"], chain.List.Select(step => (string)KojiAnswer.Of(step, "name")!));
        Assert.Equal(["bash-5.3-1.fc43"], Nvrs(own));
        Assert.Equal(["bash-5.3-1.fc43", "bash-5.2-1.fc43"], Nvrs(all));
        Assert.Equal(["bash-5.3-1.fc43"], Nvrs(latest));
        Assert.Equal("f43-updates", KojiAnswer.Of(Assert.Single((await AskAsync("listTags", "bash-5.2-1.fc43")).List), "name"));
        Assert.Equal("bodhi", Assert.Single(Messages("buildsys.untag"))["user"]!.ToString());
    }

    [Fact]
    public async Task A_side_tag_is_made_built_into_and_goes_with_its_last_build()
    {
        var package = await PackageAsync();
        var made = await CallAsync("createSideTag", "f43-build");
        string tag = (string)made["name"]!;

        int task = await BuildAsync(package.Branches["f43"], tag);
        await World.Koji.FinishAsync(task);
        var listed = Assert.Single((await AskAsync("listSideTags", KojiWire.Keywords(("user", "packit")))).List);
        var nvrs = Nvrs(await AskAsync("listTagged", tag));
        Assert.Null((await CallAsync("untagBuild", tag, "python-ogr-1.3-1.fc43")).Value);

        Assert.Equal($"f43-build-side-{made["id"]}", tag);
        Assert.Equal((tag, "packit"), ((string)KojiAnswer.Of(listed, "name")!, (string)KojiAnswer.Of(listed, "user_name")!));
        Assert.IsType<string>(KojiAnswer.Of(listed, "user_id"));
        Assert.Equal(["python-ogr-1.3-1.fc43"], nvrs);
        Assert.Equal(tag, Messages("buildsys.tag")[0]["tag"]!.ToString());
        Assert.Equal(2, Messages("buildsys.repo.done").Count(body => body["tag"]!.ToString() == tag));
        Assert.Null((await AskAsync("getTag", tag)).Value);
        Assert.Null((await AskAsync("getBuildTarget", tag)).Value);
    }

    [Fact]
    public async Task A_side_tag_is_refused_where_there_is_no_build_tag_and_to_everybody_but_its_owner()
    {
        string tag = (string)(await CallAsync("createSideTag", "f43-build"))["name"]!;
        var onDest = await CallAsync("createSideTag", "f43-updates-candidate");
        var notOne = await CallAsync("removeSideTag", "f43-build");
        var anonymous = await AskAsync("removeSideTag", tag);

        Assert.Equal((1004, "policy violation (sidetag)"), (onDest.Code, onDest.Fault));
        Assert.Equal((1000, "Not a sidetag: f43-build"), (notOne.Code, notOne.Fault));
        Assert.Equal(1004, anonymous.Code);
        Assert.Null((await CallAsync("removeSideTag", tag)).Value);
        Assert.Empty(World.Koji.SideTags);
    }

    [Fact]
    public async Task Tagging_is_a_task_and_its_preconditions_are_checked_at_the_call()
    {
        var package = await PackageAsync();
        int task = await BuildAsync(package.Branches["f43"]);
        string side = (string)(await CallAsync("createSideTag", "f43-build"))["name"]!;
        var early = await CallAsync("tagBuild", side, "python-ogr-1.3-1.fc43");
        await World.Koji.FinishAsync(task);

        int tagging = (await CallAsync("tagBuild", side, "python-ogr-1.3-1.fc43")).Number;
        await World.Koji.QuietAsync();
        int again = (await CallAsync("tagBuild", side, "python-ogr-1.3-1.fc43")).Number;
        await World.Koji.QuietAsync();
        World.Koji.SetPackage("f42", "python-ogr", KojiPackageListing.Absent);

        Assert.Equal((1003, "build python-ogr-1.3-1.fc43 not complete: state BUILDING"), (early.Code, early.Fault));
        Assert.Equal(HubTaskState.Closed, World.Koji.Task(tagging)!.State);
        Assert.Equal((1003, $"build python-ogr-1.3-1.fc43 already tagged ({side})"), (World.Koji.Task(again)!.FaultCode, World.Koji.Task(again)!.Fault));
        Assert.Equal("Package python-ogr not in list for f42-updates", (await CallAsync("tagBuild", "f42-updates", "python-ogr-1.3-1.fc43")).Fault);
        Assert.Equal("No such tagInfo: 'no-tag'", (await CallAsync("tagBuild", "no-tag", "python-ogr-1.3-1.fc43")).Fault);
        var untagged = await CallAsync("untagBuild", "f43-updates", "python-ogr-1.3-1.fc43");
        Assert.Equal((1003, "build python-ogr-1.3-1.fc43 not in tag f43-updates"), (untagged.Code, untagged.Fault));
    }

    private static string[] Nvrs(KojiAnswer answer) => [.. answer.List.Select(row => (string)KojiAnswer.Of(row, "nvr")!)];
}
