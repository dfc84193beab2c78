using System.Collections.Immutable;
using System.Diagnostics;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Contracts.Specs;

/// <summary>
/// The axes of a search, training size included, and the one rule for <c>when</c>: an axis that does not apply has its one
/// value elsewhere, and such an axis meets no condition of another. Pure.
/// </summary>
public sealed class SearchAxes
{
    /// <summary>Key of the training size among the axes; it stands under <c>data</c>.</summary>
    public const string TrainSize = "train_size";

    /// <summary>Keys of the axes.</summary>
    public const string BatchSize = "batch_size", WeightDecay = "weight_decay", Dropout = "dropout", MaxLearningRate = "max_lr";

    private readonly ImmutableArray<int> _order;
    private readonly ImmutableArray<ModelAxis> _model;
    private readonly bool _compares;
    private readonly bool _conditional;

    /// <summary>The axes of a spec.</summary>
    public SearchAxes(SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        SearchSpec search = spec.Search;
        _model = spec.Model.Settings?.List ?? [];
        All =
        [
            (TrainSize, spec.Data.TrainSizes ?? new AxisSpec.Values([spec.Data.TrainSize ?? DataSpec.All])),
            (BatchSize, search.BatchSize),
            (WeightDecay, search.WeightDecay),
            (Dropout, search.Dropout),
            (MaxLearningRate, search.MaxLearningRate),
            .. _model.Select(axis => (axis.Key, axis.Axis)),
        ];
        _compares = spec.Data.TrainSizes is not null;
        _conditional = All.Any(axis => axis.Axis.When is not null);
        _order = [.. Enumerable.Range(0, All.Length).OrderBy(index => Depth(All[index].Name, [])).ThenBy(index => index)];
    }

    /// <summary>The axes, in the order in which a grid runs through them, the last fastest.</summary>
    public ImmutableArray<(string Name, AxisSpec Axis)> All { get; }

    /// <summary>Axes of the model's own hyperparameters; empty where it has none.</summary>
    public ImmutableArray<ModelAxis> Model => _model;

    /// <summary>Place of the first of <see cref="Model"/> in <see cref="All"/>.</summary>
    public int FirstOfModel => All.Length - _model.Length;

    /// <summary>Axis of a key; null where there is none.</summary>
    public AxisSpec? this[string name] => All.FirstOrDefault(axis => axis.Name == name).Axis;

    /// <summary>Length of the longest chain of conditions behind an axis: 0 for one that always applies.</summary>
    public int Depth(string name) => Depth(name, []);

    /// <summary>Axes in a circle of conditions, the first again at the end; empty where there is none.</summary>
    public ImmutableArray<string> Circle()
    {
        foreach ((string name, _) in All)
        {
            var path = new List<string>();
            if (Reaches(name, name, path))
            {
                return [name, .. path];
            }
        }

        return [];
    }

    /// <summary>Value of an axis where it does not apply.</summary>
    public static double Elsewhere(AxisSpec axis) => axis switch
    {
        { When.Else: { } given } => given,
        AxisSpec.Values values => values.List[0],
        AxisSpec.Range range => range.Min,
        AxisSpec.Stepped stepped => stepped.Min,
        AxisSpec.FromRangeTest => 1,
        AxisSpec.Largest => AxisSpec.Largest.Assumed,
        _ => throw new UnreachableException(),
    };

    /// <summary>The point that values stand for, in the order of <see cref="All"/>: axes that do not apply have their value elsewhere.</summary>
    /// <param name="values">A value for each axis; the training size 0 for all, whole numbers for batch sizes.</param>
    public (CellKey Cell, double Rate) PointAt(ReadOnlySpan<double> values)
    {
        double[] at = values.ToArray();
        if (_conditional)
        {
            bool[] applies = new bool[at.Length];
            foreach (int index in _order)
            {
                AxisSpec axis = All[index].Axis;
                applies[index] = axis.When is not { } when || when.Conditions.All(condition => IsMet(condition, at, applies));
                at[index] = applies[index] ? at[index] : Elsewhere(axis);
            }
        }

        int? size = _compares && at[0] != DataSpec.All ? (int)at[0] : null;
        ModelSettings? model = _model.IsEmpty ? null : ModelSettings.Of(_model.Select((axis, index) => axis.At(at[FirstOfModel + index])));
        return (new CellKey((int)Math.Round(at[1]), at[2], at[3], size, model), at[4]);
    }

    private bool IsMet(AxisCondition condition, double[] at, bool[] applies)
    {
        int other = IndexOf(condition.Axis);
        return applies[other] && condition.IsMetBy(at[other]);
    }

    /// <summary>Place of an axis in <see cref="All"/>.</summary>
    /// <exception cref="ArgumentException">There is none of that key.</exception>
    public int IndexOf(string name)
    {
        for (int index = 0; index < All.Length; index++)
        {
            if (All[index].Name == name)
            {
                return index;
            }
        }

        throw new ArgumentException($"no axis is called '{name}'", nameof(name));
    }

    /// <summary>Length of the longest chain of conditions behind an axis; a circle is cut where it closes.</summary>
    private int Depth(string name, ImmutableHashSet<string> seen) =>
        seen.Contains(name) || this[name]?.When is not { Conditions.IsDefaultOrEmpty: false } when
            ? 0
            : 1 + when.Conditions.Max(condition => Depth(condition.Axis, seen.Add(name)));

    private bool Reaches(string from, string target, List<string> path)
    {
        if (path.Count > All.Length || this[from]?.When is not { Conditions.IsDefaultOrEmpty: false } when)
        {
            return false;
        }

        foreach (AxisCondition condition in when.Conditions)
        {
            path.Add(condition.Axis);
            if (condition.Axis == target || Reaches(condition.Axis, target, path))
            {
                return true;
            }

            path.RemoveAt(path.Count - 1);
        }

        return false;
    }
}
