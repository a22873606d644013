using Packit.Automation.Tests;
using Packit.Automation.Tests.Engine;

// The test executable is also the victim of KilledWorkerTests; otherwise this is xunit's own entry point.
if (Environment.GetEnvironmentVariable(KilledWorkerTests.VictimVariable) is { Length: > 0 } connectionString)
{
    return await KilledWorkerTests.BeVictimAsync(connectionString);
}

return args.Any(argument => argument is "--server" or "--internal-msbuild-node")
    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
