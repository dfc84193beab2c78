using Example;
using Sweeper.Silo;

/// <summary>The program that docs/own-model.md shows, so that it is compiled; this one has a metric, too.</summary>
internal static class PageProgram
{
    public static async Task<int> RunAsync(string[] args)
    {
        return await new SweeperSilo().AddModel<MyNet>("my-net").RunAsync(args);
    }
}
