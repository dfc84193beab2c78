using System.Collections.Immutable;
using Sweeper.Contracts.Specs;

namespace Sweeper.Contracts.Analysis;

/// <summary>Which trials an analysis rests on.</summary>
/// <param name="Accuracy">Whose accuracy was analysed: validation where the trials have it, otherwise test.</param>
/// <param name="Epochs">Length of the 1cycle trials that the factors were analysed over: trials of other lengths are not comparable; 0 where the spec gives the length in steps.</param>
/// <param name="Trials">Finished trials among them.</param>
/// <param name="Diverged">Trials among them that diverged.</param>
/// <param name="Unfinished">Trials among them without an accuracy for another reason; left out.</param>
/// <param name="BaselineTrials">Finished trials of constant and step schedules.</param>
/// <param name="Factors">Factors that take at least two values among the trials.</param>
/// <param name="Treatment">What was done with diverged trials, in words.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.AnalysedData")]
public sealed record AnalysedData(
    SelectionSet Accuracy,
    double Epochs,
    int Trials,
    int Diverged,
    int Unfinished,
    int BaselineTrials,
    ImmutableArray<Factor> Factors,
    string Treatment);
