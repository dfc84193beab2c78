namespace Sweeper.Training.RangeTests;

/// <summary>What all rules make of one curve.</summary>
/// <param name="Smith">Smith's reading of held-out accuracy.</param>
/// <param name="Valley">fastai's <c>valley</c>, its default.</param>
/// <param name="Slide">fastai's <c>slide</c>.</param>
/// <param name="Minimum">fastai's <c>minimum</c>: rate of the least smoothed loss, over ten.</param>
/// <param name="Steep">fastai's <c>steep</c>.</param>
public sealed record RangeTestSuggestions(SmithReading Smith, Suggestion Valley, Suggestion Slide, Suggestion Minimum, Suggestion Steep);
