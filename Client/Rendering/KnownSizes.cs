using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Rendering;

/// <summary>
/// A sweep over several numbers of training images with a number in place of "all": pictures need to know where it stands.
/// </summary>
internal static class KnownSizes
{
    /// <summary>The sweep with the number that its runs tell; as it is where it compares no sizes, or where no such run has ended.</summary>
    public static SweepResults Of(SweepResults results)
    {
        if (results.Spec.Data.TrainSizes is null)
        {
            return results;
        }

        int trained = results.Trials.Where(trial => trial.Configuration.TrainSize is null).Select(trial => trial.Run)
            .Concat(results.Cells.Where(cell => cell.Key.TrainSize is null).Select(cell => cell.Run))
            .Select(run => run?.TrainImages ?? 0).DefaultIfEmpty().Max();
        if (trained == 0)
        {
            return results;
        }

        int all = (int)Math.Round(trained / (1 - results.Spec.Data.Validation));
        return results with
        {
            Trials = [.. results.Trials.Select(trial => trial with { Configuration = trial.Configuration with { TrainSize = trial.Configuration.TrainSize ?? all } })],
            Cells = [.. results.Cells.Select(cell => cell with { Key = cell.Key with { TrainSize = cell.Key.TrainSize ?? all } })],
        };
    }
}
