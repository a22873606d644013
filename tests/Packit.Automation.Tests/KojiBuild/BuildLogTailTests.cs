using Packit.Automation.KojiBuild;
using Packit.Koji;

namespace Packit.Automation.Tests.KojiBuild;

public sealed class BuildLogTailTests
{
    [Theory]
    [InlineData("mock exited with status 1; see build.log or root.log for more information", "build.log:10 root.log:10", "build.log")]
    [InlineData("mock exited with status 1; see build.log or root.log for more information", "build.log:0 root.log:10", "root.log")]
    [InlineData("mock exited with status 30; see root.log for more information", "build.log:10 root.log:10", "root.log")]
    [InlineData("no words", "root.log:10 state.log:10", "root.log")]
    [InlineData(null, "checkout.log:10", "checkout.log")]
    [InlineData("see build.log", "state.log:10", null)]
    public void The_log_is_the_one_that_the_builder_names_and_that_is_not_empty(string? words, string files, string? log) =>
        Assert.Equal(log, BuildLogTail.Choose(words, [.. files.Split(' ').Select(file => new TaskFile(file.Split(':')[0], long.Parse(file.Split(':')[1], null)))]));
}
