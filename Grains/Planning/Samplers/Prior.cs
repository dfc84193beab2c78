namespace Sweeper.Grains.Planning.Samplers;

/// <summary>A result of an earlier search over another function that is thought to be alike.</summary>
/// <param name="Point">The point.</param>
/// <param name="Standing">How good it was among the results of its search, in standard deviations above their mean.</param>
internal sealed record Prior(Point Point, double Standing);
