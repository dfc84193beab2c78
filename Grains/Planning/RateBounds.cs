using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Planning;

/// <summary>
/// Largest learning rate of any cell: that of its own range test, or what the tested cells predict for it. The rule that
/// ties the bound to batch size, weight decay and dropout is fitted, not assumed: ln rate = a + b ln batch + c ln decay + d
/// dropout (and, where a model has settings of its own, a term for each of those), by ridge regression around the mean.
/// </summary>
internal sealed class RateBounds
{
    /// <summary>Weight of the prior that a factor does nothing, in tested cells; ours.</summary>
    private const double Ridge = 0.1;

    /// <summary>Fewest degrees of freedom for an interval: with fewer, Student's t is wider than any exponent.</summary>
    private const double FewestFreedom = 1;

    /// <summary>What stands in for a weight decay of 0, whose logarithm has no value.</summary>
    private const double LeastDecay = 1e-7;

    private readonly Dictionary<CellKey, double> _tested;
    private readonly ModelFactors _model;
    private readonly Vector<double> _center;
    private readonly Vector<double> _slopes;
    private readonly double _mean;
    private readonly double? _batchError;
    private readonly double _freedom;

    private RateBounds(Dictionary<CellKey, double> tested)
    {
        _tested = tested;
        _model = new ModelFactors(tested.Keys);
        Matrix<double> factors = Matrix<double>.Build.DenseOfRowVectors(tested.Keys.Select(key => Factors(key)));
        Vector<double> rates = Vector<double>.Build.DenseOfEnumerable(tested.Values.Select(rate => Math.Log(rate)));
        _mean = rates.Average();
        _center = factors.ColumnSums() / factors.RowCount;
        Matrix<double> centred = Matrix<double>.Build.Dense(factors.RowCount, factors.ColumnCount, (row, column) => factors[row, column] - _center[column]);
        Matrix<double> normal = centred.TransposeThisAndMultiply(centred) + (Matrix<double>.Build.DenseIdentity(factors.ColumnCount) * Ridge);
        _slopes = normal.Solve(centred.TransposeThisAndMultiply(rates - _mean));

        // Ridge regression takes up as many degrees of freedom as its hat matrix has trace (Hastie, Tibshirani and Friedman
        // 2009, equation 3.50), and one more goes to the mean.
        Matrix<double> inverse = normal.Inverse();
        _freedom = factors.RowCount - 1 - (centred * inverse * centred.Transpose()).Trace();
        double squares = (rates - _mean - (centred * _slopes)).PointwisePower(2).Sum();
        _batchError = _freedom >= FewestFreedom ? Math.Sqrt(squares / _freedom * inverse[0, 0]) : null;
    }

    /// <summary>Range tests that it rests on.</summary>
    public int Count => _tested.Count;

    /// <summary>Whether they have more than one batch size: otherwise the exponent says nothing.</summary>
    public bool BatchVaries => _tested.Keys.Select(cell => cell.BatchSize).Distinct().Skip(1).Any();

    /// <summary>95% interval of the exponent, of Student's t; null where there are too few tested cells for one.</summary>
    public (double Lower, double Upper)? BatchExponentInterval => _batchError is { } error
        ? (BatchExponent - (Student(_freedom) * error), BatchExponent + (Student(_freedom) * error))
        : null;

    /// <summary>Exponent with which the bound grows with the batch size: 1 is the linear rule, 0.5 the square root.</summary>
    public double BatchExponent => _slopes[0];

    /// <summary>Bounds from tested cells; null where none of them has one.</summary>
    public static RateBounds? Of(IEnumerable<CellState> cells) => Of(cells.Select(cell => cell.Record));

    /// <summary>Bounds from tested cells, the last test of each that found one; null where none of them has one.</summary>
    public static RateBounds? Of(IEnumerable<CellRecord> cells)
    {
        Dictionary<CellKey, double> tested = [];
        foreach (CellRecord cell in cells)
        {
            if (cell.Findings?.MaxLearningRate is { } rate and > 0)
            {
                tested[cell.Key] = rate;
            }
        }

        return tested.Count == 0 ? null : new RateBounds(tested);
    }

    /// <summary>Whether the cell has a bound of its own.</summary>
    public bool IsTested(CellKey cell) => _tested.ContainsKey(cell);

    /// <summary>Largest rate of a cell; greater than 0.</summary>
    public double Of(CellKey cell) => _tested.TryGetValue(cell, out double own)
        ? own
        : Math.Exp(_mean + ((Factors(cell) - _center) * _slopes));

    private static double Student(double freedom) => StudentT.InvCDF(0, 1, freedom, 0.975);

    private Vector<double> Factors(CellKey cell) => Vector<double>.Build.Dense(
        [Math.Log(cell.BatchSize), Math.Log(Math.Max(cell.WeightDecay, LeastDecay)), cell.Dropout, .. _model.Of(cell)]);
}
