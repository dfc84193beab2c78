using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Contracts.Pages;

/// <summary>Curves of a job.</summary>
/// <param name="Job">Short name.</param>
/// <param name="Attempt">Number of the attempt; 0 where that is not known.</param>
/// <param name="Live">Whether the job runs, so that more will come.</param>
/// <param name="TotalSteps">Steps of the whole job; null where that is not known.</param>
/// <param name="Curves">Its points.</param>
/// <param name="Planned">Learning rate and momentum over the whole run; null where they are not planned, or where these are new points only.</param>
public sealed record JobCurve(string Job, int Attempt, bool Live, int? TotalSteps, JobCurves Curves, PlannedSchedule? Planned);

/// <summary>Learning rate and momentum over a run, at a few hundred steps.</summary>
/// <param name="Step">Steps, from 1.</param>
/// <param name="LearningRate">Learning rate of each.</param>
/// <param name="Momentum">Momentum of each.</param>
public sealed record PlannedSchedule(ImmutableArray<int> Step, ImmutableArray<double> LearningRate, ImmutableArray<double> Momentum);
