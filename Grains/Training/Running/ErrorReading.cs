namespace Sweeper.Training.Running;

/// <summary>What a reading says of predicted numbers beyond R².</summary>
/// <param name="RootMeanSquare">Root of the mean squared error, in units of the target.</param>
/// <param name="MeanAbsolute">Mean absolute error, in units of the target.</param>
public readonly record struct ErrorReading(double RootMeanSquare, double MeanAbsolute);
