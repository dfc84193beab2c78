using Sweeper.Silo;

return await new SweeperSilo().RunAsync(args);
