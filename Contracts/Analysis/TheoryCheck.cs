using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Analysis;

/// <summary>A prediction of Smith's theory (arXiv:1708.07120, arXiv:1803.09820) held against the data.</summary>
/// <param name="Topic">What it is about.</param>
/// <param name="Prediction">What the theory predicts, in one sentence.</param>
/// <param name="Finding">What the data say, in words with numbers; or what would be needed to tell.</param>
/// <param name="Agreement">Whether the data agree.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.TheoryCheck")]
public sealed record TheoryCheck(TheoryTopic Topic, string Prediction, string Finding, Agreement Agreement);

/// <summary>Predictions of the theory.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TheoryTopic>))]
public enum TheoryTopic
{
    /// <summary>A large learning rate regularises, so the best weight decay falls as the rate rises.</summary>
    WeightDecayFallsWithRate,

    /// <summary>A large learning rate regularises, so dropout helps less, or harms more, as the rate rises.</summary>
    DropoutFallsWithRate,

    /// <summary>At equal wall time a large batch does at least as well as a small one.</summary>
    LargeBatchAtEqualTime,

    /// <summary>A larger batch wants a larger maximum learning rate.</summary>
    RateRisesWithBatch,

    /// <summary>A large learning rate with one cycle trains faster than the usual schedules.</summary>
    SuperConvergence,
}

/// <summary>Whether data agree with a prediction.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Agreement>))]
public enum Agreement
{
    /// <summary>They show what was predicted, beyond their noise.</summary>
    Agree,

    /// <summary>They show the opposite, beyond their noise.</summary>
    Disagree,

    /// <summary>They do not suffice to tell.</summary>
    Undecided,
}
