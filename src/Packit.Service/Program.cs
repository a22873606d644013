using Packit.Service.Commands;

return await CommandLineInterface.RunAsync(args);
