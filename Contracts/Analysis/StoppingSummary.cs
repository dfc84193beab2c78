using System.Collections.Immutable;

namespace Sweeper.Contracts.Analysis;

/// <summary>What early stopping and cycles of several lengths came to in a sweep.</summary>
/// <param name="Rule">Rule of the spec, in its words; <c>none</c>: the safety stop alone, or lengths that the strategy chose.</param>
/// <param name="Stopped">Trials stopped early.</param>
/// <param name="ForSafety">Those of them that stayed at chance long after the peak, which no rule is needed for.</param>
/// <param name="EpochsSaved">Epochs that those did not train.</param>
/// <param name="EpochsTrained">Epochs that all trials trained.</param>
/// <param name="Audit">How often stops would have been wrong; null where the rule audits none.</param>
/// <param name="Lengths">Results by length of the cycle, shortest first; empty with one length.</param>
/// <param name="ShortestGoodEnough">Shortest length, in epochs, whose best accuracy is within <paramref name="Epsilon"/> of the best of all; null with one length.</param>
/// <param name="Epsilon">Accuracy by which that may fall behind; fraction.</param>
/// <param name="Cut">What short cycles sorted out; null where the rule is not Cycle-Hyperband that keeps the hopeful.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.StoppingSummary")]
public sealed record StoppingSummary(
    string Rule,
    int Stopped,
    int ForSafety,
    double EpochsSaved,
    double EpochsTrained,
    StopAudits? Audit,
    ImmutableArray<CycleLength> Lengths,
    double? ShortestGoodEnough,
    double Epsilon,
    ShortCycleCut? Cut = null);

/// <summary>What short cycles sorted out before a whole one.</summary>
/// <param name="Pairs">Configurations that ended both.</param>
/// <param name="Good">The better half of them by their end; 0 with too few to judge by.</param>
/// <param name="Floor">Accuracy that each of these reached in its short cycle, a fraction; null with too few.</param>
/// <param name="Judged">Configurations that ended a short cycle without diverging.</param>
/// <param name="Below">Those of them that did not reach it.</param>
/// <param name="Pays">Whether that is more than short cycles cost and luck would sort out; where not, nothing is cut.</param>
/// <param name="Spared">Configurations that were given a short cycle only, or diverged in it.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.ShortCycleCut")]
public sealed record ShortCycleCut(int Pairs, int Good, double? Floor, int Judged, int Below, bool Pays, int Spared);

/// <summary>Trials that a rule would have stopped and that ran on to their end.</summary>
/// <param name="Audited">How many have ended.</param>
/// <param name="Wrong">How many of them beat the best result of the moment at which they would have been stopped.</param>
/// <param name="Low">Lower end of the exact 95 % interval of the share (Clopper and Pearson); 0 before the first.</param>
/// <param name="High">Upper end of it; 1 before the first.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.StopAudits")]
public sealed record StopAudits(int Audited, int Wrong, double Low, double High);

/// <summary>Results at one length of the cycle.</summary>
/// <param name="Epochs">Length, epochs.</param>
/// <param name="Finished">Configurations that ran it to its end.</param>
/// <param name="Failed">Configurations that diverged in it, were stopped early or failed.</param>
/// <param name="BestTrial">Number of the best trial; null where none has finished.</param>
/// <param name="BestAccuracy">Accuracy that the spec selects by, of the best trial; fraction.</param>
/// <param name="ToNext">How well its ranking predicts that of the next length; null at the longest, and where the strategy measures none.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.CycleLength")]
public sealed record CycleLength(double Epochs, int Finished, int Failed, int? BestTrial, double? BestAccuracy, RankAgreement? ToNext);

/// <summary>Rank correlation between two lengths of the cycle, over configurations that ran both whatever their rank.</summary>
/// <param name="Pairs">How many.</param>
/// <param name="Rho">Spearman's rho, in [-1, 1]; null where there are too few to tell.</param>
/// <param name="LowerBound">Its one-sided 95 % bootstrap bound; null where there are too few.</param>
/// <param name="HalvingOn">Whether ranks at the shorter length decide who goes on to the longer one.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.RankAgreement")]
public sealed record RankAgreement(int Pairs, double? Rho, double? LowerBound, bool HalvingOn);
