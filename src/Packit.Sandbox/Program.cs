using Packit.Sandbox.Demo;

return await DemoCommand.RunAsync(args);
