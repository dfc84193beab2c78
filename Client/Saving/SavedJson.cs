namespace Sweeper.Client.Saving;

/// <summary>What <c>best --save</c> writes as JSON.</summary>
/// <param name="Sweep">The sweep.</param>
/// <param name="Trial">Short name of the trial.</param>
/// <param name="Folder">Where the model is.</param>
/// <param name="WeightsSha256">SHA-256 of the saved weights, hexadecimal.</param>
/// <param name="TrialWeightsSha256">SHA-256 of the trial's weights, as the store has it.</param>
/// <param name="SameAsTrial">Whether the two are equal.</param>
/// <param name="ValidationAccuracy">Of the saved weights; null without a validation split.</param>
/// <param name="TestAccuracy">Of the saved weights.</param>
internal sealed record SavedJson(
    string Sweep, string Trial, string Folder, string WeightsSha256, string TrialWeightsSha256, bool SameAsTrial, double? ValidationAccuracy, double TestAccuracy);
