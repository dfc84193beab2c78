using System.Collections.Immutable;
using Sweeper.Contracts.Analysis;

namespace Sweeper.Grains.Analysis.Surfaces;

/// <summary>Terms of a quadratic surface: constant, linear terms, squares of factors with at least three values, products.</summary>
internal sealed class SurfaceBasis
{
    private readonly ImmutableArray<(int First, int Second)> _terms;
    private readonly FactorSpace _space;

    /// <summary>The terms for the factors that vary.</summary>
    public SurfaceBasis(FactorSpace space)
    {
        _space = space;
        int count = space.Varying.Length;
        _terms =
        [
            (-1, -1),
            .. Enumerable.Range(0, count).Select(factor => (factor, -1)),
            .. Enumerable.Range(0, count).Where(factor => space.Varying[factor].Distinct > 2).Select(factor => (factor, factor)),
            .. Enumerable.Range(0, count).SelectMany(first => Enumerable.Range(first + 1, count - first - 1).Select(second => (first, second))),
        ];
    }

    /// <summary>Number of terms, the constant included.</summary>
    public int Count => _terms.Length;

    /// <summary>Factors of a term; null where it has none.</summary>
    public (Factor? First, Factor? Second) FactorsOf(int term) => (Named(_terms[term].First), Named(_terms[term].Second));

    /// <summary>Place of the product of two factors; -1 where there is no such term.</summary>
    public int Product(Factor first, Factor second)
    {
        int one = _space.IndexOf(first);
        int other = _space.IndexOf(second);
        return one < 0 || other < 0 ? -1 : _terms.IndexOf((Math.Min(one, other), Math.Max(one, other)));
    }

    /// <summary>Values of the terms at a scaled point.</summary>
    public double[] At(double[] point) =>
        [.. _terms.Select(term => (term.First < 0 ? 1 : point[term.First]) * (term.Second < 0 ? 1 : point[term.Second]))];

    private Factor? Named(int index) => index < 0 ? null : _space.Varying[index].Factor;
}
