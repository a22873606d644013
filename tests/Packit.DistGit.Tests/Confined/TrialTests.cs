using Microsoft.Extensions.Logging.Abstractions;
using Packit.TestSupport;

namespace Packit.DistGit.Tests.Confined;

/// <summary>Finding out whether programs can be run confined, by a bubblewrap of the test.</summary>
public sealed class TrialTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("packit-trial-tests-");
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_trial_that_failed_is_made_again_after_some_minutes_and_one_that_succeeded_is_not()
    {
        _folder.UnixFileMode |= UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        var program = new ConfinedProgram(_time, NullLogger<ConfinedProgram>.Instance, Path.Combine(_folder.FullName, "bwrap"));
        Assert.NotNull(await program.WhyUnavailableAsync());

        Write("echo confined");
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.NotNull(await program.WhyUnavailableAsync());
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(await program.WhyUnavailableAsync());

        Write("exit 1");
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Null(await program.WhyUnavailableAsync());
    }

    [Fact]
    public void Folders_of_questions_whose_process_was_killed_are_swept_and_young_ones_are_not()
    {
        var old = Directory.CreateTempSubdirectory("packit-rpmspec-");
        File.WriteAllText(Path.Combine(old.FullName, "asked.spec"), "Name: hello\n");
        old.LastWriteTimeUtc = DateTime.UnixEpoch;
        var young = Directory.CreateTempSubdirectory("packit-rpmspec-");

        Assert.InRange(RpmSpecProgram.SweepFolders(TimeProvider.System.GetUtcNow()), 1, int.MaxValue);

        Assert.False(Directory.Exists(old.FullName));
        Assert.True(Directory.Exists(young.FullName));
        young.Delete();
    }

    private void Write(string line)
    {
        var file = Path.Combine(_folder.FullName, "bwrap");
        File.WriteAllText(file, $"#!/bin/sh\n{line}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
    }
}
