namespace Sweeper.Grains.Planning.Samplers;

/// <summary>A history that knows its points without being read through.</summary>
internal interface IKnownPoints
{
    /// <summary>Whether a point is in it.</summary>
    bool Holds(Point point);
}
