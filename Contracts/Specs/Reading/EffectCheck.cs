using Sweeper.Contracts.Specs.Fields;

namespace Sweeper.Contracts.Specs.Reading;

/// <summary>Reports what was written without having an effect: a setting that is silently ignored misleads.</summary>
internal static class EffectCheck
{
    /// <summary>Reports every such setting.</summary>
    public static void Report(SpecValues values, ReadScope scope)
    {
        foreach (SpecField field in SpecTable.Fields)
        {
            if (field.IsOfEngine && !TrainerFields.WithoutCommand.Holds(values))
            {
                continue; // see below
            }

            if (field.Alternative is { } other)
            {
                if (scope.IsWritten(field.Path) && scope.IsWritten(other.Path) && field.Only?.Holds(values) == false && !scope.IsFaulty(other.Path))
                {
                    scope.Report(other.Path, $"has an effect only in place of {field.Path}; keep one of them");
                }
            }
            else if (field.Only is { } condition
                && scope.IsWritten(field.Path)
                && !scope.IsFaulty(field.Path)
                && !scope.IsFaulty(condition.On.Path)
                && !condition.Holds(values))
            {
                scope.Report(field.Path, $"has an effect only {condition.Words.Replace("`", "", StringComparison.Ordinal)}; remove it");
            }
        }

        string[] engine = [.. SpecTable.Fields.Where(field => field.IsOfEngine && scope.IsWritten(field.Path)).Select(field => field.Path)];
        if (engine.Length > 0 && !TrainerFields.WithoutCommand.Holds(values) && !scope.IsFaulty(TrainerFields.Command.Path))
        {
            scope.Report(
                TrainerFields.Command.Path,
                $"has an effect only in place of model and data, which are its own program's; keep it, or {string.Join(", ", engine)}");
        }

        if (scope.IsWritten(RangeTestFields.Epochs.Path) && scope.IsWritten(RangeTestFields.Steps.Path)
            && values.Get(RangeTestFields.Steps) is not null
            && !scope.IsFaulty(RangeTestFields.Epochs.Path) && !scope.IsFaulty(RangeTestFields.Steps.Path))
        {
            scope.Report(RangeTestFields.Epochs.Path, "has no effect beside range_test.steps; keep one of them");
        }

        if (values.Get(SearchFields.Strategy).Draws() && !scope.IsFaulty(SearchFields.Strategy.Path))
        {
            foreach (SpecField field in SearchFields.Axes)
            {
                string points = $"{field.Path}.{AxisKeys.Points.Word}";
                if (scope.IsWritten(points) && !scope.IsFaulty(field.Path))
                {
                    scope.Report(points, "has an effect only with strategy grid or super_convergence; remove it: the others draw anywhere in the interval");
                }
            }
        }
    }
}
