using Microsoft.Extensions.Logging.Abstractions;

namespace Packit.DistGit.Tests.Confined;

/// <summary>Programs of this machine in a confinement; the tests that need one are skipped where the kernel or the container refuses it.</summary>
public sealed class Confinement
{
    internal ConfinedProgram Program { get; } = new(TimeProvider.System, NullLogger<ConfinedProgram>.Instance);

    internal async Task NeedAsync()
    {
        var reason = await Program.WhyUnavailableAsync();
        Assert.SkipWhen(reason is not null, $"Programs cannot be run confined on this machine: {reason}");
    }

    internal async Task<RpmSpecProgram> RpmAsync(ConfinedLimits? limits = null)
    {
        var rpm = new RpmSpecProgram(Program, new RpmSpecOptions { Limits = limits ?? new ConfinedLimits() });
        var reason = await rpm.WhyUnavailableAsync();
        Assert.SkipWhen(reason is not null, $"rpm cannot be asked on this machine: {reason}");
        return rpm;
    }

    internal async Task<ConfinedResult.Ended> ShellAsync(string script, Func<ConfinedCommand, ConfinedCommand>? change = null)
    {
        await NeedAsync();
        var command = new ConfinedCommand("/usr/bin/sh", "-c", script);
        var result = await Program.RunAsync(change is null ? command : change(command), TestContext.Current.CancellationToken);
        return Assert.IsType<ConfinedResult.Ended>(result);
    }
}
