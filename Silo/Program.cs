using Sweeper.Silo;

return await SiloProgram.RunAsync(args);
