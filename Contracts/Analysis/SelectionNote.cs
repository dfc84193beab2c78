using Sweeper.Contracts.Specs;

namespace Sweeper.Contracts.Analysis;

/// <summary>How the winner was chosen, and how far its accuracy can be trusted.</summary>
/// <param name="SelectedBy">Accuracy that ranked the configurations.</param>
/// <param name="Configurations">Configurations that it was chosen from.</param>
/// <param name="Winner">Number of the winner's first trial.</param>
/// <param name="TestAccuracy">The winner's test accuracy; null where it was not measured.</param>
/// <param name="OptimismPoints">
/// By how much the winner's selecting accuracy is expected to flatter it, in accuracy points: what the best of that many
/// equally good configurations would gain by luck alone, an upper bound. Null where no configuration has two replicates.
/// </param>
/// <param name="Warned">Whether the test accuracy is no unbiased estimate, because it was selected by.</param>
/// <param name="Sentence">The note in words.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.SelectionNote")]
public sealed record SelectionNote(
    SelectionSet SelectedBy,
    int Configurations,
    int Winner,
    MeanAccuracy? TestAccuracy,
    double? OptimismPoints,
    bool Warned,
    string Sentence);
