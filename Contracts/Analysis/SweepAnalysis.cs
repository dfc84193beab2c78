using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Analysis;

/// <summary>What the trials of a sweep say together. Every number is finite; what could not be told is null or empty and has a gap.</summary>
/// <param name="Data">Which trials it rests on.</param>
/// <param name="Surface">Fitted accuracy as a function of the factors; null with a gap.</param>
/// <param name="Importances">Main effect of each factor that varies, largest share first; empty with a gap.</param>
/// <param name="Interactions">What pairs of factors do beyond their main effects, largest share first; empty with a gap.</param>
/// <param name="Decays">Best weight decay as a function of the maximum learning rate, lowest rates first; empty with a gap.</param>
/// <param name="Batches">Batch sizes at equal wall time, smallest first; empty with a gap.</param>
/// <param name="Dropout">Marginal effect of dropout; null with a gap.</param>
/// <param name="Theory">What Smith's theory predicts, and whether the data agree; one for each topic.</param>
/// <param name="Claims">1cycle against each baseline; empty with a gap.</param>
/// <param name="Selection">How the winner was chosen, and how far its accuracy can be trusted; null with a gap.</param>
/// <param name="Gaps">Parts that the data do not suffice for, and what they need.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.SweepAnalysis")]
public sealed record SweepAnalysis(
    AnalysedData Data,
    SurfaceFit? Surface,
    ImmutableArray<FactorImportance> Importances,
    ImmutableArray<Interaction> Interactions,
    ImmutableArray<DecayAtRate> Decays,
    ImmutableArray<BatchAtEqualTime> Batches,
    DropoutEffect? Dropout,
    ImmutableArray<TheoryCheck> Theory,
    ImmutableArray<Claim> Claims,
    SelectionNote? Selection,
    ImmutableArray<AnalysisGap> Gaps);

/// <summary>A part that the data do not suffice for.</summary>
/// <param name="Part">Which part.</param>
/// <param name="Needs">One sentence: "not enough data: needs …".</param>
[GenerateSerializer, Immutable, Alias("Sweeper.AnalysisGap")]
public sealed record AnalysisGap(AnalysisPart Part, string Needs);

/// <summary>Parts of an analysis that may be missing.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AnalysisPart>))]
public enum AnalysisPart
{
    /// <summary>The fitted surface.</summary>
    Surface,

    /// <summary>Main effects and interactions.</summary>
    Importance,

    /// <summary>Best weight decay by maximum learning rate.</summary>
    Decay,

    /// <summary>Batch sizes at equal wall time.</summary>
    Batch,

    /// <summary>Effect of dropout.</summary>
    Dropout,

    /// <summary>1cycle against baselines.</summary>
    Claims,

    /// <summary>How the winner was chosen.</summary>
    Selection,
}
