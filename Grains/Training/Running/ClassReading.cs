namespace Sweeper.Training.Running;

/// <summary>What a reading says beyond the fraction that is classified rightly.</summary>
/// <param name="Top5Accuracy">Fraction whose class is among the five likeliest; null with five classes or fewer.</param>
/// <param name="BalancedAccuracy">Mean recall over the classes that the images have.</param>
/// <param name="MacroF1">Mean F1 over the classes that the images have or the network named.</param>
public readonly record struct ClassReading(double? Top5Accuracy, double BalancedAccuracy, double MacroF1);
