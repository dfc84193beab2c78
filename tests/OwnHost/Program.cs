using Example;
using Sweeper.Silo;

return args is ["search", string folder]
    ? await Search.InThisProcessAsync(folder)
    : await new SweeperSilo().AddModel<MyNet>("my-net").AddMetric<Kappa>("kappa").RunAsync(args);
