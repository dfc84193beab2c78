namespace Sweeper.Contracts.Analysis;

/// <summary>How the largest learning rate goes with the batch size, fitted to range tests: rate ~ batch^exponent at equal weight decay and dropout.</summary>
/// <param name="Exponent">The exponent: 1 is the linear rule (arXiv:1706.02677), 0.5 the square root.</param>
/// <param name="Lower">Lower end of its 95% interval; null where there are too few range tests for one.</param>
/// <param name="Upper">Upper end of it.</param>
/// <param name="RangeTests">Range tests that it rests on.</param>
/// <param name="Words">What it says, in a sentence.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.BatchRule")]
public sealed record BatchRule(double Exponent, double? Lower, double? Upper, int RangeTests, string Words);
