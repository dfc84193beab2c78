using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Reporting;

/// <summary>A trial in JSON.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Curves">What was recorded along the way; null where nothing was.</param>
internal sealed record TrialJson(TrialRecord Trial, JobCurves? Curves);

/// <summary>A cell in JSON.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Curves">Curves of its range test; null where there are none.</param>
internal sealed record CellJson(CellRecord Cell, JobCurves? Curves);

/// <summary>The configurations that no other one beats, in JSON.</summary>
/// <param name="Sweep">Name of the sweep.</param>
/// <param name="SelectBy">Images that they are compared on.</param>
/// <param name="Objective">Metric that they are compared by.</param>
/// <param name="Cost">What is to be spared.</param>
/// <param name="Configurations">Configurations that were compared.</param>
/// <param name="Front">Those that none beats, the cheapest first.</param>
internal sealed record ParetoJson(string Sweep, SelectionSet SelectBy, string Objective, ParetoCost Cost, int Configurations, ImmutableArray<ParetoPoint> Front);

/// <summary>The best configuration in JSON.</summary>
/// <param name="Sweep">Name of the sweep.</param>
/// <param name="SelectBy">Images that it is the best on.</param>
/// <param name="Best">It.</param>
/// <param name="Yaml">A spec that trains it alone.</param>
/// <param name="Objective">Metric that it is the best by; null: accuracy.</param>
internal sealed record BestJson(
    string Sweep, SelectionSet SelectBy, LeaderboardRow Best, string Yaml,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Objective = null);
