namespace Sweeper.Training.Schedules;

/// <summary>A change of a piecewise constant rate.</summary>
/// <param name="Step">First step with the new rate; at least 0.</param>
/// <param name="Factor">What the rate is multiplied by; greater than 0.</param>
public readonly record struct Milestone(int Step, double Factor);
