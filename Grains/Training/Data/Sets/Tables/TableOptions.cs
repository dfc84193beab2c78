namespace Sweeper.Training.Data.Sets.Tables;

/// <summary>Options that a table needs and other sets refuse.</summary>
internal static class TableOptions
{
    /// <summary>Every reason why the options cannot be meant so; empty: none. Pure.</summary>
    public static IEnumerable<string> Check(DataOptions options)
    {
        if (options.Set == KnownSets.Table)
        {
            if (string.IsNullOrWhiteSpace(options.Target))
            {
                yield return $"{options.Set} needs a target: the name of the column that holds {(options.Regression ? "the numbers to predict" : "the classes")}";
            }

            yield break;
        }

        if (options.Target is not null)
        {
            yield return $"{options.Set} has labels of its own; only {KnownSets.Table} takes a target";
        }

        if (options.Regression)
        {
            yield return $"{options.Set} has classes; only {KnownSets.Table} takes task regression";
        }

        if (options.TestPath is not null)
        {
            yield return $"{options.Set} says itself what its test part is; only {KnownSets.Table} takes a test path";
        }
    }
}
