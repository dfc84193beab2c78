using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>What is wrong with the values of one axis by itself.</summary>
internal static class AxisCheck
{
    /// <summary>What is said of a largest value of anything but the batch.</summary>
    public const string LargestElsewhere = "only batch_size can be the largest that fits; give a value, a list or an interval";

    /// <summary>Every problem.</summary>
    public static IEnumerable<SpecProblem> Of(AxisType type, string path, AxisSpec axis) =>
        Values(type, path, axis).Concat(axis is { When: { } when } ? Elsewhere(type, path, when) : []);

    private static IEnumerable<SpecProblem> Elsewhere(AxisType type, string path, AxisWhen when)
    {
        if (when.Conditions.IsDefaultOrEmpty)
        {
            yield return new SpecProblem($"{path}.{AxisKeys.When.Word}", "{}", "must name another axis and its values, such as {batch_size: [512, 1024]}");
        }

        if (when.Else is { } value && type.Range.Complaint(value) is { } complaint)
        {
            yield return new SpecProblem($"{path}.{AxisKeys.Else.Word}", NumberText.Write(value), complaint);
        }
    }

    private static IEnumerable<SpecProblem> Values(AxisType type, string path, AxisSpec axis) => axis switch
    {
        AxisSpec.Stepped stepped => Steps(type, path, stepped),
        AxisSpec.Values values => List(type, path, values),
        AxisSpec.Range interval => Interval(type, path, interval),
        AxisSpec.FromRangeTest test when type.AllowsRangeTest => RangeTest(path, test),
        AxisSpec.FromRangeTest => [new SpecProblem(path, AxisType.RangeTestWord, "a range test bounds max_lr alone; give a value, a list or an interval")],
        AxisSpec.Largest several when type.AllowsLargest => Largest(path, several),
        AxisSpec.Largest => [new SpecProblem(path, AxisType.LargestWord, LargestElsewhere)],
        _ => [new SpecProblem(path, null, "must be a value, a list or an interval")],
    };

    private static IEnumerable<SpecProblem> List(AxisType type, string path, AxisSpec.Values values)
    {
        if (values.List.IsDefaultOrEmpty)
        {
            yield return new SpecProblem(path, "[]", "must list at least one value");
            yield break;
        }

        var seen = new HashSet<double>();
        for (int i = 0; i < values.List.Length; i++)
        {
            double value = values.List[i];
            string? complaint = type.Range.Complaint(value)
                ?? (seen.Add(value) ? null : "is listed twice; keep one");
            if (complaint is not null)
            {
                yield return new SpecProblem(values.List.Length == 1 ? path : $"{path}[{i}]", NumberText.Write(value), complaint);
            }
        }
    }

    private static IEnumerable<SpecProblem> Interval(AxisType type, string path, AxisSpec.Range interval)
    {
        bool sound = true;
        foreach ((string key, double value) in new[] { ("min", interval.Min), ("max", interval.Max) })
        {
            string? complaint = type.Range.Complaint(value)
                ?? (interval.Log && value <= 0 ? "must be greater than 0 on a log scale; use linear for an interval from 0" : null);
            if (complaint is not null)
            {
                sound = false;
                yield return new SpecProblem($"{path}.{key}", NumberText.Write(value), complaint);
            }
        }

        if (sound && interval.Min >= interval.Max)
        {
            sound = false;
            yield return new SpecProblem($"{path}.max", NumberText.Write(interval.Max), $"must be greater than the interval's least value, {NumberText.Write(interval.Min)}");
        }

        if (interval.Points != 0 && AxisKeys.IntervalPoints.Complaint(interval.Points) is { } points)
        {
            yield return new SpecProblem($"{path}.points", NumberText.Write(interval.Points), points);
        }
        else if (sound && type.Range.Whole && interval.Points > interval.Max - interval.Min + 1)
        {
            yield return new SpecProblem($"{path}.points", NumberText.Write(interval.Points), $"must be at most {interval.Max - interval.Min + 1}, the whole numbers in the interval");
        }
    }

    private static IEnumerable<SpecProblem> Steps(AxisType type, string path, AxisSpec.Stepped axis)
    {
        bool sound = true;
        foreach ((string key, double value) in new[] { ("min", axis.Min), ("max", axis.Max) })
        {
            if (type.Range.Complaint(value) is { } complaint)
            {
                sound = false;
                yield return new SpecProblem($"{path}.{key}", NumberText.Write(value), complaint);
            }
        }

        if (sound && axis.Min >= axis.Max)
        {
            yield return new SpecProblem($"{path}.max", NumberText.Write(axis.Max), $"must be greater than the interval's least value, {NumberText.Write(axis.Min)}");
            yield break;
        }

        string? step = !(axis.Step > 0) || !double.IsFinite(axis.Step) ? "must be a finite number, greater than 0"
            : type.Range.Whole && axis.Step != Math.Truncate(axis.Step) ? "must be a whole number: the axis takes no others"
            : !sound ? null
            : axis.Step > axis.Max - axis.Min ? $"must be at most {NumberText.Write(axis.Max - axis.Min)}, the length of the interval"
            : axis.Count > AxisKeys.MostSteps ? $"makes {NumberText.Write(axis.Count)} values, more than {AxisKeys.MostSteps}; take a greater one"
            : null;
        if (step is not null)
        {
            yield return new SpecProblem($"{path}.{AxisKeys.Step.Word}", NumberText.Write(axis.Step), step);
        }
    }

    private static IEnumerable<SpecProblem> Largest(string path, AxisSpec.Largest axis)
    {
        if (AxisKeys.LargestPoints.Complaint(axis.Points) is { } points)
        {
            yield return new SpecProblem($"{path}.{AxisType.LargestWord}", NumberText.Write(axis.Points), points);
        }

        if (axis.When is not null)
        {
            yield return new SpecProblem($"{path}.{AxisKeys.When.Word}", null, "the largest batch is found before the search starts and applies everywhere; give batch sizes to use when");
        }
    }

    private static IEnumerable<SpecProblem> RangeTest(string path, AxisSpec.FromRangeTest test)
    {
        string? low = AxisKeys.Fraction.Complaint(test.Low);
        string? high = AxisKeys.Fraction.Complaint(test.High);
        if (low is not null)
        {
            yield return new SpecProblem($"{path}.low", NumberText.Write(test.Low), low);
        }

        if (high is not null)
        {
            yield return new SpecProblem($"{path}.high", NumberText.Write(test.High), high);
        }

        if (AxisKeys.TestPoints.Complaint(test.Points) is { } points)
        {
            yield return new SpecProblem($"{path}.points", NumberText.Write(test.Points), points);
        }

        if (low is null && high is null && (test.Low > test.High || (test.Low == test.High && test.Points > 1)))
        {
            yield return new SpecProblem($"{path}.low", NumberText.Write(test.Low), $"must be less than high, {NumberText.Write(test.High)}");
        }
    }
}
