using Example;
using Sweeper.Silo;

return await new SweeperSilo().AddModel<MyNet>("my-net").RunAsync(args);
