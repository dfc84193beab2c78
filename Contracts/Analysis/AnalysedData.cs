using System.Collections.Immutable;
using Sweeper.Contracts.Specs;

namespace Sweeper.Contracts.Analysis;

/// <summary>Which trials an analysis rests on.</summary>
/// <param name="Accuracy">Whose accuracy was analysed: validation where the trials have it, otherwise test.</param>
/// <param name="Trials">1cycle trials that the factors were analysed over, diverged ones not counted.</param>
/// <param name="Diverged">1cycle trials that diverged.</param>
/// <param name="Unfinished">1cycle trials without an accuracy for another reason; left out.</param>
/// <param name="BaselineTrials">Finished trials of constant and step schedules.</param>
/// <param name="Factors">Factors that take at least two values among the trials.</param>
/// <param name="Treatment">What was done with diverged trials, in words.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.AnalysedData")]
public sealed record AnalysedData(
    SelectionSet Accuracy,
    int Trials,
    int Diverged,
    int Unfinished,
    int BaselineTrials,
    ImmutableArray<Factor> Factors,
    string Treatment);
