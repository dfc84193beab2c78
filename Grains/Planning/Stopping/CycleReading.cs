namespace Sweeper.Grains.Planning.Stopping;

/// <summary>Held-out accuracy of a trial at a point of its cycle.</summary>
/// <param name="Fraction">How much of the cycle had passed, in optimiser steps; in (0, 1].</param>
/// <param name="Accuracy">Fraction of the validation images classified rightly; in [0, 1].</param>
public readonly record struct CycleReading(double Fraction, double Accuracy);
